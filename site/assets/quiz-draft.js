import { keys, load, remove, save } from "./storage.js";

const ANYBODY = "anybody";
const DRAFTS = "learning.draft.";

/** Answers not graded yet, kept in this browser per learner and quiz revision. */
export class QuizDraft {
  #key;
  #kept;

  /** The draft of this learner; one begun before signing in becomes theirs, unless they have one already. */
  static of(learner, revision) {
    const draft = new QuizDraft(learner ?? ANYBODY, revision);
    if (learner && draft.isEmpty) draft.#adopt(new QuizDraft(ANYBODY, revision));
    return draft;
  }

  /** Leaves nothing of this learner in the browser but what the grader does not have: somebody else may use it next. */
  static leave(learner) {
    const beginning = `${DRAFTS}${learner}.`;
    for (const key of keys(beginning)) {
      const draft = new QuizDraft(learner, key.slice(beginning.length));
      if (!draft.isUnsaved && !draft.pending) remove(key);
    }
  }

  constructor(owner, revision) {
    this.owner = owner;
    this.#key = `${DRAFTS}${owner}.${revision}`;
    this.#kept = { ...blank(), ...load(this.#key) };
  }

  get responses() {
    return this.#kept.responses;
  }

  set responses(responses) {
    this.#keep({ responses });
  }

  get isEmpty() {
    return this.responses.every(({ response }) => response.length === 0);
  }

  /** Whether some answers have not reached the grader. */
  get isUnsaved() {
    return this.responses.some((answer) => this.#differs(answer));
  }

  /** These are the answers that the grader has. */
  set saved(saved) {
    this.#keep({ saved });
  }

  /** The grader's answers, and over them those of this browser that have not reached it. */
  over(saved) {
    const unsaved = this.responses.filter((answer) => this.#differs(answer));
    const others = saved.filter(({ question }) => !unsaved.some((answer) => answer.question === question));
    return [...others, ...unsaved];
  }

  /** The learner pressed Submit, or the time was over, and no grade has come back so far. */
  get pending() {
    return this.#kept.pending;
  }

  set pending(pending) {
    this.#keep({ pending });
  }

  /** The id of the attempt that the answers go to: sent twice, they must not make two attempts. */
  get attempt() {
    return this.#kept.attempt;
  }

  set attempt(attempt) {
    this.#keep({ attempt });
  }

  /** Whether the learner began these answers knowing that attempt's grade. */
  isAfter(attempt) {
    return this.#kept.after === attempt.id;
  }

  /** Begins anew, after that attempt was graded. */
  beginAfter(attempt) {
    this.#kept = { ...blank(), after: attempt };
    remove(this.#key);
  }

  clear() {
    this.beginAfter(null);
  }

  #differs({ question, response }) {
    const saved = this.#kept.saved.find((answer) => answer.question === question)?.response ?? [];
    return saved.length !== response.length || saved.some((value, n) => value !== response[n]);
  }

  #adopt(other) {
    if (other.isEmpty) return;
    this.#keep(other.#kept);
    other.clear();
  }

  #keep(change) {
    this.#kept = { ...this.#kept, ...change };
    save(this.#key, this.#kept);
  }
}

function blank() {
  return { responses: [], saved: [], pending: false, attempt: null, after: null };
}
