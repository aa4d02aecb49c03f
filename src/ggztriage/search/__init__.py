"""Exact searches: which open answer matters, and which change would change the outcome."""
