import { Problem, post } from "./api.js";
import { forget, whoAmI } from "./learner.js";
import { clearMarks, showMarks } from "./quiz-marks.js";
import { QuizNotice, noticeLink } from "./quiz-notice.js";
import { QuizQuestions } from "./quiz-questions.js";
import { signInUrl } from "./urls.js";

/**
 * `<quiz-practice revision="...">` around one question in the text: graded at once, as often as wanted, never counted.
 * Its attribute `state` is one of loading, signed-out, ready, busy, graded.
 */
export class QuizPractice extends HTMLElement {
  #leaving;
  #form;
  #button;
  #notice;
  #questions;

  connectedCallback() {
    this.#leaving = new AbortController();
    this.#form = this.querySelector("form");
    this.#form.autocomplete = "off";
    this.#button = this.#form.querySelector(".quiz-actions button");
    this.#notice = new QuizNotice(this.#form);
    this.#questions = new QuizQuestions(this.#form);
    this.#form.addEventListener("submit", (event) => this.#submit(event), { signal: this.#leaving.signal });
    this.#form.addEventListener("keydown", (event) => event.key.length === 1 && event.stopPropagation(), {
      signal: this.#leaving.signal,
    });
    this.#state = "loading";
    this.#open().catch((error) => this.#refused(error));
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  set #state(state) {
    this.setAttribute("state", state);
    this.#button.disabled = state !== "ready" && state !== "graded";
    this.#button.textContent = state === "graded" ? "Try again" : "Check";
    this.#button.parentElement.hidden = state === "signed-out";
    this.#questions.lock(state === "graded" || state === "busy");
  }

  async #open() {
    const { learner, sign_in: signIn } = await whoAmI();
    if (learner) this.#state = "ready";
    else this.#askToSignIn(signIn);
  }

  #submit(event) {
    event.preventDefault();
    if (this.getAttribute("state") === "graded") return this.#again();
    if (this.getAttribute("state") !== "ready") return undefined;
    const missing = this.#questions.unanswered;
    this.#questions.miss(missing);
    if (missing.length > 0) return this.#notice.say("Answer first, then check.", "error");
    const [answer] = this.#questions.responses;
    return this.#check(answer.response).catch((error) => this.#refused(error));
  }

  async #check(response) {
    this.#state = "busy";
    const path = `/practice/${this.getAttribute("revision")}/responses`;
    const graded = await post(path, { response }, this.#leaving.signal);
    showMarks(this.#questions.fieldsets, [graded]);
    this.#state = "graded";
    this.#notice.say(graded.correct ? "Correct." : "Not correct. Read why, then try again.", graded.correct ? "info" : "error");
    this.#button.focus();
  }

  #again() {
    clearMarks(this.#form);
    this.#questions.responses = [];
    this.#notice.clear();
    this.#state = "ready";
    this.#questions.focus();
  }

  #askToSignIn(signIn) {
    this.#state = "signed-out";
    this.#notice.say("Sign in to check your answer.", "info", noticeLink("Sign in", signInUrl(signIn)));
  }

  async #refused(error) {
    if (this.#leaving.signal.aborted) return;
    this.#state = "ready";
    if (error instanceof Problem && error.status === 401) {
      forget();
      const { sign_in: signIn } = await whoAmI().catch(() => ({}));
      this.#askToSignIn(signIn);
    } else if (error instanceof Problem && error.is("quiz-changed")) {
      this.#notice.say("This question has been updated. Reload the page.", "error");
    } else {
      this.#notice.say("The grader cannot be reached at the moment. Try again.", "error");
    }
  }
}
