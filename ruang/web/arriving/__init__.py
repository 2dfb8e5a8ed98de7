"""In the hall, by code: somebody with an old phone is counted, and nothing of her is kept."""
