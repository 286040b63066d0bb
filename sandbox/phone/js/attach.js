// Everything a person may send beside text: files, photos, contacts, places, stickers, voice, forwarded words.

import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { clockTime, isoDay } from "./format.js";
import { attempt, toast } from "./notices.js";
import { askForm, field, openSheet, popupMenu } from "./sheet.js";
import { store } from "./store.js";

const STICKERS = ["👍", "👋", "🎉", "😂", "😍", "🤝", "🚗", "🔑", "☕", "🔥", "🙏", "😴"];
/** Telegram shows these as photos; other pictures go as files. */
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

async function sent(act) {
  const answer = await attempt(act);
  if (answer?.message) store.takeMessage(answer.message);
  return Boolean(answer);
}

function pickFiles({ accept = "", asPhoto = false, caption }) {
  const input = h("input", { type: "file", multiple: true, accept, hidden: true });
  input.addEventListener("change", () => {
    sendFiles(input.files, { asPhoto, caption });
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Send files one after another; `caption` (`read()`, `clear()`) is what was typed, and goes with the first of them. */
export async function sendFiles(files, { asPhoto = false, caption }) {
  for (const [index, file] of [...files].entries()) {
    const send = asPhoto && PHOTO_TYPES.includes(file.type) ? api.photo : api.document;
    const words = index === 0 ? caption.read() : "";
    const isSent = await sent(() => send(store.personId, file, words));
    if (isSent && words) caption.clear();
  }
}

async function shareContact() {
  const person = store.person;
  const own = h("button", { type: "button", class: "own-contact", testid: "share-own", onclick: (event) => event.target.closest("dialog").finish({ action: "own" }) },
    icon("contact"), h("span", {}, h("strong", {}, "My own contact"), `${person.name} · ${person.phone ?? "no number"}`));
  const answer = await askForm({
    title: "Share a contact",
    testid: "contact-sheet",
    fields: [
      own,
      h("p", { class: "sheet-or" }, "or someone else"),
      field("First name", "first_name", { required: true, placeholder: "Ion" }),
      field("Last name", "last_name", { placeholder: "Popescu" }),
      field("Phone", "phone_number", { required: true, type: "tel", placeholder: "+40 722 123 456" }),
    ],
    buttons: [{ label: "Share contact" }],
  });
  if (!answer) return;
  const { action, ...values } = answer;
  await sent(() => api.contact(store.personId, action === "own" ? { own: true } : { ...values, own: false }));
}

async function sendLocation() {
  const answer = await askForm({
    title: "Send a location",
    fields: [
      field("Latitude", "latitude", { required: true, type: "number", step: "any", min: -90, max: 90, value: "44.43225" }),
      field("Longitude", "longitude", { required: true, type: "number", step: "any", min: -180, max: 180, value: "26.10626" }),
    ],
    buttons: [{ label: "Send location" }],
  });
  if (answer) await sent(() => api.location(store.personId, Number(answer.latitude), Number(answer.longitude)));
}

async function sendSticker() {
  const choose = (emoji) => h("button", { type: "button", aria: { label: `Sticker ${emoji}` }, onclick: (event) => event.target.closest("dialog").finish(emoji) }, emoji);
  const emoji = await openSheet({ title: "Send a sticker", body: h("div", { class: "sticker-grid" }, STICKERS.map(choose)) });
  if (emoji) await sent(() => api.sticker(store.personId, emoji));
}

async function sendVoice() {
  const answer = await askForm({
    title: "Send a voice message",
    subtitle: "Simulated: a silent recording of this length.",
    fields: [field("Seconds", "seconds", { required: true, type: "number", min: 1, max: 600, value: "4" })],
    buttons: [{ label: "Send voice message" }],
  });
  if (answer) await sent(() => api.voice(store.personId, Number(answer.seconds)));
}

/** How the messengers head what is copied out of them. */
function copyHeader(style, name, text) {
  const [year, month, day] = isoDay(store.now).split("-");
  const time = clockTime(store.now);
  if (style === "telegram") return `${name}, [${day}.${month}.${year} ${time}]\n${text}`;
  return `[${day}/${month}/${year}, ${time}] ${name}: ${text}`;
}

/** Ask who said it, and hand it to the bot: as a forward, or pasted with a messenger's copy header. */
export async function forwardSheet(message = null) {
  const names = [...store.people.map((person) => person.name), "Ion Popescu", "Maria Enache"];
  const answer = await askForm({
    title: message ? "Forward to the bot" : "Forwarded message",
    subtitle: "Words of someone else, as they reach the bot.",
    testid: "forward-sheet",
    fields: [
      field("From", "from_name", { required: true, list: "known-names", value: message ? "" : "Ion Popescu", placeholder: "Whose message it was" }),
      h("datalist", { id: "known-names" }, [...new Set(names)].map((name) => h("option", { value: name }))),
      field("Message", "text", { multiline: true, rows: 4, required: !message, value: message?.text ?? "", readOnly: Boolean(message && !message.text) }),
    ],
    buttons: [
      { label: "Forward", action: "forward" },
      { label: "Paste as copied from Telegram", action: "telegram", plain: true },
      { label: "Paste as copied from WhatsApp", action: "whatsapp", plain: true },
    ],
  });
  if (!answer) return;
  const { action, from_name: name, text } = answer;
  if (action !== "forward") return void (await sent(() => api.text(store.personId, copyHeader(action, name, text))));
  const isWhole = message && text === (message.text ?? "");
  const values = isWhole ? { message_id: message.message_id, from_name: name } : { text, from_name: name };
  await sent(() => api.forward(store.personId, values));
}

/** Open the menu of what can be sent; `caption` as for `sendFiles`. */
export function attachMenu(anchor, caption) {
  popupMenu(anchor, [
    { label: "Photo", icon: icon("photo"), run: () => pickFiles({ accept: "image/*", asPhoto: true, caption }) },
    { label: "File", icon: icon("file"), run: () => pickFiles({ caption }) },
    { label: "Contact", icon: icon("contact"), run: shareContact },
    { label: "Location", icon: icon("location"), run: sendLocation },
    { label: "Sticker", icon: icon("sticker"), run: sendSticker },
    { label: "Voice message", icon: icon("voice"), run: sendVoice },
    { label: "Forwarded message", icon: icon("forward"), run: () => forwardSheet() },
  ], "Attach");
}

/** Put a message's words on the clipboard. */
export async function copyText(message) {
  const isDone = await navigator.clipboard?.writeText(message.text).then(() => true, () => false);
  toast(isDone ? "Copied" : "The browser does not allow copying here");
}
