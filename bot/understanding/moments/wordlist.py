"""Word lists as they are easiest to read and extend: words in a line, not a line for each."""


def wordset(*lines: str) -> frozenset[str]:
    """Give the words of the lines as a set."""
    return frozenset(word for line in lines for word in line.split())
