import { el } from "./dom.js";
import { plural } from "./format.js";
import { openCourses } from "./progress.js";
import { standing } from "./standing.js";
import { siteUrl } from "./urls.js";

/** What has to be done: tracks that are due, then those to be renewed, but for waived ones. Null when there is nothing. */
export function toDo(certifications) {
  const due = certifications.filter((one) => one.due);
  const renewals = certifications.filter((one) => one.renewal && !one.waived_until);
  const tasks = [...due, ...renewals].map(task);
  return tasks.length > 0 ? el("section", { class: "to-do" }, el("h2", { id: "to-do" }, "To do"), tasks) : null;
}

function task(certification) {
  const { track, title, url, due } = certification;
  const left = openCourses(certification).filter(({ required }) => required);
  return el(
    "section",
    { class: "task", "data-track": track },
    el("h3", { class: "task__title" }, el("a", { href: siteUrl(url) }, title)),
    standing(certification),
    el("p", { class: "task__why" }, due ? "Required, and you hold no valid certificate." : "Pass what is left, and you get a new certificate."),
    left.length > 0 && el("ul", { class: "plain task__courses", "aria-label": `Left to do in ${title}` }, left.map(course)),
  );
}

function course({ title, url, minutes, new_questions: questions }) {
  const size = questions.length > 0 ? plural(questions.length, "new question") : minutes > 0 && `${minutes} min`;
  return el("li", {}, el("a", { href: siteUrl(url) }, title), size && el("span", { class: "task__size" }, size));
}
