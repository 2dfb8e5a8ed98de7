"""What the demo city tells: invented organisations, people and contacts, as data."""
