"""Training: skipped when nothing has changed, and data that keeps the contract's names."""

import re
import subprocess
import time
from pathlib import Path

import pytest

NLU = Path(__file__).resolve().parents[2] / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"


def run(script: str) -> str:
    """Run a few lines in the NLU environment, without Rasa."""
    if not PYTHON.exists():
        pytest.fail("the NLU environment is missing: make install")
    done = subprocess.run(  # noqa: S603  our own command
        [str(PYTHON), "-c", script], cwd=NLU, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def intents() -> set[str]:
    """Read the intents of Rasa's domain."""
    text = (NLU / "domain.yml").read_text(encoding="utf-8")
    return set(re.findall(r"^  - (\w+)$", text.split("entities:")[0], re.MULTILINE))


@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_intent_has_lines_in_each_language(language: str) -> None:
    """A capability bears one name in the domain and in each language's data."""
    files = {file.stem for file in (NLU / "data" / language).glob("*.yml")} - {"words"}
    assert files == intents()


@pytest.mark.nlu
def test_an_unchanged_model_is_not_trained_again(tmp_path: Path) -> None:
    """With the mark of the same inputs beside the model, training ends at once and touches nothing."""
    model = tmp_path / "nlu.tar.gz"
    model.write_bytes(b"trained before")
    (tmp_path / "nlu.tar.gz.sha256").write_text(run("import train; print(train.fingerprint())"), encoding="utf-8")
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603  our own command
        [str(PYTHON), str(NLU / "train.py"), "--output", str(model)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "nothing has changed" in done.stdout
    assert model.read_bytes() == b"trained before"
    assert time.monotonic() - began < 5


@pytest.mark.nlu
def test_the_fingerprint_sees_data_pipeline_and_lock() -> None:
    """A change in data, components, generators, configuration or lock asks for a training."""
    names = set(
        run("import train; print(*(f.relative_to(train.NLU.parent) for f in train.inputs()), sep='\\n')").split()
    )
    assert {"config.yml", "nlu/uv.lock", "nlu/domain.yml", "nlu/data/ro/add_note.yml"} <= names
    assert {"nlu/components/spans.py", "nlu/generate/noise.py", "nlu/lexicon/surnames.txt"} <= names
    assert not any(".venv" in name or "models/" in name for name in names)


@pytest.mark.nlu
def test_messages_are_made_alike_each_time_and_spans_cut_words() -> None:
    """The same seed gives the same messages, and every span begins and ends at a word."""
    script = (
        "from generate.messages import examples, ENTITIES\n"
        "first, again = list(examples()), list(examples())\n"
        "assert first == again\n"
        "for e in first:\n"
        "    for start, end, name in e.spans:\n"
        "        assert name in ENTITIES and e.text[start:end] == e.text[start:end].strip() != '', e\n"
        "print(len(first))"
    )
    assert int(run(script)) > 10_000
