import { now } from "./api.js";
import { el } from "./dom.js";
import { moment, plural } from "./format.js";

const MINUTE = 60; // seconds
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "24 November 2026 at 13:00, in 2 hours 5 minutes", kept up to date; `over()` when it has come. No live region. */
export function countdown(timestamp, over) {
  const time = el("time", { class: "countdown", datetime: timestamp });
  const left = () => Math.ceil((Date.parse(timestamp) - now()) / 1000);
  const show = () => (time.textContent = left() > 0 ? `${moment(timestamp)}, in ${duration(left())}` : moment(timestamp));
  const tick = () => {
    if (!time.isConnected) return clearInterval(timer);
    show();
    if (left() > 0) return undefined;
    clearInterval(timer);
    return over();
  };
  const timer = setInterval(tick, 1000);
  show();
  return time;
}

/** Seconds in words, in the units that matter. */
function duration(seconds) {
  const [days, hours, minutes] = [seconds / DAY, (seconds % DAY) / HOUR, (seconds % HOUR) / MINUTE].map(Math.floor);
  if (days > 0) return words([days, "day"], [hours, "hour"]);
  if (hours > 0) return words([hours, "hour"], [minutes, "minute"]);
  if (minutes >= 5) return words([minutes, "minute"]);
  return words([minutes, "minute"], [seconds % MINUTE, "second"]);
}

function words(...parts) {
  return parts.filter(([count]) => count > 0).map(([count, unit]) => plural(count, unit)).join(" ");
}
