"""A car put together in the chat: from one sentence as far as it goes, then press by press on one card."""

from typing import Any

from bot.cards.car import EXTRAS, car_card, first_open, names
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register, Values
from bot.dialogue.turn import Turn
from bot.ports import Card
from domain.configuration import ChoiceError, Configuration, InvalidConfigurationError
from domain.configurations import (
    SavedConfiguration,
    change_configuration,
    keep_configuration,
    name_configuration,
    own_configuration,
)
from domain.configurator import Configurator
from domain.errors import ConflictError
from domain.parts import STEPS, Fuel, Gearbox, Item, ItemKind
from domain.ports import Showroom
from domain.wishes import Reading, Wishes, read_wishes
from texts.catalog import Html

Args = dict[str, Any]


def showroom_of(turn: Turn) -> Showroom:
    """What may be offered; raises ConflictError until the Catalog was read once."""
    showroom = turn.unit.shelf.showroom()
    if showroom is None:
        raise ConflictError("no_catalog")
    return showroom


def wishes_of(values: Values) -> Wishes:
    """What a message says of one car."""
    options = values.get("option") or ()
    return Wishes(
        model=_text(values.get("model")),
        engine=_text(values.get("engine")),
        fuel=Fuel(values["fuel"]) if isinstance(values.get("fuel"), str) else None,
        gearbox=Gearbox(values["transmission"]) if isinstance(values.get("transmission"), str) else None,
        colour=_text(values.get("colour")),
        upholstery=_text(values.get("upholstery")),
        options=(options,) if isinstance(options, str) else tuple(options),
    )


def begin(
    turn: Turn,
    reading: Reading,
    *,
    customer_id: int | None,
    opportunity_id: int | None,
    quantity: int = 1,
    wish: Values | None = None,
) -> SavedConfiguration:
    """A working paper for what was read."""
    if reading.configuration is None:
        raise LookupError("no model was read")
    return keep_configuration(
        turn.unit,
        turn.agent,
        reading.configuration,
        customer_id=customer_id,
        opportunity_id=opportunity_id,
        quantity=quantity,
        wish=wish,
    )


def said_of(turn: Turn, reading: Reading) -> str:
    """What of the wishes could not be taken as it was said, or brought something along."""
    (model,) = reading.models
    parts = [
        turn.t("car.unclear", typed=one.typed, items=names(turn, model, one.items))
        if one.items
        else turn.t("car.unknown", typed=one.typed)
        for one in reading.unclear
    ]
    if reading.brought:
        parts.append(turn.t("car.brings", what=names(turn, model, reading.brought)))
    if reading.dropped:
        parts.append(turn.t("car.drops", what=names(turn, model, reading.dropped)))
    return Html("\n").join(parts).unescape()


def show(turn: Turn, paper: SavedConfiguration, *, notice: str = "", step: str | None = None) -> None:
    """Put the card into the chat."""
    text, rows = car_card(turn, showroom_of(turn), paper, step=step, notice=notice)
    turn.ask(text, *rows)


def register_configure_buttons(register: Register, engine: Engine) -> None:
    """Choose, look at a step, save."""

    def choose(turn: Turn, card: Card, args: Args) -> None:
        paper, configurator = _opened(turn, args)
        item = Item(ItemKind(args["kind"]), args["id"])
        configuration = paper.configuration
        notice = ""
        try:
            if item in configuration.chosen and item.kind not in STEPS:
                change = configurator.remove(configuration, item)
            else:
                change = configurator.choose(configuration, item)
        except ChoiceError as refusal:
            notice = turn.t(f"choice.{refusal.refusal}").unescape()
        else:
            change_configuration(turn.unit, turn.agent, paper_id=paper.id, configuration=change.configuration)
            notice = said_of(turn, Reading((configurator.model,), brought=change.brought, dropped=change.dropped))
        step = args["step"]
        if not notice and step != EXTRAS:
            step = first_open(configurator.model, paper.configuration) or EXTRAS
        _redraw(turn, card, paper, step=step, page=args["page"], notice=notice)

    def look(turn: Turn, card: Card, args: Args) -> None:
        paper, _ = _opened(turn, args)
        _redraw(turn, card, paper, step=args["step"], page=args["page"])

    def save(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        own_configuration(turn.unit, turn.agent, args["paper"])
        engine.open_form(turn, "save_configuration", {"paper": args["paper"]})

    def open_saved(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        saved = own_configuration(turn.unit, turn.agent, args["paper"])
        fitted, _ = _fitted(turn, saved.configuration)
        show(turn, keep_configuration(turn.unit, turn.agent, fitted, customer_id=args.get("customer")))

    register.press("car.choose", choose)
    register.press("car.show", look)
    register.press("car.save", save)
    register.press("car.open", open_saved)


def complete_or_none(turn: Turn, paper: SavedConfiguration) -> Configuration | None:
    """The paper's configuration where it may be offered."""
    model = showroom_of(turn).catalog.model(paper.model_id)
    if model is None or Configurator(model).problems(paper.configuration):
        return None
    return paper.configuration


def _opened(turn: Turn, args: Args) -> tuple[SavedConfiguration, Configurator]:
    """The paper, fitted into the Catalog as it is now."""
    paper = own_configuration(turn.unit, turn.agent, args["paper"])
    fitted, configurator = _fitted(turn, paper.configuration)
    if fitted != paper.configuration:
        change_configuration(turn.unit, turn.agent, paper_id=paper.id, configuration=fitted)
    return paper, configurator


def _fitted(turn: Turn, configuration: Configuration) -> tuple[Configuration, Configurator]:
    model = showroom_of(turn).catalog.model(configuration.model_id)
    if model is None:
        raise ConflictError("model_gone")
    configurator = Configurator(model)
    try:
        configurator.quote(configuration)
    except InvalidConfigurationError:
        return configurator.assemble(configuration.chosen)[0].configuration, configurator
    return configuration, configurator


def _redraw(
    turn: Turn, card: Card, paper: SavedConfiguration, *, step: str | None, page: int = 0, notice: str = ""
) -> None:
    text, rows = car_card(turn, showroom_of(turn), paper, step=step, page=page, notice=notice)
    turn.edit(card, text, *rows)


def read_car(turn: Turn, values: Values) -> Reading:
    """What a message's words make of the Catalog."""
    return read_wishes(showroom_of(turn).catalog, wishes_of(values))


def save_as(turn: Turn, paper_id: int, name: str) -> SavedConfiguration:
    """Keep a paper under a name."""
    return name_configuration(turn.unit, turn.agent, paper_id=paper_id, name=name)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    return value if isinstance(value, str) else None
