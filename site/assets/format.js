const LEVELS = { FOUNDATION: "Foundation", INTERMEDIATE: "Intermediate", ADVANCED: "Advanced" };

/** A score (0..1) in per cent, rounded down: 79.9 % must not look like a pass at 80 %. */
export function percent(score) {
  return `${Math.floor(score * 100 + 1e-6)}\u00a0%`;
}

export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function day(timestamp) {
  const options = { dateStyle: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", options).format(new Date(timestamp));
}

export function moment(timestamp) {
  const options = { dateStyle: "long", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", options).format(new Date(timestamp));
}

export function levelName(level) {
  return LEVELS[level] ?? level;
}
