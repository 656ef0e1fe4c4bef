"""The start page: what waits for me; reads every feature and is imported by none."""
