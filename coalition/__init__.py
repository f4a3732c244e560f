"""The coalition's rules, pure: they read no clock, no file but the charter, and no database."""
