import { el } from "./dom.js";
import { plural } from "./format.js";

const SOON = 300; // seconds
const VERY_SOON = 60;

/** The time that an attempt has left. Screen readers can look it up, and hear of it at its start and near its end only. */
export class QuizTimer {
  #clock = el("span", { class: "quiz-timer__clock", role: "timer", "aria-label": "Time left" });
  #said = el("span", { class: "quiz-timer__said", role: "status" });
  #box = el("div", { class: "quiz-timer", hidden: true }, el("span", { "aria-hidden": "true" }, "Time left"), this.#clock, this.#said);
  #over;
  #timer;
  #end;
  #before;

  /** `over()` is called at the end. */
  constructor(form, over) {
    this.#over = over;
    form.querySelector(".quiz-timer")?.remove();
    form.querySelector(".quiz-rules").after(this.#box);
  }

  get isRunning() {
    return !this.#box.hidden;
  }

  /** Counts the seconds down from the moment `since` (Date.now()). Starting again corrects it. */
  start(seconds, since) {
    if (!this.isRunning) this.#before = Infinity;
    clearInterval(this.#timer);
    this.#end = since + seconds * 1000;
    this.#box.hidden = false;
    this.#timer = setInterval(() => this.#tick(), 250);
    this.#tick();
  }

  stop() {
    clearInterval(this.#timer);
    this.#box.hidden = true;
  }

  #tick() {
    const left = Math.max(Math.ceil((this.#end - Date.now()) / 1000), 0);
    if (left === this.#before) return;
    this.#clock.textContent = digits(left);
    this.#box.dataset.left = left <= VERY_SOON ? "very-little" : left <= SOON ? "little" : "enough";
    this.#say(left);
    this.#before = left;
    if (left > 0) return;
    this.stop();
    this.#over();
  }

  #say(left) {
    const begins = this.#before === Infinity;
    const passed = [SOON, VERY_SOON].some((mark) => left <= mark && this.#before > mark);
    if (left > 0 && (begins || passed)) this.#said.textContent = `${inWords(left)} left.`;
  }
}

/** 754 -> "12:34". */
function digits(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function inWords(seconds) {
  return seconds < 60 ? plural(seconds, "second") : plural(Math.round(seconds / 60), "minute");
}
