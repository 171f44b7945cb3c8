import { el } from "./dom.js";
import { untilReachable } from "./retry.js";

const PAUSE = 1000; // milliseconds after the last answer

const WORDS = { saving: "Saving …", saved: "Saved", kept: "Not saved yet, kept in this browser" };

/**
 * Brings the answers to the grader while they are given, so that they can be gone on with on another device.
 * `send(keepalive)` sends them as they are then; `failed(error)` is told what sending again cannot mend.
 */
export class QuizSaving {
  #words = el("span", { class: "quiz-saved" });
  #send;
  #failed;
  #signal;
  #timer;
  #running = false;

  constructor(form, { send, failed, signal }) {
    form.querySelector(".quiz-saved")?.remove();
    form.querySelector(".quiz-actions").append(this.#words);
    this.#send = send;
    this.#failed = failed;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** saving, saved, kept, or empty. */
  get state() {
    return this.#words.dataset.state ?? "";
  }

  set state(state) {
    this.#words.dataset.state = state;
    this.#words.textContent = WORDS[state] ?? "";
  }

  /** An answer was given: save a moment later. */
  soon(draft) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(draft), PAUSE);
  }

  /** The page goes away: send what is not saved, without waiting. */
  leave(draft) {
    clearTimeout(this.#timer);
    if (draft.attempt && !draft.pending && draft.isUnsaved) this.#send(true).catch(() => {});
  }

  /** Nothing more is to be saved. */
  stop() {
    clearTimeout(this.#timer);
    this.state = "";
  }

  async #save(draft) {
    if (this.#running) return;
    this.#running = true;
    const waiting = () => (this.state = "kept");
    try {
      while (draft.isUnsaved && !draft.pending) {
        this.state = "saving";
        await untilReachable(() => this.#send(false), { signal: this.#signal, waiting });
      }
      this.state = draft.pending ? "" : "saved";
    } catch (error) {
      if (!this.#signal.aborted) this.#failed(error);
    } finally {
      this.#running = false;
    }
  }
}
