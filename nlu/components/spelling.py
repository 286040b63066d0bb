"""Puts a misspelt word in the place of the known one that it was meant to be: slips are without number, words are not."""

from collections import Counter
from typing import Dict, Iterable, Iterator, List

SHORTEST = 4  # a slip in a shorter word gives another word as often as none
TWO_SLIPS = 9  # from this length on a word bears two slips and is still itself


class Spelling:
    """Known words, found by what is left of them when letters are lost, swapped, doubled or hit beside."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the known words, the commonest first: of two that are as near, it is the one."""
        self.words = list(words)
        self._known = set(self.words)
        self._by_rest: Dict[str, str] = {}
        self._by_letters: Dict[str, str] = {}
        self._cache: Dict[str, str] = {}
        for word in self.words:
            if len(word) >= SHORTEST and word.isalpha():
                for rest in _rests(word):
                    self._by_rest.setdefault(rest, word)
                self._by_letters.setdefault(_letters(word), word)

    @classmethod
    def learnt(cls, texts: Iterable[Iterable[str]], at_least: int) -> "Spelling":
        """Take every word that training has seen so often that no slip is as common."""
        seen = Counter(word for text in texts for word in text)
        return cls(word for word, count in seen.most_common() if count >= at_least)

    def near(self, word: str) -> str:
        """Give the known word that a folded word stands for, or the word itself."""
        if word in self._known or len(word) < SHORTEST or not word.isalpha():
            return word
        if word not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[word] = self._nearest(word)
        return self._cache[word]

    def _nearest(self, word: str) -> str:
        same_letters = self._by_letters.get(_letters(word))
        if same_letters and abs(len(same_letters) - len(word)) <= 1 + (len(word) >= TWO_SLIPS):
            return same_letters
        for rest in _rests(word):
            found = self._by_rest.get(rest)
            if found and found[0] in word[:2]:  # the first letter is seldom the one that slips
                return found
        if len(word) >= TWO_SLIPS:
            for rest in _rests(word):
                for shorter in _rests(rest):
                    found = self._by_rest.get(shorter)
                    if found and found[:2] == word[:2]:
                        return found
        return word


def _rests(word: str) -> Iterator[str]:
    """Give the word, and the word without each of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _letters(word: str) -> str:
    """Give the first letter and which others there are, whatever their order and number."""
    rest: List[str] = sorted(set(word))
    return word[0] + "".join(rest)
