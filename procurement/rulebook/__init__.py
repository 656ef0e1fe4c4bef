"""Dated facts of procurement and tax law, written down with their norm: what held on the day a procedure began."""
