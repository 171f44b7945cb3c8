import { authored, el } from "./dom.js";
import { plural } from "./format.js";
import { controlsOf } from "./quiz-controls.js";

/** The questions of one quiz form: reads, restores and locks the answers, and points at the missing ones. */
export class QuizQuestions {
  #form;
  #page;
  #attempt; // whose questions are shown

  constructor(form) {
    this.#form = form;
    this.#page = [...form.querySelectorAll(".quiz-question")];
    this.fieldsets = this.#page;
  }

  /** Whether these are the questions of that attempt, as far as is known. */
  isOf(attempt) {
    return this.#attempt === attempt;
  }

  /** Shows the questions of an attempt, in its order: those of the page, or the HTML that came with it. */
  show({ id: attempt, questions, html }) {
    if (this.isOf(attempt)) return;
    this.#attempt = attempt;
    const fieldsets = questions.map(({ id }) => (html ? parse(html[id]) : this.#page.find(({ dataset }) => dataset.question === id)));
    if (html || fieldsets.length !== this.fieldsets.length || fieldsets.some((one, n) => one !== this.fieldsets[n])) {
      this.fieldsets.forEach((fieldset) => fieldset.remove());
      this.#form.querySelector(".quiz-notice").before(...fieldsets);
      this.fieldsets = fieldsets;
    }
    questions.forEach(({ options = [] }, n) => {
      controlsOf(fieldsets[n]).arrange(fieldsets[n], options.map(({ id }) => id));
      fieldsets[n].querySelector(".quiz-number").textContent = n + 1;
    });
  }

  /** As the API takes them: [{question, response: [...]}]. */
  get responses() {
    return this.fieldsets.map((fieldset) => ({
      question: fieldset.dataset.question,
      response: controlsOf(fieldset).read(fieldset),
    }));
  }

  /** The same without what the API would refuse, such as half a number. */
  get sendable() {
    return this.fieldsets.map((fieldset) => {
      const controls = controlsOf(fieldset);
      return { question: fieldset.dataset.question, response: controls.refused(fieldset) ? [] : controls.read(fieldset) };
    });
  }

  /** Where the same is answered already nothing is touched: half an answer, or what is being typed, stays. */
  set responses(responses) {
    const byQuestion = new Map(responses.map(({ question, response }) => [question, response]));
    for (const fieldset of this.fieldsets) {
      const response = byQuestion.get(fieldset.dataset.question) ?? [];
      if (!same(controlsOf(fieldset).read(fieldset), response)) controlsOf(fieldset).write(fieldset, response);
    }
  }

  /** The questions without an answer, or with one that cannot be sent. */
  get unanswered() {
    return this.fieldsets.filter((fieldset) => isEmpty(fieldset) || controlsOf(fieldset).fault(fieldset) !== null);
  }

  /** What these lack, in words. */
  lack(missing) {
    const empty = missing.filter(isEmpty).length;
    const faulty = missing.length - empty;
    const words = [empty && `${plural(empty, "question")} still without an answer.`, faulty && `${plural(faulty, "answer")} cannot be graded yet.`];
    return [...words, "Please answer all questions."].filter(Boolean).join(" ");
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
      const fault = misses && !isEmpty(fieldset) && controls.fault(fieldset);
      const id = `${fieldset.id}-fault`;
      if (fault) fieldset.append(el("p", { class: "quiz-fault", id }, fault));
      else if (misses) fieldset.querySelector("legend").append(el("span", { class: "quiz-missing" }, "Not answered yet"));
      for (const input of controls.inputs(fieldset)) {
        put(input, "aria-invalid", misses && "true");
        put(input, "aria-describedby", fault && id);
      }
    }
  }

  focus(fieldset = this.fieldsets[0]) {
    controlsOf(fieldset).inputs(fieldset)[0]?.focus({ preventScroll: true });
    fieldset.scrollIntoView({ block: "center" });
  }
}

function isEmpty(fieldset) {
  return controlsOf(fieldset).read(fieldset).length === 0;
}

function parse(html) {
  return authored("div", {}, html).firstElementChild;
}

function same(one, other) {
  return one.length === other.length && one.every((value, n) => value === other[n]);
}

function put(element, attribute, value) {
  if (value) element.setAttribute(attribute, value);
  else element.removeAttribute(attribute);
}
