"""Rasa components of our own: see docs/decisions/0003-rasa-without-tensorflow.md for why each exists."""
