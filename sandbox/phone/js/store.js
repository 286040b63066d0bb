// What the page knows, and who is told when it changes; every view draws itself from here.

import { api, listen } from "./api.js";

/** A press that is never answered stops to spin after this long, as on Telegram's own apps. */
const PRESS_TIMEOUT = 30_000;

class Store extends EventTarget {
  people = [];
  personId = null;
  messages = new Map();
  lastSeq = 0;
  keyboard = null;
  commands = [];
  typing = null;
  room = "private";
  connected = false;
  loaded = false;
  #clock = { now: Date.now(), at: performance.now(), offset: 0 };
  #stream = null;
  #pressed = new Map();
  #answered = new Set();
  #typingTimer = null;

  get person() {
    return this.people.find((person) => person.id === this.personId) ?? null;
  }

  /** The sandbox's present moment, in milliseconds; it runs on between two reports of the clock. */
  get now() {
    return this.#clock.now + (performance.now() - this.#clock.at);
  }

  get clockOffset() {
    return this.#clock.offset;
  }

  /** Messages of the room on screen, in the order of the screen. */
  get visible() {
    return [...this.messages.values()]
      .filter((message) => !message.deleted && message.chat === this.room)
      .sort((a, b) => a.message_id - b.message_id);
  }

  tell(kind, detail = null) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  on(kind, listener) {
    this.addEventListener(kind, (event) => listener(event.detail));
  }

  takeClock(clock) {
    this.#clock = { now: Date.parse(clock.now), at: performance.now(), offset: clock.offset_seconds };
    this.tell("clock");
  }

  takePeople(people) {
    const before = new Map(this.people.map((person) => [person.id, person.unread]));
    this.people = people;
    this.tell("people");
    for (const person of people) {
      const isNews = before.has(person.id) && person.unread > before.get(person.id);
      if (isNews && person.id !== this.personId) this.tell("push", person);
    }
    if (this.person?.unread) this.markRead();
  }

  async start(personId) {
    const answer = await api.people();
    this.takeClock(answer.clock);
    this.people = answer.people;
    const known = this.people.some((person) => person.id === personId);
    this.tell("people");
    await this.open(known ? personId : this.people[0]?.id);
  }

  /** Show another person's phone. */
  async open(personId) {
    if (personId === undefined || personId === this.personId) return;
    this.#stream?.close();
    this.personId = personId;
    this.room = "private";
    this.loaded = false;
    this.#forget();
    this.tell("person");
    this.#stream = listen(
      personId,
      (name, data) => personId === this.personId && this.#take(name, data),
      (connected) => personId === this.personId && this.#setConnected(connected),
    );
    await this.catchUp();
  }

  #forget() {
    this.messages.clear();
    this.lastSeq = 0;
    this.keyboard = null;
    this.commands = [];
    this.#pressed.clear();
    this.#setTyping(null);
  }

  /**
   * Fetch what is new or changed since what we hold; also right after a reconnection. An event may outrun the answer:
   * what it has replaced meanwhile is newer than the answer, and stays.
   */
  async catchUp() {
    const { personId, keyboard, commands } = this;
    const clock = this.#clock;
    const answer = await api.messages(personId, this.lastSeq);
    if (personId !== this.personId) return;
    for (const message of answer.messages) this.#put(message);
    this.lastSeq = Math.max(this.lastSeq, answer.last_seq);
    if (this.keyboard === keyboard) this.keyboard = answer.keyboard;
    if (this.commands === commands) this.commands = answer.commands;
    if (this.#clock === clock) this.takeClock(answer.clock);
    this.loaded = true;
    this.tell("messages");
    this.tell("keyboard");
    this.tell("commands");
    this.markRead();
  }

  async markRead() {
    const person = this.person;
    if (document.visibilityState !== "visible" || !person?.unread || !this.loaded) return;
    const answer = await api.read(person.id).catch(() => null);  // the badge stays, and the next message tries again
    if (!answer) return;
    this.people = this.people.map((other) => (other.id === person.id ? { ...other, unread: answer.unread } : other));
    this.tell("people");  // the event that says so may have passed before our stream was open
  }

  showRoom(room) {
    this.room = room;
    this.tell("messages");
    this.tell("keyboard");
  }

  #setConnected(connected) {
    this.connected = connected;
    this.tell("connection");
  }

  #put(message) {
    const known = this.messages.get(message.message_id);
    if (known && known.seq >= message.seq) return false;
    this.messages.set(message.message_id, message);
    return true;
  }

  /** Take a message that came with an event or as the answer to our own act: whichever is first wins, the other is dropped. */
  takeMessage(message) {
    const isNew = !this.messages.has(message.message_id);
    if (!this.#put(message)) return;
    if (isNew && message.from === "bot") this.#setTyping(null);
    this.tell("messages", { arrived: isNew && message.chat === this.room ? message : null });
    if (isNew && message.from === "bot") this.markRead();
  }

  #take(name, data) {
    if (name === "hello") return this.#hello(data);
    if (name === "message" || name === "edited" || name === "deleted") {
      this.takeMessage(data);
      this.lastSeq = Math.max(this.lastSeq, data.seq);
      return undefined;
    }
    if (name === "typing") return this.#setTyping(data);
    if (name === "callback") return this.#callbackAnswered(data);
    if (name === "unread") return this.takePeople(data.people);
    if (name === "clock") return this.takeClock(data);
    this[name] = data[name];  // "keyboard" and "commands" come under their own name
    return this.tell(name);
  }

  #hello({ last_seq: lastSeq, clock }) {
    this.takeClock(clock);
    this.#pressed.clear();  // an answer may have passed by while we were away
    this.tell("presses");
    if (lastSeq < this.lastSeq) {  // the sandbox began anew: its numbers mean other messages now
      this.#forget();
      this.tell("person");
    }
    this.catchUp().catch(() => this.#setConnected(false));
    const before = this.people;
    api.people()
      .then(({ people }) => this.people === before && this.takePeople(people))
      .catch(() => {});  // the stream's next event brings them
  }

  #setTyping(typing) {
    clearTimeout(this.#typingTimer);
    this.typing = typing;
    if (typing) this.#typingTimer = setTimeout(() => this.#setTyping(null), typing.seconds * 1000);
    this.tell("typing");
  }

  isPressed(messageId, row, column) {
    return this.#pressed.has(`${messageId}:${row}:${column}`);
  }

  /** Press an inline button and spin until the bot answers; a link or a text to copy is handed back at once. */
  async press(messageId, row, column) {
    const key = `${messageId}:${row}:${column}`;
    if (this.#pressed.has(key)) return null;
    this.#pressed.set(key, null);
    this.tell("presses");
    const stop = () => {
      this.#pressed.delete(key);
      this.tell("presses");
    };
    try {
      const answer = await api.press(this.personId, messageId, row, column);
      if (answer.kind !== "callback" || this.#answered.delete(answer.callback_query_id)) stop();
      else if (this.#pressed.has(key)) {
        this.#pressed.set(key, answer.callback_query_id);
        setTimeout(() => this.#pressed.get(key) === answer.callback_query_id && stop(), PRESS_TIMEOUT);
      }
      return answer;
    } catch (error) {
      stop();
      throw error;
    }
  }

  #callbackAnswered(answer) {
    const entry = [...this.#pressed].find(([, id]) => id === answer.callback_query_id);
    if (entry) this.#pressed.delete(entry[0]);
    else this.#answered.add(answer.callback_query_id);  // the answer outran the response to our press
    this.tell("presses");
    this.tell("callback", answer);
  }
}

export const store = new Store();
