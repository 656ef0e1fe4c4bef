"""Benchmarks of the paths whose size grows with members and articles; run with ``make bench``.

They stand outside the tests, because a test must not depend on how busy a machine is. Each case first proves its result
and is then timed beside a floor of its own kind on the same file: what the bare data base or the bare library needs.
The ratio of processor times is steady even while other work runs; see ``ceilings.toml`` for what is allowed.
"""
