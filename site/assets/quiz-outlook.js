import { countdown } from "./countdown.js";
import { plural } from "./format.js";

/** Says before the start what the learner may expect. `again()` is called when a pause is over. */
export function sayOutlook(notice, { attempts_left: left, refusal }, again) {
  const attempts = left === null ? "" : left === 0 ? "No attempts are left." : `${plural(left, "attempt")} left.`;
  const opens = refusal?.next_attempt_at;
  if (opens) notice.say(`${attempts} The next one opens on`.trim(), "info", countdown(opens, again));
  else notice.say(refusal && left !== 0 ? refusal.detail : attempts);
}
