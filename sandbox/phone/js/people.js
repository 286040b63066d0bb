// Whose phone it is: the list at the left, or the strip at the top on a real phone; and the head of the chat.

import { api } from "./api.js";
import { avatar } from "./attachments.js";
import { h, icon, iconButton } from "./dom.js";
import { clockSeconds, clockTime, isoDay, shortDay } from "./format.js";
import { attempt } from "./notices.js";
import { askForm, field } from "./sheet.js";
import { store } from "./store.js";

const ROLES = { agent: "Agent", director: "Director", stranger: "Stranger" };
const TYPING = { upload_document: "sending a file…", upload_photo: "sending a photo…" };

function when(iso) {
  const instant = Date.parse(iso);
  return isoDay(instant) === isoDay(store.now) ? clockTime(instant) : shortDay(instant);
}

function entry(person) {
  const isSelected = person.id === store.personId;
  const badge = h("span", { class: "badge", testid: `unread-${person.id}`, hidden: !person.unread, aria: { label: `${person.unread} unread` } }, String(person.unread || ""));
  return h("button", {
    type: "button",
    class: `person${isSelected ? " selected" : ""}`,
    testid: `person-${person.id}`,
    aria: { pressed: String(isSelected) },
    onclick: () => (location.hash = String(person.id)),
  },
  avatar(person.name, person.id),
  h("span", { class: "person-words" },
    h("span", { class: "person-line" },
      h("strong", { class: "person-name" }, person.name),
      h("strong", { class: "person-first", aria: { hidden: "true" } }, person.first_name || person.name),
      person.last ? h("time", {}, when(person.last.date)) : null),
    h("span", { class: "person-line" },
      h("span", { class: "person-last" },
        h("span", { class: `role ${person.role ?? ""}` }, ROLES[person.role] ?? "Person"),
        person.blocked ? " · blocked the bot" : person.last ? ` · ${person.last.from === "me" ? "You: " : ""}${person.last.text}` : " · no messages yet"))),
  badge);
}

async function addPerson() {
  const answer = await askForm({
    title: "Add a person",
    fields: [field("Name", "name", { required: true }), field("Phone", "phone", { type: "tel", placeholder: "+40 7…" })],
    buttons: [{ label: "Add" }],
  });
  if (!answer) return;
  const values = { name: answer.name, role: "stranger", ...(answer.phone ? { phone: answer.phone } : {}) };
  const added = await attempt(() => api.addPerson(values));
  if (added) location.hash = String(added.person.id);
}

function drawPeople(list) {
  const focused = document.activeElement?.dataset?.testid;
  list.replaceChildren(...store.people.map(entry));
  if (focused?.startsWith("person-")) list.querySelector(`[data-testid="${focused}"]`)?.focus();
  const unread = store.people.reduce((sum, person) => sum + person.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${store.person ? `${store.person.first_name} · ` : ""}PreSales phone`;
}

function drawHeader(toggleControls) {
  const { typing, room } = store;
  const isGroup = room === "group";
  const status = !isGroup && typing ? TYPING[typing.action] ?? "typing…" : isGroup ? `${store.person?.first_name ?? ""}, PreSales` : `bot · ${store.person?.name ?? ""}’s phone`;
  document.getElementById("chat-header").replaceChildren(
    h("span", { class: "avatar bot", aria: { hidden: "true" } }, isGroup ? icon("group") : "PS"),
    h("div", { class: "chat-title" }, h("h1", {}, isGroup ? "Group with PreSales" : "PreSales"), h("p", { class: typing && !isGroup ? "is-typing" : null, testid: "status" }, status)),
    iconButton("group", isGroup ? "Back to the private chat" : "Show the group with the bot", () => store.showRoom(isGroup ? "private" : "group"), { class: isGroup ? "active" : "", testid: "room" }),
    iconButton("menu", "Sandbox controls", toggleControls, { class: "controls-button", testid: "controls-open" }));
}

function drawClock() {
  const now = store.now;
  const clock = document.getElementById("clock");
  clock.dateTime = new Date(now).toISOString();
  clock.textContent = `${shortDay(now)} ${clockSeconds(now)}`;
}

export function startPeople(toggleControls) {
  const list = h("div", { class: "people-list" });
  document.getElementById("people").append(
    h("header", { class: "people-header" }, h("h2", {}, "People"), iconButton("plus", "Add a person", addPerson)), list);
  store.on("people", () => drawPeople(list));
  store.on("person", () => {
    drawPeople(list);
    drawHeader(toggleControls);
    list.querySelector(".selected")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  store.on("typing", () => drawHeader(toggleControls));
  store.on("messages", (detail) => detail || drawHeader(toggleControls));
  store.on("connection", () => {
    document.getElementById("connection").textContent = store.connected ? "" : "Connecting…";
  });
  store.on("clock", drawClock);
  setInterval(drawClock, 500);
}
