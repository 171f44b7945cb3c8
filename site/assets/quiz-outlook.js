import { countdown } from "./countdown.js";
import { plural } from "./format.js";

/** Says before the start what the learner may expect. `again()` is called when a pause is over. */
export function sayOutlook(notice, outlook, again) {
  const { attempts_left: left, refusal } = outlook;
  const attempts = left === null ? "" : left === 0 ? "No attempts are left." : `${plural(left, "attempt")} left.`;
  const opens = refusal?.next_attempt_at;
  const say = (words, ...actions) => notice.say(`${renewal(outlook)} ${words}`.trim(), "info", ...actions);
  if (opens) say(`${attempts} The next one opens on`.trim(), countdown(opens, again));
  else say(refusal && left !== 0 ? refusal.detail : attempts);
}

function renewal({ scope, questions }) {
  return scope === "RENEWAL" ? `You are certified already: you are only asked what is new, ${plural(questions, "question")}.` : "";
}
