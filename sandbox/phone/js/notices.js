// Short notices: a toast in the chat, an alert that waits for OK, a banner when a message comes for someone else.

import { avatar } from "./attachments.js";
import { h } from "./dom.js";
import { openSheet } from "./sheet.js";
import { store } from "./store.js";

const TOAST_MILLISECONDS = 4000;
const BANNER_MILLISECONDS = 7000;

/** Show a line over the chat for a few seconds. */
export function toast(text, kind = "info") {
  const element = h("div", { class: `toast ${kind}`, role: "status", testid: "toast" }, text);
  document.getElementById("toasts").append(element);
  setTimeout(() => element.remove(), TOAST_MILLISECONDS);
}

/** Run an act towards the sandbox; a refusal is told as a toast, and null answered. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    toast(error.message, "error");
    return null;
  }
}

/** The bot's answer to a press: a toast, or a dialog where it asked for an alert. */
function showCallback({ text, show_alert: isAlert, url }) {
  if (url) window.open(url, "_blank", "noopener");
  if (!text) return;
  if (!isAlert) return toast(text);
  const done = h("button", { type: "button", class: "button primary", onclick: (event) => event.target.closest("dialog").close() }, "OK");
  openSheet({ title: "PreSales", body: h("p", { class: "sheet-text" }, text), actions: [done], testid: "alert" });
}

let bannerTimer = null;

/** A notification for a person whose phone is not on the screen; pressing it shows that phone. */
function showBanner(person) {
  const slot = document.getElementById("banner");
  const open = () => {
    slot.replaceChildren();
    location.hash = String(person.id);
  };
  slot.replaceChildren(h("button", { type: "button", class: "banner", testid: "banner", onclick: open },
    avatar(person.name, person.id),
    h("span", { class: "banner-words" },
      h("strong", {}, `PreSales → ${person.first_name || person.name}`),
      h("span", {}, person.last?.text || "New message"))));
  clearTimeout(bannerTimer);
  bannerTimer = setTimeout(() => slot.replaceChildren(), BANNER_MILLISECONDS);
}

export function startNotices() {
  store.on("callback", showCallback);
  store.on("push", showBanner);
  store.on("person", () => document.getElementById("banner").replaceChildren());
}
