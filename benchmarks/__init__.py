"""Measurements. Each ends with one line of JSON: ``python -m benchmarks.intake``."""
