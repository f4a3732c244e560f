"""Microsoft Graph at the edge: one module a resource, plain dataclasses out, errors raised."""
