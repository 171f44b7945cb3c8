import { Problem, Unreachable } from "./api.js";
import { forget, lastLearner, myCertifications, whoAmI } from "./learner.js";
import { QuizAttempts } from "./quiz-attempts.js";
import { clearMarks, showMarks } from "./quiz-marks.js";
import { QuizNotice, noticeButton, noticeLink } from "./quiz-notice.js";
import { sayOutlook } from "./quiz-outlook.js";
import { QuizQuestions } from "./quiz-questions.js";
import { renderNext, renderResult, sentence } from "./quiz-result.js";
import { QuizSitting } from "./quiz-sitting.js";
import { untilReachable } from "./retry.js";
import { signInUrl } from "./urls.js";

const KEPT = "Your answers are saved in this browser.";
const OUT_OF_REACH = "The grader cannot be reached at the moment.";
const TIME_OVER = "Time is over. Your answers are being graded …";

/**
 * `<quiz-form revision="..." explicit>` around the form that the page brings. `explicit`: an attempt costs something, so
 * it begins with a button, and its questions show then; else it begins with the first answer. Its attribute `state` is
 * one of loading, signed-out, start, ready, busy, waiting, passed, failed, changed. It emits one bubbling event,
 * `quiz-graded`, with the grade as detail.
 */
export class QuizForm extends HTMLElement {
  #leaving;
  #form;
  #button;
  #panel;
  #notice;
  #questions;
  #attempts;
  #sitting;

  connectedCallback() {
    this.#begin();
  }

  disconnectedCallback() {
    this.#sitting.leave();
    this.#sitting.stop();
    this.#leaving.abort();
  }

  get revision() {
    return this.getAttribute("revision");
  }

  get isExplicit() {
    return this.hasAttribute("explicit");
  }

  get state() {
    return this.getAttribute("state");
  }

