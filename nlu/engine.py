"""Rasa's engine as we use it: a pipeline trained from our messages, and a model that parses a batch."""

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any, Dict, Iterable, List

import without_tensorflow

# Rasa would call home, and linear algebra would start a thread a core for matrices of one row.
os.environ.update(
    RASA_TELEMETRY_ENABLED="false", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", SQLALCHEMY_SILENCE_UBER_WARNING="1"
)
without_tensorflow.install(keep_tensorflow=os.environ.get("PRESALES_NLU_TENSORFLOW") == "1")
warnings.simplefilter("ignore")  # Rasa's own, of libraries that it has pinned

from generate.messages import Example  # noqa: E402
from rasa.core.channels.channel import UserMessage  # noqa: E402
from rasa.engine.constants import PLACEHOLDER_IMPORTER, PLACEHOLDER_MESSAGE  # noqa: E402
from rasa.engine.graph import ExecutionContext  # noqa: E402
from rasa.engine.loader import load_predict_graph_runner  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.training_data.structures import StoryGraph  # noqa: E402
from rasa.shared.importers.importer import TrainingDataImporter  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402
from rasa.shared.utils.io import read_model_configuration  # noqa: E402

warnings.simplefilter("ignore")  # importing Rasa has switched them on again


class Messages(TrainingDataImporter):
    """Hands our messages to Rasa as they are made, without files of YAML between."""

    def __init__(self, examples: Iterable[Example], config: Path, domain: Path) -> None:
        self._data = TrainingData(training_examples=[as_message(example) for example in examples])
        self._config, self._domain = config, domain

    def get_domain(self) -> Domain:
        """Read the intents and entities."""
        return Domain.from_path(str(self._domain))

    def get_stories(self, exclusion_percentage: Any = None) -> StoryGraph:
        """There are none: Rasa holds no dialogue here."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """There are none."""
        return StoryGraph([])

    def get_config(self) -> Dict[str, Any]:
        """Read the pipeline."""
        return read_model_configuration(str(self._config))

    def get_config_file_for_auto_config(self) -> None:
        """Nothing is to be configured for us."""

    def get_nlu_data(self, language: Any = "en") -> TrainingData:
        """Give the messages."""
        return self._data


def as_message(example: Example) -> Message:
    """Put an example in Rasa's form."""
    spans = [
        {"entity": name, "start": start, "end": end, "value": example.text[start:end]}
        for start, end, name in example.spans
    ]
    return Message.build(text=example.text, intent=example.intent, entities=spans)


def train(importer: Messages, output: Path) -> None:
    """Run Rasa's training graph and pack the model.

    `rasa.model_training` would do the same with a cache of every step's output, which costs more than the training.
    """
    from rasa.engine.recipes.recipe import Recipe
    from rasa.engine.validation import validate
    from rasa.shared.data import TrainingType

    config = importer.get_config()
    recipe = Recipe.recipe_for_name(config["recipe"])
    graph = recipe.graph_config_for_recipe(config, {}, training_type=TrainingType.NLU, is_finetuning=False)
    validate(graph)
    with tempfile.TemporaryDirectory() as directory:
        storage = LocalModelStorage(Path(directory))
        context = ExecutionContext(graph_schema=graph.train_schema)
        runner = DaskGraphRunner.create(
            graph_schema=graph.train_schema, model_storage=storage, execution_context=context
        )
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(output, graph, importer.get_domain())


class Model:
    """A trained model; parsing is for one thread at a time."""

    def __init__(self, path: Path) -> None:
        with tempfile.TemporaryDirectory() as directory:
            metadata, self._runner = load_predict_graph_runner(
                Path(directory), path, LocalModelStorage, DaskGraphRunner
            )
        # The last node turns a typed "/intent{...}" into that intent, with any entity that the writer likes: stop before it.
        self._target = metadata.predict_schema.nodes[metadata.nlu_target].needs["messages"]

    def parse(self, texts: List[str]) -> List[Dict[str, Any]]:
        """Parse a batch; offsets count code points of each text as it was given."""
        messages = []
        for text in texts:
            message = UserMessage(text)
            message.text = text  # UserMessage strips it, which would shift every offset
            messages.append(message)
        parsed = self._runner.run(inputs={PLACEHOLDER_MESSAGE: messages}, targets=[self._target])[self._target]
        return [_answer(text, message) for text, message in zip(texts, parsed, strict=False)]


def _answer(text: str, message: Message) -> Dict[str, Any]:
    ranking = message.get("intent_ranking") or []
    entities = [
        {
            "entity": span["entity"],
            "start": span["start"],
            "end": span["end"],
            "value": text[span["start"] : span["end"]],
            "confidence": round(float(span.get("confidence", span.get("confidence_entity", 0.0))), 4),
        }
        for span in message.get("entities") or []
    ]
    ranked = [{"name": i["name"], "confidence": round(float(i["confidence"]), 4)} for i in ranking[:5]]
    intent = ranked[0] if ranked else {"name": None, "confidence": 0.0}
    return {"text": text, "intent": intent, "intent_ranking": ranked, "entities": entities}
