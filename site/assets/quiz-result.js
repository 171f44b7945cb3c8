import { certificateLinks } from "./certificate.js";
import { countdown } from "./countdown.js";
import { el } from "./dom.js";
import { percent, plural } from "./format.js";
import { icon } from "./icons.js";
import { bar, ring } from "./meters.js";
import { nextCourse } from "./progress.js";
import { siteUrl } from "./urls.js";

/** Fills the result panel with a grade. `again` starts another attempt. */
export function renderResult(panel, grade, again) {
  const passed = grade.status === "PASSED";
  const button = grade.attempts_left !== 0 && againButton(passed, again);
  if (button && grade.next_attempt_at) button.disabled = true;
  panel.dataset.status = grade.status;
  panel.replaceChildren(
    el("div", { class: "quiz-result__head" }, ring(grade.score, grade.passing_score), verdict(grade, passed, button)),
    ...[topics(grade.topics), passed && grade.certification && standing(grade.certification)].filter(Boolean),
    el("div", { class: "quiz-result__actions" }, button),
  );
  panel.setAttribute("aria-labelledby", "quiz-result-title");
  panel.setAttribute("role", "region");
  panel.tabIndex = -1;
  panel.hidden = false;
}

/** Adds the way on: the next course of the track, or the track itself when all are passed. */
export function renderNext(panel, certification) {
  const next = nextCourse(certification);
  const [words, url] = next ? [`Next course: ${next.title}`, next.url] : [`Back to ${certification.title}`, certification.url];
  const kind = certification.status === "COMPLETED" ? "md-button" : "md-button md-button--primary";
  panel.querySelector(".quiz-result__actions").prepend(el("a", { class: `${kind} quiz-next`, href: siteUrl(url) }, words, icon("arrow")));
}

/** The result in one sentence. */
export function sentence({ score, passing_score: passing }) {
  return `You scored ${percent(score)}; ${percent(passing)} ${score >= passing ? "was needed" : "is needed"} to pass.`;
}

function verdict(grade, passed, button) {
  return el(
    "div",
    { class: "quiz-result__verdict" },
    el("h3", { class: "quiz-result__title", id: "quiz-result-title" }, icon(passed ? "check" : "retry"), passed ? "Passed" : "Not passed yet"),
    el("p", {}, sentence(grade)),
    grade.timed_out && el("p", { class: "quiz-timed-out" }, "The time was over: what had been saved by then was graded."),
    !passed && !grade.questions && grade.attempts_left !== 0 && el("p", {}, "Read once more what you were unsure about, then try again."),
    !passed && el("p", { class: "quiz-limits" }, limits(grade, button)),
  );
}

/** What the quiz's rules leave: attempts, and from when. Empty without such rules. */
function limits({ attempts_left: left, next_attempt_at: opens }, button) {
  if (left === 0) return "No attempts are left.";
  const next = opens && ["The next one opens on ", countdown(opens, () => (button.disabled = false)), "."];
  return [left && `${plural(left, "attempt")} left. `, next].flat().filter(Boolean);
}

function topics(scores) {
  if (scores.length === 0) return null;
  return el("div", { class: "quiz-topics" }, el("h4", { class: "quiz-topics__title" }, "By topic"), el("ul", { class: "plain" }, scores.map(topic)));
}

function topic({ id, title, score }) {
  const review = id && score < 1;
  return el(
    "li",
    { class: "quiz-topic" },
    el("span", { class: "quiz-topic__title" }, review ? el("a", { href: `#${id}` }, `Review: ${title}`) : title),
    bar(score, 1, `${title}: ${percent(score)}`),
    el("span", { class: "quiz-topic__score" }, percent(score)),
  );
}

function standing({ title, status, certificate, passed_courses: passed, required_courses: required }) {
  if (status === "COMPLETED") return award(title, certificate);
  const words = `${passed} of ${required} required courses of ${title} passed`;
  return el("div", { class: "quiz-standing" }, el("p", {}, words), bar(passed, required, words));
}

function award(title, certificate) {
  return el(
    "div",
    { class: "quiz-award", "data-number": certificate.number },
    el("div", { class: "certificate__seal" }, icon("seal")),
    el("h4", { class: "quiz-award__title" }, `You are certified: ${title}`),
    el("p", {}, "Certificate ", el("code", { class: "certificate__number" }, certificate.number), " is yours. Anybody can check it on its verification page."),
    el("div", { class: "certificate__links" }, certificateLinks(certificate)),
  );
}

function againButton(passed, onclick) {
  const kind = passed ? "quiz-again quiz-again--quiet" : "quiz-again md-button md-button--primary";
  return el("button", { class: kind, type: "button", onclick }, passed ? "Answer again" : "Try again");
}
