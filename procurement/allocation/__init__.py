"""Cost allocation: cost blocks with a key each become net, VAT and gross per member, proven to the cent."""
