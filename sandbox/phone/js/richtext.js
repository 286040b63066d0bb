// A message's formatting, copied element by element out of the sandbox's HTML: what is not on the list becomes plain text.

import { h } from "./dom.js";

const PLAIN = new Set(["B", "I", "U", "S", "CODE", "PRE", "BLOCKQUOTE"]);
const SAFE_LINK = /^(https?:|tel:|mailto:|tg:)/i;

function copyNode(node, actions) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
  const children = [...node.childNodes].map((child) => copyNode(child, actions));
  if (PLAIN.has(node.tagName)) {
    return h(node.tagName.toLowerCase(), { class: node.classList.contains("expandable") ? "expandable" : null }, children);
  }
  if (node.tagName === "A" && SAFE_LINK.test(node.getAttribute("href") ?? "")) return link(node.getAttribute("href"), children);
  if (node.tagName === "SPAN" && node.classList.contains("spoiler")) return spoiler(children);
  if (node.tagName === "SPAN" && node.dataset.command) {
    const command = node.dataset.command;
    return h("button", { type: "button", class: "text-link", onclick: () => actions.command(command) }, children);
  }
  if (node.tagName === "SPAN") return h("span", { class: node.classList.contains("mention") ? "mention" : null }, children);
  const fragment = document.createDocumentFragment();
  fragment.append(...children);
  return fragment;
}

function link(href, children) {
  const opensApp = /^(tel:|mailto:)/i.test(href);
  return h("a", opensApp ? { href } : { href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const element = h("span", { class: "spoiler", role: "button", tabIndex: 0, aria: { label: "Hidden text, press to show" } }, children);
  const show = () => {
    element.classList.add("shown");
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && show());
  return element;
}

/** The text of a message as nodes; `actions.command(text)` is called when a `/command` in it is tapped. */
export function richText(message, actions) {
  const parsed = new DOMParser().parseFromString(message.html ?? "", "text/html");
  if (!message.html) parsed.body.textContent = message.text ?? "";
  const element = h("div", { class: "text", dir: "auto" }, [...parsed.body.childNodes].map((node) => copyNode(node, actions)));
  for (const block of element.querySelectorAll("pre, blockquote")) {
    const next = block.nextSibling;  // a block ends its line by itself; one line break after it would show as an empty line
    if (next?.nodeType === Node.TEXT_NODE) next.data = next.data.replace(/^\n/, "");
  }
  for (const quote of element.querySelectorAll("blockquote.expandable")) {
    quote.tabIndex = 0;
    quote.addEventListener("click", () => quote.classList.toggle("open"));
    quote.addEventListener("keydown", (event) => event.key === "Enter" && quote.classList.toggle("open"));
  }
  return element;
}
