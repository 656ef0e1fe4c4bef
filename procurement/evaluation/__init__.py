"""Bid evaluation: points per criterion, scores by the published method, ranking, award decision."""