  #begin() {
    this.#sitting?.stop();
    this.#leaving?.abort();
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#form = this.querySelector("form");
    this.#form.autocomplete = "off"; // the draft restores the answers, not the browser
    this.#button = this.#form.querySelector(".quiz-actions button");
    this.#panel = this.#form.querySelector(".quiz-result");
    this.#notice = new QuizNotice(this.#form);
    this.#questions ??= new QuizQuestions(this.#form);
    this.#attempts = new QuizAttempts(this.revision, signal);
    this.#sitting = new QuizSitting(this.#form, {
      revision: this.revision,
      learner: lastLearner(),
      questions: this.#questions,
      attempts: this.#attempts,
      signal,
      over: () => this.#timeOver(),
      failed: (error) => this.#refused(error),
    });
    this.#listen(signal);
    this.#state = "loading";
    this.#doing(this.#open());
  }

  set #state(state) {
    this.setAttribute("state", state);
    const graded = state === "passed" || state === "failed";
    const starts = state === "start" || (state === "loading" && this.isExplicit);
    this.#button.disabled = state !== "ready" && state !== "start";
    this.#button.textContent = state === "busy" ? "Grading …" : starts ? "Start" : "Submit answers";
    this.#button.parentElement.hidden = graded || state === "signed-out" || state === "changed";
    this.#panel.hidden = !graded;
    this.#questions.lock(graded || ["start", "busy", "waiting", "changed"].includes(state));
    if (state !== "ready") this.#sitting.stop();
  }

  #listen(signal) {
    const leave = () => this.#sitting.leave();
    this.#form.addEventListener("input", () => this.#answered(), { signal });
    this.#form.addEventListener("keydown", keepFromShortcuts, { signal });
    this.#form.addEventListener("submit", (event) => this.#pressed(event), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? leave() : this.#doing(this.#refresh())), { signal });
    addEventListener("pagehide", leave, { signal });
    addEventListener("beforeunload", (event) => this.state === "ready" && this.#sitting.isLosing && event.preventDefault(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#begin(), { signal });
  }

  #doing(work) {
    work.catch((error) => this.#refused(error));
  }

  async #open() {
    const { learner, sign_in: signIn } = await this.#reach(whoAmI);
    if (!learner) return this.#askToSignIn(signIn);
    this.#sitting.own(learner.id);
    if (this.#sitting.draft.pending) return this.#send();
    return this.#resume(await this.#reach(() => this.#attempts.look()));
  }

  /** Goes on where the learner left off: the open attempt, on whichever device it began; else the newest grade. */
  async #resume(outlook) {
    this.#notice.clear();
    const { draft } = this.#sitting;
    const [newest] = outlook.attempts;
    if (outlook.scope === "RENEWAL") this.toggleAttribute("explicit", true); // only some of the page's questions are asked
    if (outlook.open) return this.#goOn(await this.#reach(() => this.#attempts.start()));
    if (this.isExplicit) draft.clear();
    if (newest?.grade && (draft.isEmpty || (newest.status === "PASSED" && !draft.isAfter(newest)))) return this.#show(newest.grade);
    if (this.isExplicit || outlook.refusal) return this.#expect(outlook);
    this.#state = "ready";
    return undefined;
  }

  /** Before the start: what the learner may expect, and the button, if an attempt may start. */
  #expect(outlook) {
    if (outlook.refusal?.type.endsWith("/quiz-changed")) return this.#changed();
    this.#state = "start";
    this.#button.disabled = outlook.refusal !== null;
    return sayOutlook(this.#notice, outlook, () => this.#doing(this.#lookAgain()));
  }

  async #lookAgain() {
    this.#expect(await this.#attempts.look());
  }

  #goOn(attempt) {
    this.#state = "ready";
    this.#sitting.goOn(attempt);
  }

  /** Back on this page: another device may have gone on meanwhile, and the clock of this one may have slept. */
  async #refresh() {
    if (this.state !== "ready") return undefined;
    if (this.#sitting.draft.isUnsaved) return this.#sitting.saveSoon();
    const attempt = await this.#sitting.look();
    if (!attempt || this.state !== "ready") return undefined;
    if (!attempt.grade) return this.#sitting.goOn(attempt);
    this.#sitting.draft.clear();
    return this.#show(attempt.grade);
  }

  #answered() {
    this.#sitting.keep();
    if (this.state !== "ready") return;
    this.#sitting.saveSoon();
    if (this.#questions.unanswered.length === 0) this.#notice.clear();
    this.#questions.miss(this.#form.querySelector("[data-missing]") ? this.#questions.unanswered : []);
  }

  #pressed(event) {
    event.preventDefault();
    if (this.state === "start") this.#doing(this.#start());
    if (this.state === "ready") this.#submit();
  }

  /** Asked once only: were it tried again later, the clock would run while nobody looks. */
  async #start() {
    this.#button.disabled = true;
    const attempt = await this.#attempts.start();
    this.#sitting.draft.clear();
    this.#notice.clear();
    clearMarks(this.#form);
    this.#goOn(attempt);
    this.#questions.focus();
  }

  #submit() {
    const missing = this.#questions.unanswered;
    this.#questions.miss(missing);
    if (missing.length === 0) {
      this.#sitting.keep();
      this.#doing(this.#send());
      return;
    }
    this.#notice.say(this.#questions.lack(missing), "error");
    this.#questions.focus(missing[0]);
  }

  /** What there is when the time is over is sent as it is. */
  #timeOver() {
    if (this.state !== "ready") return;
    this.#questions.miss([]);
    this.#sitting.close();
    this.#doing(this.#send(TIME_OVER));
  }

  async #send(words = "") {
    this.#sitting.draft.pending = true;
    this.#state = "busy";
    this.#notice.say(words || "Grading your answers …", words ? "info" : "silent");
    const grade = await this.#reach(() => this.#grade());
    this.#sitting.draft.clear();
    await this.#show(grade, { isOfThisPage: true });
    this.#announce(grade);
  }

  #grade() {
    this.#state = "busy";
    return this.#sitting.submit();
  }

  /** Shows a grade at the questions of its attempt, with what was answered. */
  async #show(grade, { isOfThisPage = false } = {}) {
    clearMarks(this.#form);
    if (!isOfThisPage || !this.#questions.isOf(grade.attempt) || grade.timed_out) {
      const attempt = await this.#reach(() => this.#attempts.get(grade.attempt));
      this.#questions.show(attempt);
      this.#questions.responses = attempt.responses;
    }
    renderResult(this.#panel, grade, () => this.#doing(this.#again(grade)));
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
    await new Promise((done) => setTimeout(done)); // `quiz-graded` first, so that the progress asked for is the one after this grade
    const certifications = (await myCertifications().catch(() => null)) ?? [];
    const mine = certifications.find(({ track }) => track === grade.certification?.track);
    if (mine && this.state === "passed") renderNext(this.#panel, mine);
  }

  /** Another attempt. Where it costs something, the rules and the button come first. */
  async #again(grade) {
    if (this.isExplicit) return this.#lookAtRules();
    const attempt = await this.#attempts.start().catch((error) => {
      if (!(error instanceof Unreachable)) throw error; // unreachable, it is asked at the first answer
    });
    this.#sitting.draft.beginAfter(grade.attempt);
    clearMarks(this.#form);
    this.#notice.clear();
    this.#questions.responses = [];
    this.#state = "ready";
    if (attempt) this.#sitting.goOn(attempt);
    return this.#questions.focus();
  }

  async #lookAtRules() {
    await this.#lookAgain();
    this.#form.scrollIntoView({ block: "center" });
    this.#button.focus({ preventScroll: true });
  }

  async #refused(error) {
    if (this.#leaving.signal.aborted) return undefined;
    if (error instanceof Unreachable) return this.#stay(`${OUT_OF_REACH} Try again.`);
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return this.#signedOut();
    if (error.is("quiz-changed")) return this.#changed();
    if (error.is("attempt-finished")) return this.#doing(this.#finished());
    if (error.is("time-over")) return this.#doing(this.#send(TIME_OVER));
    this.#sitting.draft.pending = false;
    if (error.status < 500) this.#sitting.draft.attempt = null; // else it may be graded all the same
    return this.#stay(error.message);
  }

  /** After a refusal: nothing more to press where Start, Submit or Try again is still there. */
  #stay(words) {
    const wasPressed = ["busy", "start"].includes(this.state);
    if (this.state === "busy") this.#state = "ready";
    if (this.state === "start") this.#button.disabled = false;
    if (wasPressed && document.activeElement === document.body) this.#button.focus({ preventScroll: true }); // lost it, disabled
    this.#notice.say(words, "error", ...(this.state === "loading" ? [noticeButton("Try again", () => this.#begin())] : []));
  }

  async #signedOut() {
    forget();
    const { sign_in: signIn } = await whoAmI().catch(() => ({}));
    this.#askToSignIn(signIn);
  }

  #askToSignIn(signIn) {
    const words = this.isExplicit && !this.#sitting.draft.attempt ? "Sign in to start." : "Sign in to have your answers graded. They are kept in this browser.";
    this.#state = "signed-out";
    this.#notice.say(words, "info", noticeLink("Sign in", signInUrl(signIn)));
  }

  #changed() {
    this.#state = "changed";
    this.#notice.say("This quiz has been updated. Reload the page.", "error", noticeButton("Reload", () => location.reload()));
  }

  /** The attempt was graded elsewhere, in another tab for instance: show that grade. */
  async #finished() {
    this.#sitting.draft.clear();
    await this.#resume(await this.#reach(() => this.#attempts.look()));
  }

  #reach(work) {
    const waiting = (again) => {
      const { pending } = this.#sitting.draft;
      if (pending) this.#state = "waiting";
      this.#notice.say(pending ? `${KEPT} We will send them when you are back online.` : `${OUT_OF_REACH} ${KEPT}`, "info", noticeButton("Try again", again));
    };
    return untilReachable(work, { signal: this.#leaving.signal, waiting });
  }
}

/** Material takes single keys for shortcuts, even on a focused radio button: `n` would leave the page. */
function keepFromShortcuts(event) {
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}
