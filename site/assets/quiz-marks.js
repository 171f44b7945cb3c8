import { authored, el } from "./dom.js";
import { icon } from "./icons.js";
import { controlsOf } from "./quiz-controls.js";

/** Shows at each question whether it was right, which options are, and the authors' words about them. */
export function showMarks(fieldsets, graded) {
  for (const question of graded) {
    const fieldset = fieldsets.find(({ dataset }) => dataset.question === question.question);
    if (fieldset) markQuestion(fieldset, question);
  }
}

export function clearMarks(form) {
  form.querySelectorAll(".quiz-mark, .quiz-feedback, .quiz-right, .quiz-explanation").forEach((mark) => mark.remove());
  form.querySelectorAll("[data-grade]").forEach((marked) => delete marked.dataset.grade);
}

function markQuestion(fieldset, { correct, right, feedback, explanation }) {
  fieldset.dataset.grade = correct ? "right" : "wrong";
  fieldset.querySelector("legend").append(correct ? mark("check", "Correct") : mark("cross", "Not correct"));
  for (const option of fieldset.querySelectorAll(".quiz-option")) markOption(option, right, feedback);
  const answer = controlsOf(fieldset).answer(fieldset, right);
  if (answer) fieldset.append(el("div", { class: "quiz-right" }, el("p", {}, "Right answer:"), answer));
  if (explanation) fieldset.append(authored("div", { class: "quiz-explanation" }, explanation));
}

function markOption(option, right, feedback) {
  const { value, checked } = option.querySelector("input");
  const isRight = right.includes(value);
  if (isRight || checked) {
    option.dataset.grade = isRight ? "right" : "wrong";
    option.append(isRight ? mark("check", checked ? "Your answer, right" : "Right answer") : mark("cross", "Your answer"));
  }
  if (feedback[value]) option.after(authored("div", { class: "quiz-feedback" }, feedback[value]));
}

function mark(name, words) {
  return el("span", { class: `quiz-mark quiz-mark--${name}` }, icon(name), words);
}
