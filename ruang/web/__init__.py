"""Pages: one folder per area, each template beside its view."""
