"""The configurator's card: what is chosen, what it costs, and the valid choices of one step; drawn anew after each press."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.dialogue.turn import Button, Turn
from domain.catalog import Model
from domain.compatibility import ADDED
from domain.configuration import Choice, Configuration
from domain.configurations import SavedConfiguration
from domain.configurator import Configurator
from domain.money import Basis, Price
from domain.parts import STEPS, Item, ItemKind
from domain.ports import Showroom
from texts.catalog import Html

PAGE = 8  # options a page: with a row each, more would not fit a phone
STALE_AFTER = timedelta(hours=12)
EXTRAS = "extras"  # the step of options and packs
Rows = list[list[Button]]


def car_card(
    turn: Turn,
    showroom: Showroom,
    paper: SavedConfiguration,
    *,
    step: str | None = None,
    page: int = 0,
    notice: str = "",
) -> tuple[Html, Rows]:
    """Text and buttons at a step, by default the first that is open; raises LookupError for a model that is gone."""
    model = showroom.catalog.model(paper.model_id)
    if model is None:
        raise LookupError(paper.model_id)
    configurator = Configurator(model)
    configuration = paper.configuration
    shown = step or first_open(model, configuration) or EXTRAS
    lines = [turn.t("car.title", car=f"{model.make} {model.name}")]
    customer = turn.unit.customers.get(paper.customer_id) if paper.customer_id else None
    if customer:
        lines.append(turn.t("car.for", name=customer.name))
    lines += _chosen_lines(turn, configurator, configuration)
    lines.append(_price_line(turn, configurator, configuration))
    if paper.quantity > 1:
        lines.append(turn.t("car.quantity", quantity=paper.quantity))
    if turn.unit.now - showroom.checked_at > STALE_AFTER:
        day = turn.formats.moment(turn.agent.local(showroom.checked_at).replace(tzinfo=None), turn.today)
        lines.append(turn.t("car.old_catalog", when=day))
    if notice:
        lines += [Html(""), Html.escape(notice)]
    if shown == EXTRAS:
        lines += [Html(""), turn.t("question.extras")]
    else:
        lines += [Html(""), turn.t("question.car_step", step=turn.t(f"item.{shown}").lower())]
    rows = _choice_rows(turn, configurator, paper, shown, page)
    return Html("\n".join(lines)), [*rows, *_steps(turn, model, paper, shown), *_ends(turn, configurator, paper)]


def first_open(model: Model, configuration: Configuration) -> str | None:
    """The first step without a choice that the model has."""
    return next((step.value for step in STEPS if model.of(step) and configuration.of(step) is None), None)


def names(turn: Turn, model: Model, items: Sequence[Item]) -> Html:
    """Items by name in the reader's language."""
    return turn.formats.list_of([model.names[item].text(turn.texts.language) for item in items])


def price_of(turn: Turn, price: Price) -> Html:
    """As the Catalog says it, with or without VAT."""
    amount = turn.formats.money(price.minor, price.currency)
    return turn.t("car.gross" if price.basis is Basis.GROSS else "car.net", amount=amount)


def _chosen_lines(turn: Turn, configurator: Configurator, configuration: Configuration) -> list[Html]:
    model, language = configurator.model, turn.texts.language
    lines = []
    for step in STEPS:
        item = configuration.of(step)
        if model.of(step):
            value = model.names[item].text(language) if item else "—"
            lines.append(turn.t("car.line", what=turn.t(f"item.{step}"), value=value))
    extras = [item for item in configurator.model.items if item in configuration.chosen and item.kind in ADDED]
    if extras:
        lines.append(turn.t("car.line", what=turn.t("item.option"), value=names(turn, model, extras)))
    included = configurator.included(configuration)
    if included:
        lines.append(turn.t("car.included", what=names(turn, model, included)))
    return lines


def _price_line(turn: Turn, configurator: Configurator, configuration: Configuration) -> Html:
    quote = configurator.quote(configuration)
    return turn.t("car.price" if quote.is_final else "car.price_from", price=price_of(turn, quote.total))


def _choice_rows(turn: Turn, configurator: Configurator, paper: SavedConfiguration, step: str, page: int) -> Rows:
    configuration = paper.configuration
    kinds = reversed(ADDED) if step == EXTRAS else (ItemKind(step),)
    choices = tuple(choice for kind in kinds for choice in configurator.choices(configuration, kind))
    first = page * PAGE
    shown = choices[first : first + PAGE] if step == EXTRAS else choices
    called = configurator.model.names
    rows = [
        [_choice_button(turn, called[one.item].text(turn.texts.language), paper, one, at={"step": step, "page": page})]
        for one in shown
    ]
    if step != EXTRAS:
        return rows
    turning = []
    if page > 0:
        turning.append(_show(turn.t("btn.earlier"), paper, step, page - 1))
    if first + PAGE < len(choices):
        turning.append(_show(turn.t("btn.later"), paper, step, page + 1))
    return [*rows, turning] if turning else rows


def _choice_button(turn: Turn, name: str, paper: SavedConfiguration, choice: Choice, *, at: dict[str, Any]) -> Button:
    mark = "✓ " if choice.is_chosen or choice.is_included else ""
    price = ""
    if choice.is_included:
        price = turn.t("car.in_it")
    elif choice.price is not None and choice.price.minor:
        price = f" +{turn.formats.money(choice.price.minor, choice.price.currency)}"
    args: dict[str, Any] = {"paper": paper.id, "kind": choice.item.kind.value, "id": choice.item.id}
    return Button(f"{mark}{name}{price}", "car.choose", args | at)


def _show(label: str, paper: SavedConfiguration, step: str, page: int = 0) -> Button:
    return Button(label, "car.show", {"paper": paper.id, "step": step, "page": page})


def _steps(turn: Turn, model: Model, paper: SavedConfiguration, shown: str) -> Rows:
    """Every other step, to be jumped to."""
    steps = [step.value for step in STEPS if len(model.of(step)) > 1]
    buttons = [_show(turn.t(f"btn.step_{step}"), paper, step) for step in steps if step != shown]
    if shown != EXTRAS and any(model.of(kind) for kind in ADDED):
        buttons.append(_show(turn.t("btn.step_extras"), paper, EXTRAS))
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _ends(turn: Turn, configurator: Configurator, paper: SavedConfiguration) -> Rows:
    args = {"paper": paper.id}
    save = Button(turn.t("btn.save_car"), "car.save", args)
    if configurator.problems(paper.configuration):
        return [[save]]
    return [
        [Button(turn.t("btn.make_offer"), "car.offer", args), Button(turn.t("btn.order_car"), "car.order", args)],
        [save],
    ]
