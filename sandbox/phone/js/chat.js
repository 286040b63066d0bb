// The chat: messages in order with date separators, drawn again only where something changed, and kept at its end.

import { h, icon } from "./dom.js";
import { dayLabel, isoDay } from "./format.js";
import { drawMessage, refreshSpinners } from "./message.js";
import { store } from "./store.js";

/** So near to the end the reader is taken to follow the talk, and new messages scroll into view. */
const NEAR_END = 120;
/** Messages closer than this, of one side, stand as one group. */
const GROUP_MILLISECONDS = 5 * 60_000;

const chat = document.getElementById("chat");
const drawn = new Map();
let isFollowing = true;
let missed = 0;
let actions = null;

const typing = h("div", { class: "message bot typing", testid: "typing", hidden: true },
  h("div", { class: "bubble", role: "status", aria: { label: "PreSales is typing" } }, h("i"), h("i"), h("i")));
const jump = h("button", { type: "button", class: "jump", hidden: true, aria: { label: "To the newest message" }, onclick: toEnd }, icon("down"), h("span", { class: "badge" }));
const empty = h("div", { class: "empty", hidden: true });

function toEnd() {
  isFollowing = true;
  missed = 0;
  chat.scrollTop = chat.scrollHeight;
  showJump();
}

function showJump() {
  jump.hidden = isFollowing;
  jump.lastChild.textContent = missed || "";
  jump.lastChild.hidden = !missed;
}

function separator(day, instant) {
  return h("div", { class: "day", data: { day } }, h("span", {}, dayLabel(instant, store.now)));
}

/** The element for a message: the one on screen when nothing changed, else a new one. */
function elementOf(message) {
  const known = drawn.get(message.message_id);
  if (known?.dataset.seq === String(message.seq)) return known;
  const element = drawMessage(message, actions);
  if (known) element.classList.add("changed");
  drawn.set(message.message_id, element);
  return element;
}

function draw() {
  chat.setAttribute("aria-busy", String(!store.loaded));
  const wanted = [];
  let before = null;
  let day = "";
  for (const message of store.visible) {
    const instant = Date.parse(message.date);
    const itsDay = isoDay(instant);
    if (itsDay !== day) wanted.push(separator(itsDay, instant));
    const element = elementOf(message);
    const continues = before && itsDay === day && before.from === message.from && instant - Date.parse(before.date) < GROUP_MILLISECONDS;
    element.classList.toggle("continues", Boolean(continues));
    day = itsDay;
    before = message;
    wanted.push(element);
  }
  place(wanted);
  const shown = new Set(store.visible.map((message) => message.message_id));
  for (const id of drawn.keys()) if (!shown.has(id)) drawn.delete(id);
  drawEmpty(wanted.length === 0);
  refreshSpinners(chat);
  if (isFollowing) toEnd();
}

/** Put the wanted elements in order, touching only what differs, so that focus and scroll survive. */
function place(wanted) {
  const keep = new Set(wanted);
  for (const child of [...chat.children]) if (!keep.has(child) && child !== typing && child !== empty) child.remove();
  let cursor = chat.firstChild;
  for (const element of wanted) {
    if (cursor === element) cursor = cursor.nextSibling;
    else chat.insertBefore(element, cursor);
  }
}

function drawEmpty(isEmpty) {
  empty.hidden = !isEmpty || !store.loaded;
  if (empty.hidden) return;
  const start = h("button", { type: "button", class: "button primary", onclick: () => actions.command("/start") }, "Start");
  empty.replaceChildren(
    h("span", { class: "avatar bot" }, "PS"),
    h("h2", {}, store.room === "group" ? "Group with PreSales" : "PreSales"),
    h("p", {}, store.room === "group"
      ? "What is written here reaches the bot as a group message."
      : "The dealership's pre-sales assistant. Write in English or Romanian, or press Start."),
    store.room === "group" ? "" : start);
}

/** Start drawing; `given` are the actions of `drawMessage`. */
export function startChat(given) {
  actions = given;
  chat.append(empty, typing);
  chat.after(jump);
  chat.addEventListener("scroll", () => {
    isFollowing = chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_END;
    if (isFollowing) missed = 0;
    showJump();
  });
  chat.addEventListener("load", () => isFollowing && toEnd(), true);  // photos arrive later than their message
  new ResizeObserver(() => isFollowing && toEnd()).observe(chat);
  store.on("messages", (detail) => {
    if (detail?.arrived?.from === "me") isFollowing = true;
    if (detail?.arrived?.from === "bot" && !isFollowing) missed += 1;
    draw();
    showJump();
  });
  store.on("person", () => {
    drawn.clear();
    isFollowing = true;
    missed = 0;
    draw();
  });
  store.on("typing", () => {
    typing.hidden = !store.typing || store.room !== "private";
    if (isFollowing) toEnd();
  });
  store.on("presses", () => refreshSpinners(chat));
}
