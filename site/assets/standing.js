import { el } from "./dom.js";
import { day } from "./format.js";

/** How somebody stands in a track beside the progress: "Due", "Renew by ...", "Waived until ...". Null if it is none of them. */
export function standing({ due, renewal, waived_until: waived }) {
  const pills = [due && pill("due", "Due"), renewal && pill("renew", renew(renewal)), waived && pill("waived", waivedUntil(waived))].filter(Boolean);
  return pills.length > 0 ? el("p", { class: "standing" }, pills) : null;
}

export function waivedUntil(end) {
  return ["Waived until ", day(end)];
}

function renew({ needed_by: end }) {
  return end ? ["Renew by ", day(end)] : "To be renewed";
}

function pill(kind, words) {
  return el("span", { class: `pill pill--${kind}` }, words);
}
