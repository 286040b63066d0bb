// The phone's only way to the sandbox: its JSON API, the clock, the faults and the event stream.

const BASE = "/phone/api";

/** What the sandbox answered when it refused, in its own sentence; `status` is 0 when it could not be reached. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const isForm = body instanceof FormData;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body && !isForm ? { "Content-Type": "application/json" } : {},
      body: isForm ? body : body && JSON.stringify(body),
    });
  } catch {
    throw new ApiError("The sandbox cannot be reached.", 0);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(answer.error ?? `The sandbox answered ${response.status}.`, response.status);
  return answer;
}

const post = (path, body = {}) => call("POST", path, body);
const act = (person, action, body) => post(`${BASE}/people/${person}/${action}`, body);

function upload(person, action, file, caption) {
  const form = new FormData();
  form.append("file", file, file.name);
  if (caption) form.append("caption", caption);
  return act(person, action, form);
}

export const api = {
  people: () => call("GET", `${BASE}/people`),
  addPerson: (values) => post(`${BASE}/people`, values),
  messages: (person, after) => call("GET", `${BASE}/people/${person}/messages?after=${after}`),
  text: (person, text, replyTo) => act(person, "text", replyTo ? { text, reply_to: replyTo } : { text }),
  group: (person, text) => act(person, "group", { text }),
  press: (person, messageId, row, column) => act(person, "press", { message_id: messageId, row, column }),
  contact: (person, values) => act(person, "contact", values),
  document: (person, file, caption) => upload(person, "document", file, caption),
  photo: (person, file, caption) => upload(person, "photo", file, caption),
  voice: (person, seconds) => act(person, "voice", { duration: seconds }),
  sticker: (person, emoji) => act(person, "sticker", { emoji }),
  location: (person, latitude, longitude) => act(person, "location", { latitude, longitude }),
  edit: (person, messageId, text) => act(person, "edit", { message_id: messageId, text }),
  forward: (person, values) => act(person, "forward", values),
  remove: (person, messageId) => act(person, "delete", { message_id: messageId }),
  read: (person) => act(person, "read"),
  block: (person, blocked) => act(person, "block", { blocked }),
  clock: (values) => post("/clock", values),
  faults: () => call("GET", "/faults"),
  addFault: (rule) => post("/faults", rule),
  clearFaults: () => call("DELETE", "/faults"),
};

const EVENTS = ["hello", "message", "edited", "deleted", "typing", "callback", "keyboard", "commands", "unread", "clock"];
const RETRY_MILLISECONDS = [300, 700, 1500, 3000];

/**
 * Listen to a person's events until `close()`; a lost connection is opened again by itself, ever more slowly.
 * Every new connection begins with `hello`, from which the listener sees whether it has missed something.
 */
export function listen(person, onevent, onstate) {
  let source = null;
  let timer = null;
  let failures = 0;
  const open = () => {
    source = new EventSource(`${BASE}/people/${person}/events`);
    source.onopen = () => {
      failures = 0;
      onstate(true);
    };
    source.onerror = () => {
      source.close();
      onstate(false);
      timer = setTimeout(open, RETRY_MILLISECONDS[Math.min(failures++, RETRY_MILLISECONDS.length - 1)]);
    };
    for (const name of EVENTS) source.addEventListener(name, (event) => onevent(name, JSON.parse(event.data)));
  };
  open();
  return {
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
