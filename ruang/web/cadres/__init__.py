"""A cadre's pages: the own RW, and referring somebody."""
