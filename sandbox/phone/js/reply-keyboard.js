// The bot's keyboard under the field: its buttons write their own text, or share the person's contact after a question.

import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { attempt } from "./notices.js";
import { confirmSheet } from "./sheet.js";
import { store } from "./store.js";

async function press(keyboard, button, row, column, onused) {
  if (button.request_contact) {
    const isSure = await confirmSheet({
      title: "Share your number?",
      text: `PreSales will see your name and your number ${store.person.phone ?? ""}.`,
      yes: "Share contact",
    });
    if (!isSure) return;
  }
  const answer = await attempt(() => api.press(store.personId, keyboard.message_id, row, column));
  if (!answer) return;
  if (answer.message) store.takeMessage(answer.message);
  onused();
}

/** Draw a keyboard; `onused` is called after a button of it was pressed. */
export function replyKeyboard(keyboard, onused) {
  return h("div", { class: `reply-keyboard${keyboard.resize ? "" : " tall"}`, role: "group", testid: "reply-keyboard", aria: { label: "The bot's keyboard" } },
    keyboard.rows.map((buttons, row) => h("div", { class: "reply-row" }, buttons.map((button, column) =>
      h("button", { type: "button", class: "reply-button", testid: "reply-button", onclick: () => press(keyboard, button, row, column, onused) },
        button.request_contact ? icon("contact") : null, h("span", {}, button.text))))));
}
