"""What bidders offer: price sheets, sealed bids, their opening by two officers and their formal check."""
