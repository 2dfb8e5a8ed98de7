"""Django's SQLite backend, with one writer at a time waiting in a queue instead of polling."""
