"""What we say and how we read it."""
