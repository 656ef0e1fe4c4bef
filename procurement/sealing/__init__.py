"""Sealed bids: officers' keys under their passwords, one key per tender that only two officers open, sealed files.

A layer of its own below the features, because accounts, publication and bids all touch one part of it.
"""
