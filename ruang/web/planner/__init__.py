"""Plans of a quarter: begun, worked out, changed, published."""
