"""In the hall, with a phone: sessions, counts, sheets, photos, what somebody told."""
