import pytest, time
from tests.bot.scripted import act
from tests.factories import *
from datetime import timedelta
import json
@pytest.fixture(params=["sqlite"])
def database_kind(request): return request.param

def P(*a): print(*a)

def test_old_add_new(driver, ana):
    ana.client("Ion Popescu"); ana.client("Maria Popescu")
    P(ana.say("x", act("add_note", client="Popescu")))
    P(ana.last.labels); q=ana.last
    ana.press("Ion Popescu")
    P("form", ana.last.text)
    # question still open: note. press old add-new
    try: P("old add:", ana.press("Popescu”" if False else "dd", on=q), ana.toast)
    except LookupError as e: P(e)
    P([c["name"] for c in driver.customers])

def test_old_add_new_typed(driver, ana):
    ana.client("Ion Popescu"); ana.client("Maria Popescu")
    ana.say("x", act("add_note", client="Popescu"))
    q=ana.last
    P(ana.say("Ion Popescu", act("inform", client="Ion Popescu")))
    driver.receive  # noqa
    lab=[l for l in q.labels if "New client" in l]
    P(q.labels)
    data,_=ana.button(lab[0], on=q)
    P("press", ana.press_data(data, q.message_id), ana.toast)
    P([c["name"] for c in driver.customers])

def test_back_then_add(driver, ana):
    ana.client("Ion Popescu"); ana.client("Maria Popescu")
    ana.say("x", act("add_note", client="Popescu"))
    q=ana.last
    lab=[l for l in q.labels if "New client" in l]; data,_=ana.button(lab[0], on=q)
    ana.say("Ion Popescu", act("inform", client="Ion Popescu"))
    P(ana.say("back", act("back")))
    P("press", ana.press_data(data, q.message_id), ana.toast)
    P([c["name"] for c in driver.customers])

def test_blank_name(driver, ana, elena):
    from tests.bot.chat_driver import Person
    for name in ["\u2060\u200b", "\u3164", "\u2800", "x"*250, "\ud83d broken", "A\x00B", "😀"*100, "<script>&", "\u202e"]:
        try:
            P(repr(name)[:40], ana.message(contact={"phone_number":"+40722"+str(abs(hash(name))%900000+100000),"first_name":name}))
        except Exception as e: P("!!", type(e).__name__, e)
    P(ana.say("c", act("list_clients")))
    P(ana.last.labels)

def test_big_agenda(driver, ana, clock):
    cs=[ana.client(f"Client Number {i} Lungulescu-Popescu", f"+4072210{i:04d}") for i in range(100)]
    for i,c in enumerate(cs): ana.planned(c, starts_at=NOW+timedelta(minutes=3*i))
    t=time.time(); ana.say("/agenda"); P("agenda", time.time()-t, len(ana.shown), [len(s.text) for s in ana.shown])
    lab=ana.last.labels; P(len(lab), lab[:4])
    P("done:", ana.press(lab[0])); P("failed", driver.failed_sends())
    P("again", ana.press(lab[2]), ana.toast)

def test_list_200(driver, ana):
    for i in range(200): ana.client(f"Popescu{i} "+"y"*180, f"+4072210{i:04d}")
    t=time.time(); ana.say("/clients"); P(time.time()-t, len(ana.shown))
    P(ana.press("Later"), len(ana.last.labels))
