"""What answers look like: cards, lists and their buttons."""
