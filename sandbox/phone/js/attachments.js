// What a bubble may carry beside text: files with a preview, photos, contacts, places, stickers, voice.

import { h, icon } from "./dom.js";
import { fileSize, hueOf, initials } from "./format.js";
import { openSheet } from "./sheet.js";

const TEXT_FILE = /\.(vcf|vcard|csv|txt|json|ics|xml|md|log)$/i;
const TEXT_PREVIEW_BYTES = 400_000;

const inline = (url) => `${url}${url.includes("?") ? "&" : "?"}inline=1`;
const extension = (name) => (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? "file").toUpperCase();

function kindOf({ name, mime }) {
  if (mime === "application/pdf" || /\.pdf$/i.test(name)) return "pdf";
  if (mime?.startsWith("image/") && mime !== "image/svg+xml") return "image";
  if (mime?.startsWith("text/") && mime !== "text/html") return "text";
  return TEXT_FILE.test(name) ? "text" : "other";
}

async function textOf(document_) {
  const response = await fetch(inline(document_.url));
  const text = await response.text();
  return text.length > TEXT_PREVIEW_BYTES ? `${text.slice(0, TEXT_PREVIEW_BYTES)}\n…` : text;
}

function preview(document_) {
  const kind = kindOf(document_);
  if (kind === "pdf") {
    const viewer = h("object", { class: "view-pdf", type: "application/pdf", testid: "document-preview", aria: { label: document_.name } },
      h("p", { class: "view-none" }, "This browser shows no PDF here. Open or download it instead."));
    viewer.data = inline(document_.url);
    return viewer;
  }
  if (kind === "image") return h("img", { class: "view-image", src: inline(document_.url), alt: document_.name, testid: "document-preview" });
  if (kind === "text") {
    const area = h("pre", { class: "view-text", tabIndex: 0, testid: "document-preview" }, "Loading…");
    textOf(document_).then((text) => (area.textContent = text), () => (area.textContent = "The file could not be read."));
    return area;
  }
  return h("p", { class: "view-none", testid: "document-preview" }, `No preview for ${extension(document_.name)} files. Download it to open it.`);
}

/** Show a document over the chat, with its download unless the bot protects it. */
export function viewDocument(document_, isProtected) {
  openSheet({
    title: document_.name,
    subtitle: `${extension(document_.name)} · ${fileSize(document_.size)}${isProtected ? " · protected, not to be passed on" : ""}`,
    wide: true,
    body: preview(document_),
    actions: isProtected ? [] : [
      h("a", { class: "button", href: inline(document_.url), target: "_blank", rel: "noopener" }, "Open in a new tab"),
      h("a", { class: "button primary", href: document_.url, download: document_.name, testid: "download" }, "Download"),
    ],
  });
}

function documentRow(message) {
  const file = message.document;
  const open = () => viewDocument(file, message.protect_content);
  return h("div", { class: "document", testid: "document" },
    h("button", { type: "button", class: "document-open", aria: { label: `Open ${file.name}` }, testid: "document-open", onclick: open },
      h("span", { class: `file-badge kind-${kindOf(file)} ext-${extension(file.name).toLowerCase()}` }, extension(file.name)),
      h("span", { class: "document-words" },
        h("span", { class: "document-name", title: file.name }, shorten(file.name)),
        h("span", { class: "document-size" }, fileSize(file.size)))),
    message.protect_content
      ? h("span", { class: "document-lock", title: "Protected: no download, no forwarding" }, icon("lock"))
      : h("a", { class: "icon-button", href: file.url, download: file.name, title: "Download", aria: { label: `Download ${file.name}` } }, icon("download")));
}

/** Long names lose their middle, so that beginning and extension stay to be read. */
function shorten(name) {
  return name.length > 56 ? `${name.slice(0, 34)}…${name.slice(-18)}` : name;
}

function photo(message) {
  const { url, width, height } = message.photo;
  const view = () => openSheet({
    title: message.text || "Photo",
    wide: true,
    dark: true,
    body: h("img", { class: "view-image", src: inline(url), alt: message.text || "Photo" }),
    actions: message.protect_content ? [] : [h("a", { class: "button primary", href: url, download: "photo.jpg" }, "Download")],
  });
  return h("button", { type: "button", class: "photo", testid: "photo", aria: { label: "Open the photo" }, onclick: view },
    h("img", { src: inline(url), width, height, alt: message.text || "Photo", loading: "lazy" }));
}

function contact(message) {
  const { first_name: first, last_name: last, phone_number: phone, vcard, user_id: user } = message.contact;
  const name = [first, last].filter(Boolean).join(" ") || phone;
  const digits = phone.replace(/[^\d+]/g, "");
  const showCard = () => openSheet({ title: name, subtitle: "vCard", wide: true, body: h("pre", { class: "view-text", tabIndex: 0 }, vcard) });
  return h("div", { class: "contact-card", testid: "contact-card" },
    avatar(name, user ?? digits.length * 7 + digits.charCodeAt(digits.length - 1)),
    h("div", { class: "contact-words" },
      h("strong", {}, name),
      h("a", { href: `tel:${digits}` }, phone),
      vcard ? h("button", { type: "button", class: "text-link", onclick: showCard }, "Whole card") : null));
}

/** A round picture with a person's letters. */
export function avatar(name, id, extra = "") {
  const element = h("span", { class: `avatar ${extra}`, aria: { hidden: "true" } }, initials(name));
  element.style.setProperty("--hue", hueOf(id));
  return element;
}

function place({ location: { latitude, longitude } }) {
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return h("a", { class: "place", href: address, target: "_blank", rel: "noopener noreferrer", aria: { label: "Open the place on a map" } },
    h("span", { class: "place-map" }, icon("location")),
    h("span", { class: "place-words" }, h("strong", {}, "Location"), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
}

/** Bars of a voice message: made up, but the same for the same message. */
function voice(message) {
  const bars = Array.from({ length: 28 }, (_, index) => {
    const bar = h("i");
    bar.style.height = `${5 + ((message.message_id * 31 + index * index * 17 + index * 53) % 17)}px`;
    return bar;
  });
  const seconds = message.voice.duration ?? 0;
  return h("div", { class: "voice", role: "img", aria: { label: `Voice message, ${seconds} seconds` } },
    h("span", { class: "voice-play" }, icon("play")),
    h("span", { class: "voice-bars" }, bars),
    h("span", { class: "voice-length" }, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`));
}

/** The part of a bubble that is not text; null where there is none. */
export function attachment(message) {
  if (message.photo) return photo(message);
  if (message.document) return documentRow(message);
  if (message.contact) return contact(message);
  if (message.location) return place(message);
  if (message.voice) return voice(message);
  if (message.sticker) return h("span", { class: "sticker", role: "img", aria: { label: `Sticker ${message.sticker.emoji ?? ""}` } }, message.sticker.emoji ?? "🙂");
  return null;
}
