"""The team of a case: who may read what, and every change of it."""
