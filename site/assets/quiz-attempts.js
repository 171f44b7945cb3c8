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

  /** A new attempt, or the open one. `asked`: from when its time left counts at the latest; `tag`: of its draft. */
  start() {
    return stamped(() => post("/attempts", { quiz: this.#revision }, this.#signal));
  }

  get(attempt) {
    return stamped(() => get(`/attempts/${attempt}`, this.#signal));
  }

  /** Replaces the draft of that tag, and returns the tag of this one. With `keepalive` it may outlive the page. */
  save(attempt, responses, { seen, keepalive }) {
    const signal = keepalive ? undefined : this.#signal;
    return put(`/attempts/${attempt}/responses`, { responses }, { seen, signal, keepalive });
  }

  submit(attempt, responses) {
    return post(`/attempts/${attempt}/submission`, { responses }, this.#signal);
  }
}

async function stamped(request) {
  const asked = Date.now();
  const attempt = await request();
  return { ...attempt, asked, tag: JSON.stringify(attempt.saved_at ?? "") };
}
