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
  #timer;
  #running = null; // what ends the saving under way

  constructor(form, { send, failed, signal }) {
    form.querySelector(".quiz-saved")?.remove();
    form.querySelector(".quiz-actions").append(this.#words);
    this.#send = send;
    this.#failed = failed;
    signal.addEventListener("abort", () => this.stop());
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

  /** Nothing more is to be saved: what waits to be sent again is not, as it would begin another attempt. */
  stop() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
    this.state = "";
  }

  async #save(draft) {
    if (this.#running) return;
    const { signal } = (this.#running = new AbortController());
    const waiting = () => (this.state = "kept");
    try {
      while (draft.isUnsaved) {
        this.state = "saving";
        await untilReachable(() => this.#send(false), { signal, waiting });
      }
      this.state = "saved";
      this.#running = null;
    } catch (error) {
      if (signal.aborted) return;
      this.#running = null;
      this.#failed(error);
    }
  }
}
