"""Tenders: lots and lines with every member's quantity inside, criteria, method, deadlines, and the one stage table."""
