"""Demand rounds: what KAAW asks its members, what each member reports, and the freeze when the round closes."""
