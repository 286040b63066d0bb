"""Documents: what they say, how they look, and that nothing in them can do harm."""
