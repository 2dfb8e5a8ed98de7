"""My desk: what waits for me."""
