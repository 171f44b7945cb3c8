import { get, post, put } from "./api.js";

/** A learner's attempts at one quiz, as the grader keeps them. */
export class QuizAttempts {
  #revision;
  #signal;

  constructor(revision, signal) {
    this.#revision = revision;
    this.#signal = signal;
  }

  /** Those there are, and what may be expected of the next one. */
  look() {
    return get(`/attempts?quiz=${encodeURIComponent(this.#revision)}`, this.#signal);
  }

  /** A new attempt, or the open one. `asked` is when the time that it has left was no less (Date.now()). */
  start() {
    return stamped(() => post("/attempts", { quiz: this.#revision }, this.#signal));
  }

  get(attempt) {
    return stamped(() => get(`/attempts/${attempt}`, this.#signal));
  }

  /** With `keepalive` it may outlive the page. */
  save(attempt, responses, keepalive) {
    return put(`/attempts/${attempt}/responses`, { responses }, keepalive ? undefined : this.#signal, keepalive);
  }

  submit(attempt, responses) {
    return post(`/attempts/${attempt}/submission`, { responses }, this.#signal);
  }
}

async function stamped(request) {
  const asked = Date.now();
  return { ...(await request()), asked };
}
