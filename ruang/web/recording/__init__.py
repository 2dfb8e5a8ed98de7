"""Writing a report down for somebody, and giving new words to who lost them."""
