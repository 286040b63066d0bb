"""Telegram: receive, route, send, limit."""
