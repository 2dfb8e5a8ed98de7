"""Following a report with the seven words."""
