import { Problem, Unreachable, get, post } from "./api.js";
import { plural } from "./format.js";
import { forget, lastLearner, myCertifications, whoAmI } from "./learner.js";
import { QuizDraft } from "./quiz-draft.js";
import { clearMarks, showMarks } from "./quiz-marks.js";
import { QuizNotice, noticeButton, noticeLink } from "./quiz-notice.js";
import { QuizQuestions } from "./quiz-questions.js";
import { renderNext, renderResult, sentence } from "./quiz-result.js";
import { untilReachable } from "./retry.js";
import { signInUrl } from "./urls.js";

const KEPT = "Your answers are saved in this browser.";

/**
 * `<quiz-form revision="...">` around the form that the page brings. Its attribute `state` is one of
 * loading, signed-out, ready, busy, waiting, passed, failed, changed. It emits one bubbling event, `quiz-graded`,
 * with the grade as detail.
 */
export class QuizForm extends HTMLElement {
  #leaving;
  #form;
  #button;
  #panel;
  #notice;
  #questions;
  #draft;

  connectedCallback() {
    this.#begin();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  get revision() {
    return this.getAttribute("revision");
  }

  #begin() {
    this.#leaving?.abort();
    this.#leaving = new AbortController();
    this.#form = this.querySelector("form");
    this.#form.autocomplete = "off"; // the draft restores the answers, not the browser
    this.#button = this.#form.querySelector(".quiz-actions button");
    this.#panel = this.#form.querySelector(".quiz-result");
    this.#notice = new QuizNotice(this.#form);
    this.#questions = new QuizQuestions(this.#form);
    this.#listen(this.#leaving.signal);
    this.#draft = QuizDraft.of(lastLearner(), this.revision);
    this.#questions.responses = this.#draft.responses;
    this.#state = "loading";
    this.#open().catch((error) => this.#refused(error));
  }

  set #state(state) {
    this.setAttribute("state", state);
    const graded = state === "passed" || state === "failed";
    this.#button.disabled = state !== "ready";
    this.#button.textContent = state === "busy" ? "Grading …" : "Submit answers";
    this.#button.parentElement.hidden = graded || state === "signed-out" || state === "changed";
    this.#panel.hidden = !graded;
    this.#questions.lock(graded || state === "busy" || state === "waiting" || state === "changed");
  }

  #listen(signal) {
    this.#form.addEventListener("input", () => this.#answered(), { signal });
    this.#form.addEventListener("keydown", keepFromShortcuts, { signal });
    this.#form.addEventListener("submit", (event) => this.#submit(event), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#begin(), { signal });
  }

  async #open() {
    const { learner, sign_in: signIn } = await this.#reach(whoAmI, `${KEPT} The grader cannot be reached at the moment.`);
    if (!learner) return this.#askToSignIn(signIn);
    this.#own(learner.id);
    if (this.#draft.pending) return this.#send();
    const { attempts } = await this.#reach(() => this.#attempts(), `${KEPT} The grader cannot be reached at the moment.`);
    this.#resume(attempts[0]);
  }

  /** Shows the answers of whoever turned out to be signed in. */
  #own(learner) {
    const before = this.#draft.owner;
    this.#draft = QuizDraft.of(learner, this.revision);
    if (before !== learner) this.#questions.responses = this.#draft.responses;
  }

  /** Goes on where the learner left off: their newest attempt, unless answers in this browser are newer. */
  #resume(newest) {
    this.#notice.clear();
    if (newest?.grade && (this.#draft.isEmpty || (newest.status === "PASSED" && !this.#draft.isAfter(newest)))) {
      this.#questions.responses = newest.responses;
      return this.#show(newest.grade);
    }
    if (newest && !newest.grade && this.#draft.isEmpty) this.#questions.responses = newest.responses;
    this.#state = "ready";
  }

  #answered() {
    this.#draft.responses = this.#questions.responses;
    if (this.#questions.unanswered.length === 0 && this.getAttribute("state") === "ready") this.#notice.clear();
    this.#questions.miss(this.#form.querySelector("[data-missing]") ? this.#questions.unanswered : []);
  }

  #submit(event) {
    event.preventDefault();
    if (this.getAttribute("state") !== "ready") return;
    const missing = this.#questions.unanswered;
    this.#questions.miss(missing);
    if (missing.length === 0) {
      this.#draft.responses = this.#questions.responses;
      this.#send();
      return;
    }
    this.#notice.say(`${plural(missing.length, "question")} still without an answer. Please answer all of them.`, "error");
    this.#questions.focus(missing[0]);
  }

  async #send() {
    this.#draft.pending = true;
    this.#state = "busy";
    this.#notice.say("Grading your answers …", "silent");
    try {
      const grade = await this.#reach(() => this.#grade(), `${KEPT} We will send them when you are back online.`);
      this.#draft.clear();
      this.#show(grade);
      this.#announce(grade);
    } catch (error) {
      this.#refused(error);
    }
  }

  async #grade() {
    const { signal } = this.#leaving;
    this.#state = "busy";
    this.#draft.attempt ??= (await post("/attempts", { quiz: this.revision }, signal)).id;
    return post(`/attempts/${this.#draft.attempt}/submission`, { responses: this.#draft.responses }, signal);
  }

  #attempts() {
    return get(`/attempts?quiz=${encodeURIComponent(this.revision)}`, this.#leaving.signal);
  }

  #show(grade) {
    clearMarks(this.#form);
    renderResult(this.#panel, grade, () => this.#again(grade).catch((error) => this.#refused(error)));
    if (grade.questions) showMarks(this.#questions.fieldsets, grade.questions);
    this.#state = grade.status === "PASSED" ? "passed" : "failed";
    if (grade.status === "PASSED") this.#showNext(grade);
  }

  #announce(grade) {
    this.#notice.say(`${grade.status === "PASSED" ? "Passed." : "Not passed yet."} ${sentence(grade)}`, "silent");
    this.#panel.focus({ preventScroll: true });
    this.#panel.scrollIntoView({ block: "nearest" });
    this.dispatchEvent(new CustomEvent("quiz-graded", { bubbles: true, detail: grade }));
  }

  async #showNext(grade) {
    await Promise.resolve(); // `quiz-graded` first, so that the progress asked for is the one after this grade
    const certifications = (await myCertifications().catch(() => null)) ?? [];
    const mine = certifications.find(({ track }) => track === grade.certification?.track);
    if (mine && this.getAttribute("state") === "passed") renderNext(this.#panel, mine);
  }

  /** Begins another attempt. The grader may refuse it (no attempts left, too soon); unreachable, it is asked at Submit. */
  async #again(grade) {
    await post("/attempts", { quiz: this.revision }, this.#leaving.signal).catch((error) => {
      if (!(error instanceof Unreachable)) throw error;
    });
    this.#draft.beginAfter(grade.attempt);
    clearMarks(this.#form);
    this.#questions.responses = [];
    this.#notice.clear();
    this.#state = "ready";
    this.#questions.focus();
  }

  async #refused(error) {
    if (this.#leaving.signal.aborted) return;
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return this.#signedOut();
    if (error.is("quiz-changed")) return this.#changed();
    if (error.is("attempt-finished")) return this.#finished();
    this.#draft.pending = false;
    this.#draft.attempt = null;
    if (this.getAttribute("state") === "busy") this.#state = "ready";
    this.#notice.say(error.message, "error", ...this.#waysOut());
  }

  /** After a refusal: nothing to press where Submit or Try again is still there. */
  #waysOut() {
    return this.getAttribute("state") === "loading" ? [noticeButton("Try again", () => this.#begin())] : [];
  }

  async #signedOut() {
    forget();
    const { sign_in: signIn } = await whoAmI().catch(() => ({}));
    this.#askToSignIn(signIn);
  }

  #askToSignIn(signIn) {
    this.#state = "signed-out";
    this.#notice.say("Sign in to have your answers graded. They are kept in this browser.", "info", noticeLink("Sign in", signInUrl(signIn)));
  }

  #changed() {
    this.#state = "changed";
    this.#notice.say("This quiz has been updated. Reload the page.", "error", noticeButton("Reload", () => location.reload()));
  }

  /** The attempt was graded elsewhere, in another tab for instance: show that grade. */
  async #finished() {
    this.#draft.clear();
    const { attempts } = await this.#attempts();
    this.#resume(attempts[0]);
  }

  #reach(work, message) {
    const waiting = (again) => {
      if (this.#draft.pending) this.#state = "waiting";
      this.#notice.say(message, "info", noticeButton("Try again", again));
    };
    return untilReachable(work, { signal: this.#leaving.signal, waiting });
  }
}

/** Material takes single keys for shortcuts, even on a focused radio button: `n` would leave the page. */
function keepFromShortcuts(event) {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}
