import { Problem } from "./api.js";
import { QuizDraft } from "./quiz-draft.js";
import { QuizSaving } from "./quiz-saving.js";
import { QuizTimer } from "./quiz-timer.js";
import { isLasting } from "./storage.js";

/**
 * Answers while they are given: kept in this browser, brought to the grader, counted down where time is limited.
 * `over()` is called when the time is over, `failed(error)` when the grader refuses to keep them.
 */
export class QuizSitting {
  draft;
  #revision;
  #questions;
  #attempts;
  #saving;
  #timer;
  #seen; // the tag of the draft that the grader has

  constructor(form, { revision, learner, questions, attempts, signal, over, failed }) {
    this.draft = QuizDraft.of(learner, revision);
    this.#revision = revision;
    this.#questions = questions;
    this.#attempts = attempts;
    this.#saving = new QuizSaving(form, { send: (keepalive) => this.#save(keepalive), failed, signal });
    this.#timer = new QuizTimer(form, over);
    questions.responses = this.draft.responses;
  }

  /** Shows the answers of whoever turned out to be signed in. */
  own(learner) {
    const before = this.draft.owner;
    this.draft = QuizDraft.of(learner, this.#revision);
    if (before !== learner) this.#questions.responses = this.draft.responses;
  }

  /** Goes on with an open attempt, perhaps of another device: its answers, and over them those that it lacks. */
  goOn(attempt) {
    this.#questions.show(attempt);
    this.#join(attempt);
    if (this.draft.isUnsaved) this.#saving.soon(this.draft);
    else if (attempt.saved_at) this.#saving.state = "saved";
    if (attempt.seconds_left !== null) this.#timer.start(attempt.seconds_left, attempt.asked);
  }

  /** Keeps the answers as they are now. */
  keep() {
    this.draft.responses = this.#questions.responses;
  }

  saveSoon() {
    this.#saving.soon(this.draft);
  }

  /** Keeps what can be sent, as the time is over. */
  close() {
    this.draft.responses = this.#questions.sendable;
  }

  /** The open attempt as the grader has it; null when answers are on their way, or it cannot be had. */
  async look() {
    const seen = this.#seen;
    const isIdle = () => this.draft.attempt !== null && !this.draft.isUnsaved && this.#seen === seen;
    const attempt = isIdle() ? await this.#attempts.get(this.draft.attempt).catch(() => null) : null;
    return isIdle() ? attempt : null;
  }

  async submit() {
    return this.#attempts.submit(await this.#attempt(), this.draft.responses);
  }

  /** The page goes away. */
  leave() {
    this.#saving.leave(this.draft);
  }

  stop() {
    this.#saving.stop();
    this.#timer.stop();
  }

  /** Answers that this browser cannot keep; or while the clock runs, as then only what reaches the grader counts. */
  get isLosing() {
    return this.draft.isUnsaved && (!isLasting() || (this.#timer.isRunning && this.#saving.state === "kept"));
  }

  #join(attempt) {
    const mine = this.draft.attempt === null || this.draft.attempt === attempt.id;
    this.#questions.responses = mine ? this.draft.over(attempt.responses) : attempt.responses;
    this.draft.attempt = attempt.id;
    this.draft.saved = attempt.responses;
    this.draft.responses = this.#questions.responses;
    this.#seen = attempt.tag;
  }

  /** Where another device saved answers meanwhile that this one lacks, they are joined first. */
  async #save(keepalive) {
    await this.#attempt();
    try {
      await this.#put(keepalive);
    } catch (error) {
      if (!(error instanceof Problem && error.is("draft-changed"))) throw error;
      this.#join(await this.#attempts.get(this.draft.attempt));
      await this.#put(keepalive);
    }
  }

  async #put(keepalive) {
    const given = this.draft.responses;
    const how = { seen: this.#seen, keepalive };
    this.#seen = await this.#attempts.save(this.draft.attempt, this.#questions.sendable, how);
    this.draft.saved = given;
  }

  /** Where no attempt was started on purpose, it starts with the first answer. */
  async #attempt() {
    if (this.draft.attempt === null) {
      const attempt = await this.#attempts.start();
      this.#questions.show(attempt);
      this.draft.attempt = attempt.id;
      this.#seen = attempt.tag;
    }
    return this.draft.attempt;
  }
}
