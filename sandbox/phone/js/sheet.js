// Dialogs and small menus: the browser's own <dialog> keeps focus, Escape and the rest of the page in order.

import { h, iconButton } from "./dom.js";

/** Open a dialog; answers what `close(value)` was given, null when it was dismissed. `actions` are buttons or links. */
export function openSheet({ title, subtitle = "", body, actions = [], wide = false, dark = false, testid = "sheet" }) {
  return new Promise((resolve) => {
    const heading = h("h2", { class: "sheet-title" }, title);
    const dialog = h("dialog", { class: `sheet${wide ? " wide" : ""}${dark ? " dark" : ""}`, testid, aria: { label: title } },
      h("header", { class: "sheet-header" },
        h("div", { class: "sheet-heading" }, heading, subtitle ? h("p", { class: "sheet-subtitle" }, subtitle) : null),
        iconButton("close", "Close", () => dialog.close())),
      h("div", { class: "sheet-body" }, body),
      actions.length ? h("footer", { class: "sheet-actions" }, actions) : null);
    let result = null;
    dialog.finish = (value) => {
      result = value;
      dialog.close();
    };
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A dialog around a form; answers its fields as an object, or the name of the pressed button under `action`. */
export function askForm({ title, subtitle, fields, buttons = [{ label: "Send" }], testid }) {
  const form = h("form", { method: "dialog", class: "sheet-form" },
    fields,
    h("div", { class: "sheet-actions" }, buttons.map(({ label, action = "", plain = false }) =>
      h("button", { type: "submit", class: plain ? "button" : "button primary", value: action }, label))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.closest("dialog").finish({ ...Object.fromEntries(new FormData(form)), action: event.submitter?.value ?? "" });
  });
  return openSheet({ title, subtitle, body: form, testid });
}

/** A labelled field for `askForm`. */
export function field(label, name, properties = {}) {
  const { multiline = false, ...rest } = properties;
  return h("label", { class: "field" }, h("span", {}, label),
    h(multiline ? "textarea" : "input", { name, autocomplete: "off", ...rest }));
}

/** A yes-or-no question; answers true only for yes. */
export async function confirmSheet({ title, text, yes }) {
  const answer = await askForm({ title, fields: [h("p", { class: "sheet-text" }, text)], buttons: [{ label: yes, action: "yes" }] });
  return answer?.action === "yes";
}

let openMenu = null;

/** Close the menu that is open, if any. */
export function closeMenu() {
  openMenu?.();
}

/** A menu at an element (or a point): `items` are `{label, icon, run}`; arrow keys move, Escape closes. */
export function popupMenu(anchor, items, label) {
  closeMenu();
  const menu = h("div", { class: "menu", role: "menu", testid: "menu", aria: { label } }, items.map((item) =>
    h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : null, onclick: () => {
      close();
      item.run();
    } }, item.icon, h("span", {}, item.label, item.hint ? h("small", {}, item.hint) : null))));
  const place = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
  document.body.append(menu);
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = place.bottom + height + 8 < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  menu.style.top = `${isBelow ? place.bottom + 4 : Math.max(8, place.top - height - 4)}px`;
  const buttons = [...menu.children];
  const returnTo = document.activeElement;
  const onpointer = (event) => !menu.contains(event.target) && close();
  const onkey = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      returnTo?.focus();
    }
  };
  function close() {
    menu.remove();
    document.removeEventListener("pointerdown", onpointer, true);
    document.removeEventListener("keydown", onkey, true);
    openMenu = null;
  }
  document.addEventListener("pointerdown", onpointer, true);
  document.addEventListener("keydown", onkey, true);
  openMenu = close;
  buttons[0]?.focus({ preventScroll: true });
}
