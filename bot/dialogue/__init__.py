"""The dialogue engine and its guards: what a message means here and now."""
