"""Sealed files on their way to a member's screen: previews in the page, originals to keep."""
