import { el } from "./dom.js";

/**
 * How the questions of each type are answered in the page. Each has: `inputs(fieldset)`; `read(fieldset)`, the response
 * as the API takes it, empty when there is none; `write(fieldset, response)`; `fault(fieldset)`, what is wrong with an
 * answer, if anything; `refused(fieldset)`, whether the API would not even keep it as a draft; `arrange(fieldset, order)`,
 * to put the options into this order; `answer(fieldset, right)`, the right answer in words where the marks at the options
 * do not show it.
 */
const choice = {
  inputs: (fieldset) => [...fieldset.querySelectorAll(".quiz-option input")],
  read: (fieldset) => choice.inputs(fieldset).filter((input) => input.checked).map((input) => input.value),
  write(fieldset, response) {
    for (const input of choice.inputs(fieldset)) input.checked = response.includes(input.value);
  },
  fault: () => null,
  refused: () => false,
  arrange(fieldset, order) {
    const labels = [...fieldset.querySelectorAll(".quiz-option")];
    sort(labels, order, (label) => label.querySelector("input").value);
  },
  answer: () => null,
};

const text = {
  inputs: (fieldset) => [...fieldset.querySelectorAll(".quiz-answer input")],
  read: (fieldset) => text.inputs(fieldset).map((input) => input.value.trim()).filter(Boolean),
  write(fieldset, [value = ""]) {
    for (const input of text.inputs(fieldset)) input.value = value;
  },
  fault: () => null,
  refused: () => false,
  arrange: () => {},
  answer: (fieldset, right) => el("span", {}, right.join(" · ")),
};

const NUMBER = /^[-+−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d{1,3})?$/i;

const number = {
  ...text,
  fault: (fieldset) => (text.read(fieldset).every((value) => NUMBER.test(value)) ? null : "Write a number, such as 42 or 0.5."),
  refused: (fieldset) => number.fault(fieldset) !== null,
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
  refused: () => false,
  arrange(fieldset, order) {
    for (const select of selects(fieldset)) sort([...select.options].slice(1), order, (option) => option.value);
  },
  answer(fieldset, right) {
    const option = (row, value) => row.querySelector(`option[value="${value}"]`)?.textContent;
    return el("ul", {}, rows(fieldset).map((row, n) => el("li", {}, `${words(row)} – ${option(row, right[n])}`)));
  },
};

/** The options' ids by their place; empty where nothing was placed yet. */
const ordering = {
  inputs: selects,
  read(fieldset) {
    const placed = rows(fieldset).map((row) => [row.dataset.option, row.querySelector("select").value]);
    if (placed.every(([, place]) => !place)) return [];
    return placed.map((_, n) => placed.find(([, place]) => Number(place) === n + 1)?.[0] ?? "");
  },
  write(fieldset, response) {
    for (const row of rows(fieldset)) row.querySelector("select").value = String(response.indexOf(row.dataset.option) + 1 || "");
  },
  fault(fieldset) {
    const places = selects(fieldset).map((select) => select.value);
    if (places.includes("")) return "Give each item a place.";
    return new Set(places).size < places.length ? "Give each place once." : null;
  },
  refused: () => false,
  arrange: (fieldset, order) => sort(rows(fieldset), order, (row) => row.dataset.option),
  answer(fieldset, right) {
    const text = (option) => words(rows(fieldset).find((row) => row.dataset.option === option));
    return el("ol", {}, right.map((option) => el("li", {}, text(option))));
  },
};

const CONTROLS = { SHORT_TEXT: text, NUMERIC: number, MATCHING: matching, ORDERING: ordering };

/** Puts siblings into an order of their names, where they are not in it: moving them would take the focus away. */
function sort(elements, order, name) {
  const sorted = [...elements].sort((one, other) => order.indexOf(name(one)) - order.indexOf(name(other)));
  if (sorted.every((element, n) => element === elements[n])) return;
  const end = elements.at(-1).nextSibling;
  for (const element of sorted) end ? end.before(element) : elements[0].parentNode.append(element);
}

export function controlsOf(fieldset) {
  return CONTROLS[fieldset.dataset.type] ?? choice;
}
