"""Adaptive Cards, one module a noun."""
