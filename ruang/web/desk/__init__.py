"""The desk: the queue, one report, what is decided."""
