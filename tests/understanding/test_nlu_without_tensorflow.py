"""Keeping TensorFlow from loading changes no prediction."""

import json
import os
import subprocess
from pathlib import Path

import pytest

NLU = Path(__file__).resolve().parents[2] / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
SCRIPT = """
import json, sys
from pathlib import Path
import engine
from generate.messages import examples
texts = [example.text for example in examples()][::40]
model = engine.Model(Path("models/nlu.tar.gz"))
answers = [answer for i in range(0, len(texts), 64) for answer in model.parse(texts[i : i + 64])]
real = isinstance(getattr(sys.modules.get("tensorflow"), "__version__", None), str)
print(json.dumps({"tensorflow": real, "answers": answers}))
"""

pytestmark = pytest.mark.nlu


def predictions(*, tensorflow: bool) -> dict[str, object]:
    """Parse a sample of messages in a process of its own."""
    environment = os.environ | {"PRESALES_NLU_TENSORFLOW": "1" if tensorflow else "0"}
    done = subprocess.run(  # noqa: S603  our own command
        [str(PYTHON), "-c", SCRIPT], cwd=NLU, env=environment, capture_output=True, text=True, timeout=300, check=True
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_predictions_are_the_same_with_and_without_tensorflow() -> None:
    """The same model says the same of every sampled message, to the last digit of confidence."""
    if not list(NLU.glob(".venv/lib/python3.10/site-packages/tensorflow/__init__.py")):
        pytest.skip("TensorFlow is not installed: `cd nlu && uv sync --frozen --group diet` does")
    without, having = predictions(tensorflow=False), predictions(tensorflow=True)
    assert without["tensorflow"] is False
    assert having["tensorflow"] is True
    assert without["answers"] == having["answers"]
