"""Tells the intent of a message by logistic regression over words, with spans found before put under one name.

"called Popescu" and "called Ana Dumitru" are one sentence once the names stand as ``<client>``: that is worth more
than any number of names in the training data. Rasa's featurizers know no such step, and build a matrix per message
and token which nothing here uses.
"""

import json
import random
from collections import Counter
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from components.features import word_class
from components.spelling import Spelling

WEIGHTS = "weights.npz"
VOCABULARY = "vocabulary.json"
RANKING = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MaskedIntentClassifier(GraphComponent, RasaIntentClassifier):
    """One weight an intent and feature; confidence is the softmax."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._vocabulary: Dict[str, int] = {}
        self._names: List[str] = []
        self._spelling = Spelling(())
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Give the regularisation, the bound on iterations, how often a feature, and a word, must be seen, the share of unmasked copies."""
        return {"C": 3.0, "max_iter": 60, "min_frequency": 3, "unmasked": 0.15, "known_from": 6, "random_seed": 7}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MaskedIntentClassifier":
        """Make an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "MaskedIntentClassifier":
        """Load weights and vocabulary."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            kept = json.loads((directory / VOCABULARY).read_text(encoding="utf-8"))
            with np.load(directory / WEIGHTS, allow_pickle=False) as arrays:
                classifier._weights, classifier._bias = arrays["weights"].astype(np.float32), arrays["bias"]
        classifier._names = kept["intents"]
        classifier._spelling = Spelling(kept["words"])
        classifier._vocabulary = {feature: i for i, feature in enumerate(kept["features"])}
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the weights, on spans as annotated, some of them left unmasked as if they had been overlooked."""
        from sklearn.linear_model import LogisticRegression

        chance = random.Random(self._config["random_seed"])
        texts = (_outside(message, message.get(ENTITIES) or []) for message in training_data.intent_examples)
        self._spelling = Spelling.learnt(texts, self._config["known_from"])
        rows, labels = [], []
        for message in training_data.intent_examples:
            spans = [s for s in message.get(ENTITIES) or [] if chance.random() >= self._config["unmasked"]]
            rows.append(features(message, spans, self._spelling))
            labels.append(message.get(INTENT))
        seen = Counter(feature for row in rows for feature in row)
        kept = sorted(feature for feature, count in seen.items() if count >= self._config["min_frequency"])
        self._vocabulary = {feature: i for i, feature in enumerate(kept)}
        model = LogisticRegression(C=self._config["C"], max_iter=self._config["max_iter"], tol=1e-3)
        model.fit(self._matrix(rows), labels)
        with self._storage.write_to(self._resource) as directory:
            np.savez_compressed(
                directory / WEIGHTS, weights=model.coef_.T.astype(np.float16), bias=model.intercept_.astype(np.float32)
            )
            names = [str(name) for name in model.classes_]
            lists = {"intents": names, "features": kept, "words": self._spelling.words}
            (directory / VOCABULARY).write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set each message's intent and the five likeliest."""
        if not messages:
            return messages
        rows = [features(message, message.get(ENTITIES) or [], self._spelling) for message in messages]
        scores = self._matrix(rows) @ self._weights + self._bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        for message, row in zip(messages, scores, strict=False):
            best = np.argsort(-row)[:RANKING]
            ranking = [{"name": self._names[i], "confidence": float(row[i])} for i in best]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _matrix(self, rows: Sequence[Dict[str, float]]) -> csr_matrix:
        values: List[float] = []
        columns: List[int] = []
        starts = [0]
        for row in rows:
            known = [
                (self._vocabulary[feature], value) for feature, value in row.items() if feature in self._vocabulary
            ]
            # Rows of one length keep a long note from being surer than a short order.
            length = sum(value * value for _, value in known) ** 0.5 or 1.0
            columns += [column for column, _ in known]
            values += [6.0 * value / length for _, value in known]
            starts.append(len(columns))
        return csr_matrix(
            (np.asarray(values, dtype=np.float32), columns, starts), shape=(len(rows), len(self._vocabulary))
        )


def _outside(message: Message, spans: Sequence[Dict[str, Any]]) -> List[str]:
    """Give the plain words: a name is not what a slip in a verb was meant to be."""
    tokens = message.get(TOKENS_NAMES[TEXT])
    return [t.lemma for t in tokens if not any(s["start"] <= t.start < s["end"] for s in spans)]


def masked(
    message: Message, spans: Sequence[Dict[str, Any]], spelling: Spelling
) -> Tuple[List[str], List[str], List[str]]:
    """Give the words as meant, each span as one name; the words inside notes, which say less; the slips as they stand."""
    words: List[str] = []
    noted: List[str] = []
    slips: List[str] = []
    open_span = -1
    for token in message.get(TOKENS_NAMES[TEXT]):
        at = next((i for i, s in enumerate(spans) if s["start"] <= token.start < s["end"]), -1)
        if at < 0:
            meant = spelling.near(token.lemma)
            words.append(word_class(meant))
            if meant != token.lemma:
                slips.append(token.lemma)
        elif at != open_span:
            words.append(f"<{spans[at]['entity']}>")
        if at >= 0 and spans[at]["entity"] == "note":
            noted.append(word_class(token.lemma))
        open_span = at
    return words, noted, slips


def features(message: Message, spans: Sequence[Dict[str, Any]], spelling: Spelling) -> Dict[str, float]:
    """Describe a message: its masked words in ones, twos and threes, the letters of its plain words, what spans it has."""
    words, noted, slips = masked(message, spans, spelling)
    row: Dict[str, float] = {f"len={min(len(words), 6)}": 0.5}
    framed = ["^", *words, "$"]
    for size in (1, 2, 3):
        weight = (1.0, 0.9, 0.7)[size - 1]
        for i in range(len(framed) - size + 1):
            row[" ".join(framed[i : i + size])] = weight
    for i in range(len(words) - 2):  # a word lost or put in between does not change the sense
        row[f"{words[i]} _ {words[i + 2]}"] = 0.5
    for word in words:
        row[f"has {word}"] = 0.8
    for word in (*words, *slips):
        if not word.startswith("<"):
            edged = f"({word})"
            for size in (3, 4, 5):
                for i in range(len(edged) - size + 1):
                    row[f"~{edged[i : i + size]}"] = 0.5
    for word in noted:
        row[f"note {word}"] = 0.5
    return row
