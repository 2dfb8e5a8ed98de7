"""Cases: one's own list, and the room of one case."""
