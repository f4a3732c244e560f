"""Conversations over several turns: a form asks for what a request still misses."""
