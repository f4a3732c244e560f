"""A local Graph server with a page to look at: the embedded default, and what tests talk to."""
