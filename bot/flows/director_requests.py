"""The director's side of requests: who asks for whom, give or refuse, and the refusal that the asker hears of."""

from typing import Any

from bot.cards.activities import who
from bot.cards.portfolio import request_card, tell, wanted_card, with_owner
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.flows.handovers import tell_handover
from bot.ports import Card
from domain.customers import find_by_name
from domain.permissions import may_decide, may_see, require_director
from domain.portfolio import assign_customer, decide, expire_request
from domain.team import Role

Args = dict[str, Any]
Fact = dict[str, Any]


def client_request(turn: Turn, fact: Fact) -> None:
    """Somebody asks for a customer; nothing is said where it was decided or withdrawn meanwhile."""
    request = turn.unit.customers.request(fact["request"])
    customer = turn.unit.customers.get(request.customer_id) if request else None
    agent = turn.unit.team.get(request.agent_id) if request else None
    if request is None or customer is None or agent is None or request.granted is not None or customer.erased_at:
        return
    if may_decide(turn.unit, turn.agent, asked_at=request.created_at, asker_id=agent.id):
        text, rows = request_card(turn, request, customer, agent)
        turn.add(text, *rows)


def client_wanted(turn: Turn, fact: Fact) -> None:
    """Somebody asks for a name: the director sees who may be meant."""
    agent = turn.unit.team.get(fact["agent"])
    if agent is None or turn.agent.role is not Role.DIRECTOR:
        return
    matches = find_by_name(turn.unit, turn.agent, fact["name"])
    found = [one for one in (*matches.exact, *matches.near) if one.owner_id != agent.id]
    text, rows = wanted_card(turn, agent, fact["name"], found[:8])
    turn.add(text, *rows)


def request_refused(turn: Turn, fact: Fact) -> None:
    """No; a customer that the asker may not see is not named."""
    request = turn.unit.customers.request(fact["request"])
    customer = turn.unit.customers.get(request.customer_id) if request else None
    if customer is None or request is None or request.granted is not False:
        return
    if may_see(turn.agent, customer):
        turn.say("request.refused_of", who=who(turn, customer))
    else:
        turn.say("request.refused", owner=with_owner(turn, customer))


def request_expired(turn: Turn, fact: Fact) -> None:
    """Nobody decided within a day: the agent may ask anew. A customer that the asker may not see is not named."""
    request = expire_request(turn.unit, request_id=fact["request"])
    customer = turn.unit.customers.get(request.customer_id) if request else None
    if customer is None or customer.erased_at:
        return
    if may_see(turn.agent, customer):
        turn.say("request.expired_of", who=who(turn, customer))
    else:
        turn.say("request.expired", owner=with_owner(turn, customer))


def register_director_buttons(register: Register) -> None:
    """Give, refuse, give to who asked for a name."""

    def grant(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        decision = decide(turn.unit, turn.agent, request_id=args["request"], granted=True)
        turn.wrote()
        turn.say("assign.done", names=who(turn, decision.customer), owner=with_owner(turn, decision.customer))
        if decision.handover:
            tell_handover(turn, decision.handover)

    def refuse(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        decision = decide(turn.unit, turn.agent, request_id=args["request"], granted=False)
        turn.say("request.refusal_told", agent=decision.agent.name)
        tell(turn, decision.agent, {"kind": "request_refused", "request": decision.request.id})

    def give(turn: Turn, card: Card, args: Args) -> None:
        require_director(turn.agent)
        turn.edit(card, None)
        done = assign_customer(turn.unit, turn.agent, customer_id=args["customer"], agent_id=args["agent"])
        turn.wrote()
        turn.say("assign.done", names=who(turn, done.customer), owner=with_owner(turn, done.customer))
        tell_handover(turn, done)

    register.press("request.grant", grant)
    register.press("request.refuse", refuse)
    register.press("client.give", give)
