"""Public pages that only tell: services, how secrets are kept, how traces are cleared."""
