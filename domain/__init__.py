"""The business of a dealership's pre-sales: standard library and phonenumbers only."""
