"""Scenarios: a whole case in one readable file, replayed through the same actions as the pages use.

For training, testing, trying, and the demonstration. The form of the file is documented by the commented example
``procurement/scenario/examples/commented.yaml``; the demonstration is ``examples/firewall.yaml``
and then ``examples/licences.yaml``.
"""
