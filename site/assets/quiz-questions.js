import { el } from "./dom.js";
import { controlsOf } from "./quiz-controls.js";

/** The questions of one quiz form: reads, restores and locks the answers, and points at the missing ones. */
export class QuizQuestions {
  constructor(form) {
    this.fieldsets = [...form.querySelectorAll(".quiz-question")];
  }

  /** As the API takes them: [{question, response: [...]}]. */
  get responses() {
    return this.fieldsets.map((fieldset) => ({
      question: fieldset.dataset.question,
      response: controlsOf(fieldset).read(fieldset),
    }));
  }

  set responses(responses) {
    const byQuestion = new Map(responses.map(({ question, response }) => [question, response]));
    for (const fieldset of this.fieldsets) {
      controlsOf(fieldset).write(fieldset, byQuestion.get(fieldset.dataset.question) ?? []);
    }
  }

  /** The questions without an answer, or with one that cannot be sent. */
  get unanswered() {
    return this.fieldsets.filter((fieldset) => {
      const controls = controlsOf(fieldset);
      return controls.read(fieldset).length === 0 || controls.fault(fieldset) !== null;
    });
  }

  lock(locked) {
    for (const fieldset of this.fieldsets) fieldset.disabled = locked;
  }

  /** Marks these questions as missing, with what is wrong where that is not plain, and unmarks the others. */
  miss(missing) {
    for (const fieldset of this.fieldsets) {
      const misses = missing.includes(fieldset);
      const controls = controlsOf(fieldset);
      fieldset.toggleAttribute("data-missing", misses);
      fieldset.querySelectorAll(".quiz-fault, .quiz-missing").forEach((words) => words.remove());
      const fault = misses && controls.read(fieldset).length > 0 && controls.fault(fieldset);
      if (fault) fieldset.append(el("p", { class: "quiz-fault" }, fault));
      else if (misses) fieldset.querySelector("legend").append(el("span", { class: "quiz-missing" }, "Not answered yet"));
      for (const input of controls.inputs(fieldset)) {
        if (misses) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
    }
  }

  focus(fieldset = this.fieldsets[0]) {
    controlsOf(fieldset).inputs(fieldset)[0]?.focus({ preventScroll: true });
    fieldset.scrollIntoView({ block: "center" });
  }
}
