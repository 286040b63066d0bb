"""Clients of the modules outside: the only code that talks to Catalog and Sales."""
