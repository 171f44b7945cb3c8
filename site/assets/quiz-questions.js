import { el } from "./dom.js";

/** The questions of one quiz form: reads, restores and locks the answers, and points at the missing ones. */
export class QuizQuestions {
  constructor(form) {
    this.fieldsets = [...form.querySelectorAll(".quiz-question")];
  }

  /** As the API takes them: [{question, response: [option ids]}]. */
  get responses() {
    return this.fieldsets.map((fieldset) => ({ question: fieldset.dataset.question, response: chosen(fieldset) }));
  }

  set responses(responses) {
    const byQuestion = new Map(responses.map(({ question, response }) => [question, response]));
    for (const fieldset of this.fieldsets) {
      const response = byQuestion.get(fieldset.dataset.question) ?? [];
      for (const input of options(fieldset)) input.checked = response.includes(input.value);
    }
  }

  get unanswered() {
    return this.fieldsets.filter((fieldset) => chosen(fieldset).length === 0);
  }

  lock(locked) {
    for (const fieldset of this.fieldsets) fieldset.disabled = locked;
  }

  /** Marks these questions as missing, unmarks the others. */
  miss(missing) {
    for (const fieldset of this.fieldsets) {
      const misses = missing.includes(fieldset);
      fieldset.toggleAttribute("data-missing", misses);
      fieldset.querySelector(".quiz-missing")?.remove();
      if (misses) fieldset.querySelector("legend").append(el("span", { class: "quiz-missing" }, "Not answered yet"));
      for (const input of options(fieldset)) {
        if (misses) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }
  }

  focus(fieldset = this.fieldsets[0]) {
    options(fieldset)[0]?.focus({ preventScroll: true });
    fieldset.scrollIntoView({ block: "center" });
  }
}

/** The options' inputs only: a question's text may hold others, as content tabs do. */
function options(fieldset) {
  return [...fieldset.querySelectorAll(".quiz-option input")];
}

function chosen(fieldset) {
  return options(fieldset)
    .filter((input) => input.checked)
    .map((input) => input.value);
}
