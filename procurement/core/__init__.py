"""Plumbing that knows no feature: database, access, errors, forms, display, time, files."""
