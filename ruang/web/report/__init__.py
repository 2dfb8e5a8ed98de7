"""The reporting form, on the first address of the site."""
