"""Microsoft Teams at the edge: activities in, replies out, and the commands that members type."""
