"""Our components with one thing taken from each, to see what it is worth; imported by Rasa, in NLU's environment."""

import re
from typing import Any, Dict, List, Sequence
from unittest.mock import patch

from components import intents, spans
from components.features import token_features
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_LISTED = re.compile(r"[-\d]*in=")
_features = intents.features


def _without_lists(words: Sequence[str], training: bool = False) -> List[List[str]]:
    return [[name for name in row if not _LISTED.match(name)] for row in token_features(words, training)]


def _without_letters(message: Message, found: Sequence[Dict[str, Any]]) -> Dict[str, float]:
    return {name: value for name, value in _features(message, found).items() if not name.startswith("~")}


def _without_masks(message: Message, found: Sequence[Dict[str, Any]]) -> Dict[str, float]:
    return _features(message, [])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpansWithoutLists(spans.SpanExtractor):
    """Knows no names, companies or cars beforehand."""

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the words alone."""
        with patch.object(spans, "token_features", _without_lists):
            return super().train(training_data)

    def process(self, messages: List[Message]) -> List[Message]:
        """Find spans by the words alone."""
        with patch.object(spans, "token_features", _without_lists):
            return super().process(messages)


class _Described(intents.MaskedIntentClassifier):
    """Sees messages as another description shows them."""

    description = staticmethod(_features)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on that description."""
        with patch.object(intents, "features", self.description):
            return super().train(training_data)

    def process(self, messages: List[Message]) -> List[Message]:
        """Tell the intent by that description."""
        with patch.object(intents, "features", self.description):
            return super().process(messages)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentsWithoutLetters(_Described):
    """Looks at whole words, not at the letters in them."""

    description = staticmethod(_without_letters)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentsWithoutMasks(_Described):
    """Sees names and cars as they are typed."""

    description = staticmethod(_without_masks)
