import { el } from "./dom.js";

/**
 * How the questions of each type are answered in the page. Each has: `inputs(fieldset)`; `read(fieldset)`, the response
 * as the API takes it, empty when there is none; `write(fieldset, response)`; `fault(fieldset)`, what is wrong with an
 * answer, if anything; `answer(fieldset, right)`, the right answer in words where the marks at the options do not show it.
 */
const choice = {
  inputs: (fieldset) => [...fieldset.querySelectorAll(".quiz-option input")],
  read: (fieldset) => choice.inputs(fieldset).filter((input) => input.checked).map((input) => input.value),
  write(fieldset, response) {
    for (const input of choice.inputs(fieldset)) input.checked = response.includes(input.value);
  },
  fault: () => null,
  answer: () => null,
};

const text = {
  inputs: (fieldset) => [...fieldset.querySelectorAll(".quiz-answer input")],
  read: (fieldset) => text.inputs(fieldset).map((input) => input.value.trim()).filter(Boolean),
  write(fieldset, [value = ""]) {
    for (const input of text.inputs(fieldset)) input.value = value;
  },
  fault: () => null,
  answer: (fieldset, right) => el("span", {}, right.join(" · ")),
};

const NUMBER = /^[-+−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d{1,3})?$/i;

const number = {
  ...text,
  fault: (fieldset) => (text.read(fieldset).every((value) => NUMBER.test(value)) ? null : "Write a number, such as 42 or 0.5."),
  answer: (fieldset, [value, tolerance]) => el("span", {}, /^0%?$/.test(tolerance) ? value : `${value} ± ${tolerance}`),
};

const rows = (fieldset) => [...fieldset.querySelectorAll(".quiz-row")];
const selects = (fieldset) => rows(fieldset).map((row) => row.querySelector("select"));
const words = (row) => row.querySelector(".quiz-row-text").textContent.trim();

const matching = {
  inputs: selects,
  read(fieldset) {
    const response = selects(fieldset).map((select) => select.value);
    return response.some(Boolean) ? response : [];
  },
  write(fieldset, response) {
    selects(fieldset).forEach((select, n) => (select.value = response[n] ?? ""));
  },
  fault: (fieldset) => (selects(fieldset).every((select) => select.value) ? null : "Choose one for each."),
  answer(fieldset, right) {
    const option = (row, value) => row.querySelector(`option[value="${value}"]`)?.textContent;
    return el("ul", {}, rows(fieldset).map((row, n) => el("li", {}, `${words(row)} – ${option(row, right[n])}`)));
  },
};

/** The draft keeps what was chosen so far; a whole order is the options' ids by their place. */
const ordering = {
  inputs: selects,
  read(fieldset) {
    const placed = rows(fieldset).map((row) => ({ option: row.dataset.option, place: Number(row.querySelector("select").value) }));
    if (placed.every(({ place }) => place === 0)) return [];
    return placed.filter(({ place }) => place > 0).sort((one, other) => one.place - other.place).map(({ option }) => option);
  },
  write(fieldset, response) {
    for (const row of rows(fieldset)) row.querySelector("select").value = String(response.indexOf(row.dataset.option) + 1 || "");
  },
  fault(fieldset) {
    const places = selects(fieldset).map((select) => select.value);
    if (places.includes("")) return "Give each item a place.";
    return new Set(places).size < places.length ? "Give each place once." : null;
  },
  answer(fieldset, right) {
    const text = (option) => words(rows(fieldset).find((row) => row.dataset.option === option));
    return el("ol", {}, right.map((option) => el("li", {}, text(option))));
  },
};

const CONTROLS = { SHORT_TEXT: text, NUMERIC: number, MATCHING: matching, ORDERING: ordering };

export function controlsOf(fieldset) {
  return CONTROLS[fieldset.dataset.type] ?? choice;
}
