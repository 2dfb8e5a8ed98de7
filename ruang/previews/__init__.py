"""Uploaded files: what they really are, and previews of them that are safe to look at."""
