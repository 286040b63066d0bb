// What a newcomer may do to the sandbox: let the morning come, move the clock, block the bot, order faults.

import { api } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { clockSeconds, duration, fullDay, localInput, ZONE } from "./format.js";
import { attempt, toast } from "./notices.js";
import { store } from "./store.js";

/** A quarter of a minute before eight, so that the push of 08:00 is seen to come. */
const MORNING = "07:59:45";

/** The drawer can take the focus only once it has come in. */
const DRAWER_MILLISECONDS = 220;

const FAULTS = [
  { label: "429 Too many requests", rule: { kind: "too_many_requests", retry_after: 5 } },
  { label: "Time-out, not delivered", rule: { kind: "timeout_before", seconds: 30 } },
  { label: "Time-out after delivery", rule: { kind: "timeout_after", seconds: 30 } },
  { label: "Connection dropped", rule: { kind: "drop_before" } },
  { label: "500 Server error", rule: { kind: "server_error", status: 500 } },
  { label: "403 Forbidden", rule: { kind: "forbidden" } },
];

async function moveClock(values) {
  const clock = await attempt(() => api.clock(values));
  if (!clock) return;
  store.takeClock(clock);
  store.tell("clock-moved");
}

function button(label, onclick, properties = {}) {
  return h("button", { type: "button", class: "button", onclick, ...properties }, label);
}

function section(title, ...content) {
  return h("section", { class: "card" }, h("h3", {}, title), content);
}

function clockSection() {
  const day = h("span", { class: "big-day" });
  const time = h("span", { class: "big-time" });
  const offset = h("p", { class: "hint", testid: "clock-offset" });
  const chosen = h("input", { type: "datetime-local", aria: { label: "Date and time to move to" }, testid: "clock-chosen" });
  const draw = () => {
    day.textContent = fullDay(store.now);
    time.textContent = clockSeconds(store.now);
    offset.textContent = store.clockOffset >= 30 ? `${duration(store.clockOffset)} ahead of real time` : "Real time, Bucharest";
  };
  store.on("clock", () => {
    draw();
    chosen.min = localInput(store.now);
    if (document.activeElement !== chosen) chosen.value = localInput(store.now + 3_600_000);
  });
  setInterval(draw, 500);
  const goTo = () => chosen.value && moveClock({ to: `${chosen.value}:00`, timezone: ZONE });
  return section("Clock",
    h("div", { class: "big-clock" }, day, time), offset,
    h("button", { type: "button", class: "button primary morning", testid: "clock-morning", onclick: () => moveClock({ to_next: MORNING, timezone: ZONE }) },
      icon("sun"), h("span", {}, "Let the morning come", h("small", {}, `moves to the next ${MORNING}`))),
    h("div", { class: "button-row" },
      button("+30 min", () => moveClock({ advance_seconds: 1800 }), { testid: "clock-30" }),
      button("+1 h", () => moveClock({ advance_seconds: 3600 }), { testid: "clock-60" }),
      button("+1 day", () => moveClock({ advance_seconds: 86_400 }))),
    h("div", { class: "button-row" }, chosen, button("Go", goTo, { testid: "clock-go", aria: { label: "Move to the chosen time" } })),
    button("Back to real time", () => moveClock({ reset: true }), { class: "button quiet" }));
}

function personSection() {
  const facts = h("p", { class: "hint" });
  const toggle = h("input", { type: "checkbox", role: "switch", testid: "blocked", onchange: () => attempt(() => api.block(store.personId, toggle.checked)) });
  const draw = () => {
    const person = store.person;
    if (!person) return;
    facts.textContent = [person.name, `Telegram id ${person.id}`, person.phone].filter(Boolean).join(" · ");
    toggle.checked = person.blocked;
  };
  store.on("people", draw);
  store.on("person", draw);
  return section("This phone", facts, h("label", { class: "switch" }, h("span", {}, "Bot blocked"), toggle));
}

function faultsSection() {
  const kind = h("select", { aria: { label: "Fault" }, testid: "fault-kind" }, FAULTS.map(({ label }, index) => h("option", { value: String(index) }, label)));
  const count = h("input", { type: "number", min: 1, max: 50, value: "1", aria: { label: "How many sends" }, testid: "fault-count" });
  const left = h("ul", { class: "fault-list", testid: "faults" });
  const refresh = async () => {
    const answer = await api.faults().catch(() => null);  // while the sandbox restarts the list stands still
    if (!answer) return;
    const rules = Array.isArray(answer) ? answer : answer.faults;
    left.replaceChildren(...rules.map((rule) => h("li", {}, `${labelOf(rule)} × ${rule.count || "∞"}`)));
    stop.hidden = rules.length === 0;
  };
  const stop = button("End all faults", async () => {
    await attempt(() => api.clearFaults());
    refresh();
  }, { class: "button quiet", hidden: true });
  const order = async () => {
    const times = Math.max(1, Number(count.value) || 1);
    const { label, rule } = FAULTS[Number(kind.value)];
    if (await attempt(() => api.addFault({ ...rule, method: "*", count: times }))) toast(`${label}: the bot's next ${times === 1 ? "call" : `${times} calls`}`);
    refresh();
  };
  setInterval(() => left.children.length && refresh(), 3000);
  refresh();
  return section("Faults", h("p", { class: "hint" }, "What the bot's next calls meet."),
    kind, h("div", { class: "button-row" }, h("label", { class: "times" }, "times", count), button("Order", order, { testid: "fault-order" })), left, stop);
}

function labelOf(rule) {
  return FAULTS.find((fault) => fault.rule.kind === rule.kind)?.label ?? rule.kind;
}

/** Build the panel; answers the function that opens or closes it where it is a drawer. */
export function startControls() {
  const panel = document.getElementById("controls");
  const scrim = document.getElementById("scrim");
  const toggle = () => {
    const isOpen = panel.classList.toggle("open");
    scrim.hidden = !isOpen;
    if (isOpen) setTimeout(() => panel.querySelector("button").focus(), DRAWER_MILLISECONDS);
  };
  const close = () => panel.classList.contains("open") && toggle();
  scrim.addEventListener("click", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  store.on("clock-moved", close);  // so that what the new hour brings is seen
  panel.append(
    h("header", { class: "controls-header" }, h("h2", {}, "Sandbox"), iconButton("close", "Close the controls", close, { class: "controls-close" })),
    clockSection(), personSection(), faultsSection());
  return toggle;
}
