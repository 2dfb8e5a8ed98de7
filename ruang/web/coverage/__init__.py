"""What is late, and who is on duty."""
