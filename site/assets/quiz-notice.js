import { el } from "./dom.js";

/** The line above the Submit button: what is going on, and what the learner can do about it. A live region. */
export class QuizNotice {
  #text = el("p", { class: "quiz-notice__text", role: "status" });
  #actions = el("div", { class: "quiz-notice__actions" });
  #box = el("div", { class: "quiz-notice" }, this.#text, this.#actions);

  constructor(form) {
    form.querySelector(".quiz-notice")?.remove();
    form.querySelector(".quiz-actions").before(this.#box);
  }

  /** tone: "info", "error", or "silent" for what only screen readers need. Actions are buttons and links. */
  say(text, tone = "info", ...actions) {
    this.#box.dataset.tone = tone;
    this.#text.textContent = text;
    const isFocused = this.#actions.contains(document.activeElement);
    this.#actions.replaceChildren(...actions);
    if (isFocused) actions[0]?.focus();
  }

  clear() {
    this.say("");
  }
}

export function noticeButton(text, onclick) {
  return el("button", { class: "md-button", type: "button", onclick }, text);
}

export function noticeLink(text, href) {
  return el("a", { class: "md-button md-button--primary", href }, text);
}
