"""Cars, engines and colours by list."""

import pytest

from bot.understanding.vehicles import clean_detail, clean_model, find_colours, find_engines, find_models


@pytest.mark.parametrize(
    ("typed", "models"),
    [
        ("Dusterul alb", ["Duster"]),
        ("2 Logans si 3 Sanderouri", ["Logan", "Sandero"]),
        ("un Dacia Duster Journey", ["Dacia Duster Journey"]),
        ("Octaviei", ["Octavia"]),
        ("3 Fabias", ["Fabia"]),
        ("a 2017 Golf", ["Golf"]),
        ("Sandero-ul lui Ene", ["Sandero"]),
        ("VW ID.4 GTX", ["VW ID.4 GTX"]),
        ("a Spring for Ana", ["Spring"]),
        ("call her in spring", []),
        ("let's focus on price", []),
        ("he plays polo", []),
        ("a car with 7 seats", []),
        ("the Peugeot 308", ["Peugeot 308"]),
        ("room 308", []),
    ],
)
def test_cars_are_found_without_what_the_language_adds(typed: str, models: list[str]) -> None:
    """Articles, plurals and case endings go; everyday words count only where the sentence makes them cars."""
    assert [span.value for span in find_models(typed)] == models


def test_engines_and_colours_are_found_as_typed() -> None:
    """An engine keeps its number, a colour its shade."""
    text = "Duster TCe 130, pearl white, or Blue dCi 115"
    assert [span.value for span in find_engines(text)] == ["TCe 130", "Blue dCi 115"]
    assert "pearl white" in [span.value for span in find_colours(text)]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("cârligul de remorcare", "cârlig de remorcare"),
        ("pachetul de iarnă", "pachet de iarnă"),
        ("a tow bar", "tow bar"),
        ("leather upholstery", "leather"),
        ("tapițerie piele", "piele"),
        ("heated seats", "heated seats"),
    ],
)
def test_details_lose_article_and_head_word(typed: str, plain: str) -> None:
    """An option loses its article, an upholstery its own word."""
    assert clean_detail(typed) == plain


def test_an_unknown_model_stays_as_typed() -> None:
    """Nothing is taken off that may belong to the name."""
    assert clean_model("Xenos") == "Xenos"
    assert clean_model("the Xenos-ul") == "Xenos"
