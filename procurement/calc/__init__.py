"""Figures on the command line: the exact rules the pages use, JSON in and JSON out, to check without a browser."""
