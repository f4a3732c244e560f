"""The Microsoft 365 Agents Playground: the client that newcomers and browser tests talk through."""
