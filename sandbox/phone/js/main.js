// Wiring: the address names the person (#1001), the views draw what the store tells, the store listens to the sandbox.

import { api } from "./api.js";
import { copyText, forwardSheet } from "./attach.js";
import { startChat } from "./chat.js";
import { editMessage, replyTo, sendText, startComposer } from "./composer.js";
import { startControls } from "./controls.js";
import { icon } from "./dom.js";
import { attempt, startNotices, toast } from "./notices.js";
import { startPeople } from "./people.js";
import { popupMenu } from "./sheet.js";
import { store } from "./store.js";

const FIRST_RETRY = 1000;

function messageMenu(message, anchor) {
  const mayPass = !message.protect_content;
  const isOwnText = message.from === "me" && message.text && !message.forwarded_from;
  const items = [
    { label: "Reply", icon: icon("reply"), run: () => replyTo(message) },
    mayPass && message.text && { label: "Copy text", icon: icon("copy"), run: () => copyText(message) },
    isOwnText && { label: "Edit", icon: icon("edit"), run: () => editMessage(message) },
    mayPass && { label: "Forward to the bot", icon: icon("forward"), run: () => forwardSheet(message) },
    !mayPass && { label: "Protected", hint: "not to be forwarded or copied", icon: icon("lock"), run: () => toast("The bot protects this message") },
    { label: "Delete", icon: icon("trash"), danger: true, run: () => attempt(() => api.remove(store.personId, message.message_id)) },
  ];
  popupMenu(anchor, items.filter(Boolean), "Message actions");
}

const idInAddress = () => Number(location.hash.slice(1)) || null;

async function begin() {
  try {
    await store.start(idInAddress());
  } catch (error) {
    toast(error.message, "error");
    setTimeout(begin, FIRST_RETRY);
  }
}

startNotices();
startPeople(startControls());
startChat({ menu: messageMenu, command: (text) => sendText(text) });
startComposer();

store.on("person", () => history.replaceState(null, "", `#${store.personId}`));
addEventListener("hashchange", () => {
  const id = idInAddress();
  if (store.people.some((person) => person.id === id)) attempt(() => store.open(id));
  else api.people().then(({ people }) => {
    store.takePeople(people);
    if (store.people.some((person) => person.id === id)) attempt(() => store.open(id));
  }, (error) => toast(error.message, "error"));
});
document.addEventListener("visibilitychange", () => store.markRead());
begin();
