"""The documents, and how a question finds its clause."""
