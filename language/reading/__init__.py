"""Reads the dates that people write about meetings and deadlines, or says what must be asked."""
