import { el } from "./dom.js";

const LEVELS = { FOUNDATION: "Foundation", INTERMEDIATE: "Intermediate", ADVANCED: "Advanced" };

/** A score (0..1) in per cent, rounded down: 79.9 % must not look like a pass at 80 %. */
export function percent(score) {
  return `${Math.floor(score * 100 + 1e-6)}\u00a0%`;
}

export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A day as `<time>`; in UTC, as certificates are printed. */
export function day(timestamp) {
  return el("time", { datetime: timestamp }, date(timestamp, { dateStyle: "long", timeZone: "UTC" }));
}

export function moment(timestamp) {
  return date(timestamp, { dateStyle: "long", timeStyle: "short" });
}

/** As the reader writes dates in the page's language: in English, "24 November" or "November 24". */
function date(timestamp, options) {
  const page = document.documentElement.lang || "en";
  const readers = navigator.languages.find((one) => one.split("-")[0] === page.split("-")[0]);
  return new Intl.DateTimeFormat(readers ?? page, options).format(new Date(timestamp));
}

export function levelName(level) {
  return LEVELS[level] ?? level;
}
