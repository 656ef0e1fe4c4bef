"""Small pure value types that every feature speaks: money, unit price, quantity, shares, labels."""
