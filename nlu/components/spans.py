"""Finds names, cars and notes in a message with a conditional random field.

Rasa's CRFEntityExtractor keeps its training set in the model and trains again at every load (`load` calls
`train_model`), which takes longer than our server may take to start; it also looks one word far. This one
keeps the trained field.
"""

from typing import Any, Dict, List, Optional, Tuple

import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.features import token_features
from components.spelling import Spelling

FILE = "spans.crfsuite"
WORDS = "words.txt"
OUTSIDE = "O"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanExtractor(GraphComponent):
    """Marks spans: a label opens with ``B-`` and goes on with ``I-``."""

    def __init__(
        self, config: Dict[str, Any], storage: ModelStorage, resource: Resource, tagger: Optional[Any] = None
    ) -> None:
        self._spelling = Spelling(())
        self._config = config
        self._storage = storage
        self._resource = resource
        self._tagger = tagger

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Give the regularisation, the bound on iterations, and how often a feature, and a word, must be seen to count."""
        return {"c1": 0.05, "c2": 0.02, "max_iterations": 60, "min_frequency": 3, "known_from": 6}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpanExtractor":
        """Make an untrained extractor."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SpanExtractor":
        """Load the trained field."""
        with model_storage.read_from(resource) as directory:
            tagger = pycrfsuite.Tagger()
            content = (directory / FILE).read_bytes()
            words = (directory / WORDS).read_text(encoding="utf-8").split()
            tagger.open_inmemory(content)
        extractor = cls(config, model_storage, resource, tagger)
        extractor._spelling = Spelling(words)
        extractor._content = content  # the tagger reads from these bytes and does not hold them itself
        return extractor

    def train(self, training_data: TrainingData) -> Resource:
        """Train the field on all examples; those without a span teach what is none."""
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params(
            {
                "c1": self._config["c1"],
                "c2": self._config["c2"],
                "max_iterations": self._config["max_iterations"],
                "feature.minfreq": self._config["min_frequency"],
                "feature.possible_transitions": True,
            }
        )
        texts = ([token.lemma for token in m.get(TOKENS_NAMES[TEXT]) or []] for m in training_data.training_examples)
        self._spelling = Spelling.learnt(texts, self._config["known_from"])
        for message in training_data.training_examples:
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                words = [token.text for token in tokens]
                labels = _labels([(t.start, t.end) for t in tokens], message.get(ENTITIES) or [])
                trainer.append(token_features(words, self._spelling, training=True), labels)
        with self._storage.write_to(self._resource) as directory:
            trainer.train(str(directory / FILE))
            (directory / WORDS).write_text("\n".join(self._spelling.words), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the spans found to each message."""
        for message in messages:
            message.set(ENTITIES, self._spans(message), add_to_output=True)
        return messages

    def _spans(self, message: Message) -> List[Dict[str, Any]]:
        tokens = message.get(TOKENS_NAMES[TEXT])
        text = message.get(TEXT)
        labels = self._tagger.tag(token_features([token.text for token in tokens], self._spelling))
        spans: List[Dict[str, Any]] = []
        for i, label in enumerate(labels):
            if label == OUTSIDE:
                continue
            opening, name = label.split("-", 1)
            confidence = self._tagger.marginal(label, i)
            last = spans[-1] if spans else None
            if opening == "I" and last and last["token"] == i - 1 and last["entity"] == name:
                last["end"], last["token"] = tokens[i].end, i
                last["confidence"] = min(last["confidence"], confidence)
            else:
                spans.append(
                    {
                        "entity": name,
                        "start": tokens[i].start,
                        "end": tokens[i].end,
                        "confidence": confidence,
                        "token": i,
                    }
                )
        for span in spans:
            del span["token"]
            span["value"] = text[span["start"] : span["end"]]
            span["extractor"] = "SpanExtractor"
        return spans


def _labels(bounds: List[Tuple[int, int]], entities: List[Dict[str, Any]]) -> List[str]:
    """Turn annotated spans into a label for each token; a token that a span only touches belongs to it."""
    labels = [OUTSIDE] * len(bounds)
    for entity in entities:
        inside = [i for i, (start, end) in enumerate(bounds) if start < entity["end"] and end > entity["start"]]
        for place, i in enumerate(inside):
            labels[i] = ("I-" if place else "B-") + entity["entity"]
    return labels
