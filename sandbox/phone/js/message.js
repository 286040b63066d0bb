// One message as it stands in the chat: bubble, quote, attachment, text, times, and the inline keyboard under it.

import { attachment } from "./attachments.js";
import { h, icon, iconButton } from "./dom.js";
import { clockTime, summary } from "./format.js";
import { attempt, toast } from "./notices.js";
import { richText } from "./richtext.js";
import { store } from "./store.js";

async function pressed(message, row, column) {
  const answer = await attempt(() => store.press(message.message_id, row, column));
  if (answer?.kind === "url") window.open(answer.url, "_blank", "noopener");
  if (answer?.kind === "copy") {
    await navigator.clipboard?.writeText(answer.text).catch(() => {});  // without the right to copy, the toast still shows the text
    toast(`Copied: ${answer.text}`);
  }
}

function inlineButton(message, button, row, column) {
  const mark = button.url ? icon("link") : button.copy_text ? icon("copy") : null;
  const content = [h("span", {}, button.text), mark && h("span", { class: "inline-mark" }, mark), h("span", { class: "spinner", aria: { hidden: "true" } })];
  const common = { class: "inline-button", testid: "inline-button", data: { row, column } };
  if (button.url) return h("a", { ...common, href: button.url, target: "_blank", rel: "noopener noreferrer" }, content);
  return h("button", { type: "button", ...common, onclick: () => pressed(message, row, column) }, content);
}

function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard", role: "group", aria: { label: "Buttons of this message" } }, rows.map((buttons, row) =>
    h("div", { class: "inline-row" }, buttons.map((button, column) => inlineButton(message, button, row, column)))));
}

function quote(message) {
  const { message_id: id, from, text } = message.reply_to;
  const target = store.messages.get(id);
  const show = () => {
    const element = document.querySelector(`[data-message-id="${id}"]`);
    element?.scrollIntoView({ block: "center", behavior: "smooth" });
    element?.classList.add("flash");
    setTimeout(() => element?.classList.remove("flash"), 1200);
  };
  return h("button", { type: "button", class: "quote", onclick: show, aria: { label: "Show the quoted message" } },
    h("strong", {}, from === "bot" ? "PreSales" : store.person?.first_name || "You"),
    h("span", {}, target && !target.deleted ? summary(target) : text || "Message"));
}

function meta(message) {
  return h("span", { class: "meta" },
    message.protect_content ? h("span", { class: "meta-mark", title: "Protected: not to be forwarded or saved" }, icon("lock")) : null,
    message.silent ? h("span", { title: "Sent without a sound" }, "🔕") : null,
    message.edited ? h("span", { class: "edited" }, "edited") : null,
    h("time", { dateTime: message.date }, clockTime(Date.parse(message.date))),
    message.from === "me" ? icon("check") : null);
}

/** A text of at most three emoji stands large and without a bubble, as messengers show it. */
function isBigEmoji(message) {
  return /^(\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f?){1,3}$/u.test(message.text ?? "") && !attachment(message);
}

/** Draw a message; `actions` are `menu(message, anchor)` and `command(text)`. */
export function drawMessage(message, actions) {
  const part = attachment(message);
  const classes = ["message", message.from, message.sticker || isBigEmoji(message) ? "bare" : "", message.photo ? "has-photo" : ""];
  const bubble = h("div", { class: "bubble" },
    message.forwarded_from ? h("p", { class: "forwarded" }, "Forwarded from ", h("strong", {}, message.forwarded_from)) : null,
    message.reply_to ? quote(message) : null,
    part,
    h("div", { class: "text-line" }, message.text ? richText(message, actions) : null, meta(message)),
    message.reaction ? h("span", { class: "reaction" }, message.reaction) : null);
  const more = iconButton("more", "Message actions", (event) => actions.menu(message, event.currentTarget), { class: "message-more", testid: "message-more" });
  const element = h("article", {
    class: classes.filter(Boolean).join(" "),
    testid: "message",
    data: { messageId: message.message_id, from: message.from, seq: message.seq },
    aria: { label: `${message.from === "bot" ? "PreSales" : "You"}, ${clockTime(Date.parse(message.date))}` },
  }, h("div", { class: "bubble-line" }, bubble, more), inlineKeyboard(message));
  bubble.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    actions.menu(message, { x: event.clientX, y: event.clientY });
  });
  return element;
}

/** Show or stop the spinners of a drawn message after a press or its answer. */
export function refreshSpinners(root) {
  for (const button of root.querySelectorAll("button.inline-button")) {
    const id = Number(button.closest("[data-message-id]").dataset.messageId);
    const isWaiting = store.isPressed(id, Number(button.dataset.row), Number(button.dataset.column));
    button.classList.toggle("waiting", isWaiting);
    button.setAttribute("aria-busy", String(isWaiting));
  }
}
