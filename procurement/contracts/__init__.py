"""Contracts: what an awarded lot became, how much each member may call off, and what is left of the maximum."""
