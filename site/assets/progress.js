// What the learner's progress adds to pages that are complete without it: catalogue, track and course pages.

import { certificateCard } from "./certificate.js";
import { el } from "./dom.js";
import { percent, plural } from "./format.js";
import { icon } from "./icons.js";
import { myCertifications } from "./learner.js";
import { bar } from "./meters.js";
import { standing, waivedUntil } from "./standing.js";
import { siteUrl } from "./urls.js";

/** An element that shows the learner's certifications, and shows them anew after a grade. Nobody signed in: it shows nothing. */
class ProgressElement extends HTMLElement {
  #leaving;

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    for (const event of ["quiz-graded", "learner-changed"]) {
      document.addEventListener(event, () => this.#refresh(), { signal });
    }
    this.#refresh();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  async #refresh() {
    const certifications = await myCertifications().catch(() => null);
    if (this.isConnected) this.show(certifications ?? []);
  }
}

/** `<track-progress track="id">`: what is due, and a bar and "2 of 4 courses", or "Certified". */
export class TrackProgress extends ProgressElement {
  show(certifications) {
    const mine = certifications.find(({ track }) => track === this.getAttribute("track"));
    this.replaceChildren(...(mine ? [standing(mine), ...summary(mine)].filter(Boolean) : []));
  }
}

/** `<course-status course="id">`: "Passed · 92 %" beside a course's facts. */
export class CourseStatus extends ProgressElement {
  show(certifications) {
    const mine = certifications.flatMap(({ courses }) => courses).find(({ course }) => course === this.getAttribute("course"));
    this.replaceChildren(...(mine ? [statusOf(mine)].filter(Boolean) : []));
  }
}

/** `<track-courses track="id">`: marks the rows of the course list and turns "Start" into "Continue". */
export class TrackCourses extends ProgressElement {
  #start;

  show(certifications) {
    const mine = certifications.find(({ track }) => track === this.getAttribute("track"));
    if (!this.querySelector(".track-start")) return; // a track without courses
    this.#start ??= this.querySelector(".track-start").cloneNode(true);
    for (const row of this.querySelectorAll("[data-course]")) {
      mark(row, mine?.courses.find(({ course }) => course === row.dataset.course));
    }
    this.querySelector(".track-mine")?.remove();
    this.querySelector(".track-start").replaceWith(this.#start.cloneNode(true));
    if (mine) this.#showMine(mine);
  }

  #showMine(mine) {
    const { certificate, status, renewal } = mine;
    this.prepend(el("div", { class: "track-mine" }, standing(mine), certificate && certificateCard(certificate, "h2"), status !== "COMPLETED" && summary(mine)));
    const next = nextCourse(mine);
    const button = this.querySelector(".track-start a");
    if (!next) button.parentElement.hidden = true;
    else if (renewal || status !== "NOT_STARTED") {
      button.href = siteUrl(next.url);
      button.replaceChildren(`Continue: ${next.title}`);
    }
  }
}

/** The courses that are still to be passed. */
export function openCourses({ courses }) {
  return courses.filter(({ status }) => !["PASSED", "CREDITED", "WAIVED"].includes(status));
}

/** The first of them: required ones first. Undefined when all are passed. */
export function nextCourse(certification) {
  const open = openCourses(certification);
  return open.find(({ required }) => required) ?? open[0];
}

/** "2 of 4 required courses" with its bar, or "Certified". */
export function summary({ title, status, passed_courses: passed, required_courses: required }) {
  if (status === "COMPLETED") return [el("p", { class: "progress-text progress-text--done" }, icon("seal"), "Certified")];
  const words = `${passed} of ${required} required courses done`;
  return [bar(passed, required, `${title}: ${words}`), el("p", { class: "progress-text" }, words)];
}

/** What a course's status looks like; null for one not begun, unless only what is new in it is left. */
export function statusOf({ status, score, waived_until: waived, new_questions: questions }) {
  const points = score === null || score === undefined ? "" : ` · ${percent(score)}`;
  if (status === "PASSED") return el("span", { class: "status status--passed" }, icon("check"), `Passed${points}`);
  if (status === "CREDITED") return el("span", { class: "status status--passed" }, icon("check"), "Passed before");
  if (status === "WAIVED") return el("span", { class: "status" }, waivedUntil(waived));
  if (status === "FAILED") return el("span", { class: "status status--failed" }, icon("retry"), `Not passed yet${points}`);
  if (status === "IN_PROGRESS") return el("span", { class: "status" }, "In progress");
  if (questions.length > 0) return el("span", { class: "status" }, plural(questions.length, "new question"));
  return null;
}

function mark(row, course) {
  row.dataset.status = course?.status ?? "NOT_STARTED";
  row.querySelector(".course-row__status").replaceChildren(...[course && statusOf(course)].filter(Boolean));
}
