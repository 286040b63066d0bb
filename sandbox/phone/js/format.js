// How instants, sizes and names are written on the phone: always on the dealership's clock, whatever the browser's zone.

export const ZONE = "Europe/Bucharest";

const part = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, ...options });
const TIME = part({ hour: "2-digit", minute: "2-digit" });
const SECONDS = part({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const SHORT_DAY = part({ weekday: "short", day: "numeric", month: "short" });
const LONG_DAY = part({ weekday: "long", day: "numeric", month: "long" });
const LONG_DAY_YEAR = part({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const FULL_DAY = part({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const ISO_DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

export const clockTime = (instant) => TIME.format(instant);
export const clockSeconds = (instant) => SECONDS.format(instant);
export const shortDay = (instant) => SHORT_DAY.format(instant).replace(",", "");
export const fullDay = (instant) => FULL_DAY.format(instant).replace(",", "");
export const isoDay = (instant) => ISO_DAY.format(instant);

/** The local date and time as an `<input type=datetime-local>` wants it. */
export const localInput = (instant) => `${isoDay(instant)}T${TIME.format(instant)}`;

/** The text of a date separator, seen from `now`: "Today", "Yesterday", a day of this year, or a full date. */
export function dayLabel(instant, now) {
  const day = isoDay(instant);
  if (day === isoDay(now)) return "Today";
  if (day === isoDay(now - 86_400_000)) return "Yesterday";
  return day.slice(0, 4) === isoDay(now).slice(0, 4) ? LONG_DAY.format(instant) : LONG_DAY_YEAR.format(instant);
}

/** A length of time in words, "+1 d 3 h"; days, hours and minutes only. */
export function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [[Math.floor(minutes / 1440), "d"], [Math.floor((minutes % 1440) / 60), "h"], [minutes % 60, "min"]];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ") || "0 min";
}

/** A file's size as people read it. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One or two letters for an avatar. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

/** A colour that stays the same for a person: a hue out of the id. */
export const hueOf = (id) => [172, 262, 22, 210, 330, 96, 45, 300][Math.abs(Number(id)) % 8];

/** One short line that stands for a message in quotes, banners and the list of people. */
export function summary(message) {
  if (!message) return "";
  if (message.document) return `📄 ${message.document.name}`;
  if (message.photo) return `🖼 ${message.text || "Photo"}`;
  if (message.voice) return "🎤 Voice message";
  if (message.sticker) return `${message.sticker.emoji ?? ""} Sticker`;
  if (message.contact) return `👤 ${[message.contact.first_name, message.contact.last_name].filter(Boolean).join(" ")}`;
  if (message.location) return "📍 Location";
  return message.text ?? "";
}
