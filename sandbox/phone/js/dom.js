// Small tools to build elements: nothing here ever parses a string as markup.

/** Make an element; `on…` properties listen, `data`/`aria` are attribute groups, null and false leave a property out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "testid") element.dataset.testid = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "aria") for (const [key, text] of Object.entries(value)) element.setAttribute(`aria-${key}`, text);
    else if (name in element && name !== "list" && name !== "form") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: ["M4 12 3 4.5l18 7.5-18 7.5L4 12Zm0 0h8"],
  attach: ["m20 11-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7"],
  photo: ["M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z", "m4 17 5-5 4 4 3-3 4 4", "M15.5 9.5h.01"],
  file: ["M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9l-6-6Z", "M13 3v6h6"],
  contact: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5"],
  location: ["M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21Z", "M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"],
  sticker: ["M12 21a9 9 0 1 1 9-9c-5 0-9 4-9 9Z", "M8.5 10h.01", "M14.5 9h.01"],
  voice: ["M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Z", "M5.5 11.5a6.5 6.5 0 0 0 13 0", "M12 18v3"],
  forward: ["m14 5 7 6-7 6v-4c-5 0-8.5 1.5-11 5 .5-5 3.5-9 11-9V5Z"],
  reply: ["m10 5-7 6 7 6v-4c5 0 8.5 1.5 11 5-.5-5-3.5-9-11-9V5Z"],
  copy: ["M9 9h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z", "M16 6V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h1"],
  edit: ["m4 20 1-4.5L16.5 4a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19 4 20Z"],
  trash: ["M4 7h16", "M9 7V4h6v3", "m6 7 1 13h10l1-13"],
  more: ["M12 5.5h.01", "M12 12h.01", "M12 18.5h.01"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  close: ["m6 6 12 12", "M18 6 6 18"],
  down: ["M12 5v14", "m6 13 6 6 6-6"],
  download: ["M12 4v11", "m7 11 5 5 5-5", "M5 20h14"],
  keyboard: ["M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6Z", "M7 10h.01", "M12 10h.01", "M17 10h.01", "M8 14.5h8"],
  play: ["M7 4.5v15l12-7.5-12-7.5Z"],
  sun: ["M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M12 2.5v2", "M12 19.5v2", "m5.3 5.3 1.4 1.4", "m17.3 17.3 1.4 1.4", "M2.5 12h2", "M19.5 12h2", "m5.3 18.7 1.4-1.4", "m17.3 6.7 1.4-1.4"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  link: ["M8 16 17 7", "M9.5 6.5H17.5V14.5"],
  lock: ["M7 11h10a1.5 1.5 0 0 1 1.5 1.5v6A1.5 1.5 0 0 1 17 20H7a1.5 1.5 0 0 1-1.5-1.5v-6A1.5 1.5 0 0 1 7 11Z", "M8 11V8a4 4 0 0 1 8 0v3"],
  group: ["M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z", "M2.5 19.5c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5", "M15.5 4.8a3.5 3.5 0 0 1 0 6.4", "M17.5 14.8c2.2.6 3.6 2.2 4 4.7"],
  plus: ["M12 5v14", "M5 12h14"],
};

/** A line icon; it is decoration, so the button around it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const line of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** A round button that shows only an icon, with its label for screen readers and as a hint. */
export function iconButton(name, label, onclick, properties = {}) {
  const { class: extra = "", ...rest } = properties;
  return h("button", { type: "button", class: `icon-button ${extra}`, title: label, aria: { label }, onclick, ...rest }, icon(name));
}
