// Where the person writes: the field, what it answers or edits, the attach menu, the commands, the reply keyboard.

import { api } from "./api.js";
import { attachMenu, sendFiles } from "./attach.js";
import { h, icon, iconButton } from "./dom.js";
import { summary } from "./format.js";
import { attempt } from "./notices.js";
import { replyKeyboard } from "./reply-keyboard.js";
import { closeMenu } from "./sheet.js";
import { store } from "./store.js";

const MAX_HEIGHT = 168;

let mode = null; // { kind: "reply" | "edit", message }
let isKeyboardHidden = false;

/** What is typed when a file is sent goes along as its caption. */
const caption = { read: () => (mode ? "" : field.value.trim()), clear: () => write("") };

const field = h("textarea", { class: "composer-field", rows: 1, testid: "composer", placeholder: "Message", enterKeyHint: "send", aria: { label: "Message" } });
const sendButton = iconButton("send", "Send", send, { class: "send", testid: "send" });
const attachButton = iconButton("attach", "Attach", () => attachMenu(attachButton, caption), { testid: "attach" });
const commandsButton = h("button", { type: "button", class: "icon-button commands-button", title: "Commands", aria: { label: "Commands of the bot" }, testid: "commands", onclick: toggleCommands }, "/");
const keyboardButton = iconButton("keyboard", "Show or hide the bot's keyboard", () => {
  isKeyboardHidden = !isKeyboardHidden;
  drawKeyboard();
}, { testid: "keyboard-toggle" });
const context = h("div", { class: "context", hidden: true });
const suggestions = h("div", { class: "suggestions", role: "listbox", hidden: true, testid: "command-list", aria: { label: "Commands" } });
const keyboardSlot = h("div", { class: "keyboard-slot" });
const blockedBar = h("button", { type: "button", class: "blocked-bar", hidden: true, onclick: () => attempt(() => api.block(store.personId, false)) }, "You blocked the bot. Unblock");
const bar = h("div", { class: "composer" }, attachButton, h("div", { class: "composer-box" }, field, commandsButton, keyboardButton), sendButton);

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, MAX_HEIGHT)}px`;
  sendButton.classList.toggle("ready", field.value.trim() !== "");
}

function setMode(next) {
  mode = next;
  context.hidden = !mode;
  if (!mode) return;
  const { kind, message } = mode;
  context.replaceChildren(
    icon(kind === "edit" ? "edit" : "reply"),
    h("div", { class: "context-words" },
      h("strong", {}, kind === "edit" ? "Edit message" : `Reply to ${message.from === "bot" ? "PreSales" : "yourself"}`),
      h("span", {}, summary(message))),
    iconButton("close", "Cancel", leaveMode));
}

function leaveMode() {
  if (mode?.kind === "edit") write("");
  setMode(null);
  field.focus();
}

function write(text) {
  field.value = text;
  fit();
  suggest();
}

/** Answer a message of the chat. */
export function replyTo(message) {
  setMode({ kind: "reply", message });
  field.focus();
}

/** Edit an own message. */
export function editMessage(message) {
  write(message.text ?? "");
  setMode({ kind: "edit", message });
  field.focus();
}

/** Send a text as if it were typed; what stands in the field stays. */
export async function sendText(text, { replyTo: target = null } = {}) {
  const person = store.personId;
  const isGroup = store.room === "group";
  const answer = await attempt(() => (isGroup ? api.group(person, text) : api.text(person, text, target)));
  if (!answer || person !== store.personId) return Boolean(answer);
  for (const message of answer.messages ?? [answer.message]) store.takeMessage(message);
  return true;
}

async function send() {
  const text = field.value.trim();
  const before = mode;
  if (!text) return field.focus();
  write("");
  setMode(null);
  const isSent = before?.kind === "edit"
    ? await saveEdit(before.message, text)
    : await sendText(text, { replyTo: before?.message.message_id ?? null });
  if (!isSent) {  // nothing typed is lost when the sandbox cannot be reached
    write(text + (field.value ? `\n${field.value}` : ""));
    setMode(before);
  }
  return field.focus();
}

async function saveEdit(message, text) {
  if (text === message.text) return true;
  const answer = await attempt(() => api.edit(store.personId, message.message_id, text));
  if (answer) store.takeMessage(answer.message);
  return Boolean(answer);
}

function suggest() {
  const typed = /^\/[\p{L}\d_]*$/u.exec(field.value)?.[0] ?? null;
  showCommands(typed === null ? [] : store.commands.filter(({ command }) => `/${command}`.startsWith(typed.toLowerCase())));
}

function toggleCommands() {
  closeMenu();
  if (suggestions.hidden) showCommands(store.commands);
  else showCommands([]);
}

function showCommands(commands) {
  suggestions.hidden = commands.length === 0;
  suggestions.replaceChildren(...commands.map(({ command, description }) =>
    h("button", { type: "button", role: "option", testid: "command", onclick: () => {
      write("");
      showCommands([]);
      sendText(`/${command}`);
      field.focus();
    } }, h("strong", {}, `/${command}`), h("span", {}, description))));
}

function drawKeyboard() {
  const keyboard = store.room === "private" ? store.keyboard : null;
  const isShown = keyboard?.rows.length > 0 && !isKeyboardHidden;
  keyboardSlot.replaceChildren(isShown ? replyKeyboard(keyboard, () => {
    if (!keyboard.one_time) return;
    isKeyboardHidden = true;
    drawKeyboard();
  }) : "");
  keyboardButton.hidden = !keyboard?.rows.length;
  keyboardButton.classList.toggle("active", isShown);
  field.placeholder = keyboard?.placeholder || (store.room === "group" ? "Message to the group" : "Message");
}

function drawState() {
  const isBlocked = Boolean(store.person?.blocked);
  blockedBar.hidden = !isBlocked;
  bar.hidden = isBlocked;
  keyboardSlot.hidden = isBlocked;
  commandsButton.hidden = store.commands.length === 0;
  attachButton.disabled = store.room === "group";
}

function onkeydown(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && (mode || !suggestions.hidden)) {
    showCommands([]);
    if (mode) leaveMode();
  } else if (event.key === "ArrowUp" && !suggestions.hidden) {
    event.preventDefault();
    suggestions.lastChild?.focus();
  } else if (event.key === "ArrowUp" && !field.value && !mode) {
    const last = store.visible.findLast((message) => message.from === "me" && message.text && !message.forwarded_from);
    if (last) editMessage(last);
    event.preventDefault();
  }
}

function onListKey(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (event.key === "Escape") showCommands([]);
  if (!step && event.key !== "Escape") return;
  event.preventDefault();
  (document.activeElement[step] ?? field).focus();
}

function acceptDrops() {
  const phone = document.querySelector(".screen");
  phone.addEventListener("dragover", (event) => event.preventDefault());
  phone.addEventListener("drop", (event) => {
    event.preventDefault();
    sendFiles(event.dataTransfer.files, { caption });
  });
  field.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    sendFiles(event.clipboardData.files, { caption });
  });
}

let keyboardShown = null;

export function startComposer() {
  document.getElementById("dock").append(suggestions, context, bar, blockedBar, keyboardSlot);
  field.addEventListener("input", () => {
    fit();
    suggest();
  });
  field.addEventListener("keydown", onkeydown);
  suggestions.addEventListener("keydown", onListKey);
  acceptDrops();
  store.on("keyboard", () => {
    if (store.keyboard?.message_id !== keyboardShown) isKeyboardHidden = false;  // a new keyboard shows itself
    keyboardShown = store.keyboard?.message_id ?? null;
    const target = store.keyboard?.force_reply && store.messages.get(store.keyboard.message_id);
    if (target && mode?.kind !== "edit") replyTo(target);
    drawKeyboard();
    drawState();
  });
  store.on("commands", drawState);
  store.on("people", drawState);
  store.on("person", () => {
    write("");
    setMode(null);
    drawKeyboard();
    drawState();
    if (matchMedia("(hover: hover)").matches) field.focus();  // on a touch screen this would raise its keyboard
  });
  fit();
}
