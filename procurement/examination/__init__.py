"""Examination of opened bids: stages by profile, documents asked for, suitability, whether a price is adequate."""
