"""Who did what to what, when: an append-only trail whose entries are chained by hash."""
