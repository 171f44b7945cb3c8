import { Problem } from "./api.js";
import { certificateCard } from "./certificate.js";
import { el } from "./dom.js";
import { plural } from "./format.js";
import { icon } from "./icons.js";
import { forget, forgetLastLearner, lastLearner, myCertificates, myCertifications, whoAmI } from "./learner.js";
import { statusOf, summary } from "./progress.js";
import { QuizDraft } from "./quiz-draft.js";
import { standing } from "./standing.js";
import { toDo } from "./to-do.js";
import { signInUrl, signOutUrl, siteUrl } from "./urls.js";

/** `<my-learning>`: who is signed in, what has to be done, certificates, and progress in every track. */
export class MyLearning extends HTMLElement {
  #leaving;

  connectedCallback() {
    this.#leaving = new AbortController();
    document.addEventListener("learner-changed", () => this.#refresh(), { signal: this.#leaving.signal });
    this.#refresh();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  async #refresh() {
    const content = await this.#content().catch((error) => this.#refused(error));
    if (content && this.isConnected) this.replaceChildren(...content);
  }

  #refused(error) {
    if (error.status === 401) return forget(); // the session ended: `learner-changed` shows how to sign in
    return [failure(error, () => this.#refresh())];
  }

  async #content() {
    const { learner, sign_in: signIn } = await whoAmI();
    if (!learner) return [signedOut(signIn)];
    const [certifications, mine] = await Promise.all([myCertifications(), myCertificates()]);
    return [person(learner), toDo(certifications), certificates(mine), tracks(certifications)].filter(Boolean);
  }
}

function signOut() {
  QuizDraft.leave(lastLearner());
  forgetLastLearner();
}

function person({ name, email, organization }) {
  return el(
    "div",
    { class: "person" },
    el("span", { class: "person__picture" }, icon("account")),
    el(
      "div",
      { class: "person__text" },
      el("p", { class: "person__name" }, name),
      el("p", { class: "person__facts" }, [email, organization].filter(Boolean).join(" · ")),
    ),
    el(
      "form",
      { method: "post", action: signOutUrl(), onsubmit: signOut },
      el("button", { class: "md-button", type: "submit" }, "Sign out"),
    ),
  );
}

/** Those to show around come first. */
function certificates(mine) {
  const stands = ({ status, superseded_by: newer }) => status === "ACTIVE" && !newer;
  const sorted = [...mine.filter(stands), ...mine.filter((one) => !stands(one))];
  return el(
    "section",
    { class: "my-certificates" },
    el("h2", { id: "certificates" }, "Certificates"),
    sorted.map((certificate) => certificateCard(certificate)),
    mine.length === 0 &&
      el("p", { class: "notice" }, "None yet. Pass all required courses of a track, and its certificate appears here."),
  );
}

function tracks(certifications) {
  return el("section", { class: "my-tracks" }, el("h2", { id: "tracks" }, "Tracks"), certifications.map(track), certifications.length === 0 && noTracks());
}

function track(certification) {
  const { title, url, required, courses } = certification;
  return el(
    "section",
    { class: "my-track", "data-track": certification.track },
    el(
      "div",
      { class: "my-track__head" },
      el("h3", { class: "my-track__title" }, el("a", { href: siteUrl(url) }, title)),
      el("p", { class: "my-track__facts" }, `${required ? "Required" : "Optional"} · ${plural(courses.length, "course")}`),
      el("div", { class: "my-track__progress" }, summary(certification)),
      standing(certification),
    ),
    el("ol", { class: "plain my-courses" }, courses.map(course)),
  );
}

function course(facts) {
  const { course: id, title, url, required } = facts;
  return el(
    "li",
    { class: "my-course", "data-course": id, "data-status": facts.status },
    el("a", { class: "my-course__title", href: siteUrl(url) }, title),
    !required && el("span", { class: "my-course__optional" }, "optional"),
    statusOf(facts) ?? el("span", { class: "status status--none" }, "Not started"),
  );
}

function signedOut(signIn) {
  return el(
    "div",
    { class: "empty-state" },
    el("p", {}, "Sign in to see your progress and your certificates."),
    el("p", {}, el("a", { class: "md-button md-button--primary", href: signInUrl(signIn) }, "Sign in")),
  );
}

function noTracks() {
  return el("p", { class: "notice" }, "There are no tracks yet.");
}

function failure(error, again) {
  const why = error instanceof Problem && !error.passing ? error.message : "The grader cannot be reached at the moment. Nothing is lost.";
  return el(
    "div",
    { class: "empty-state" },
    el("p", { role: "alert" }, why),
    el("p", {}, el("button", { class: "md-button md-button--primary", type: "button", onclick: again }, "Try again")),
  );
}
