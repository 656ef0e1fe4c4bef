"""From decision to contract: information of bidders, standstill, complaints and reviews, award, cancellation."""
