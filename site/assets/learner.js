// Who is signed in and how far they are. Asked once, kept across instant navigation, asked again after a grade.

import { get } from "./api.js";
import { load, remove, save } from "./storage.js";

const LAST = "learning.learner";

let me = null;
let certifications = null;

/** GET /api/v1/me. */
export function whoAmI() {
  me ??= get("/me").then(remember).catch(forgetting(() => (me = null)));
  return me;
}

/** The learner's certifications; null when nobody is signed in. */
export function myCertifications() {
  certifications ??= fetchCertifications().catch(forgetting(() => (certifications = null)));
  return certifications;
}

/** All certificates of whoever is signed in, the newest first. Not kept: one page shows them. */
export async function myCertificates() {
  return (await get("/me/certificates")).certificates;
}

/** The id of whoever was signed in last in this browser: the owner of drafts while the grader is out of reach. */
export function lastLearner() {
  return load(LAST);
}

export function forgetLastLearner() {
  remove(LAST);
}

/** The session ended, or may have: ask again. */
export function forget() {
  me = null;
  certifications = null;
  document.dispatchEvent(new Event("learner-changed"));
}

async function fetchCertifications() {
  const { learner } = await whoAmI();
  return learner && (await get("/me/certifications")).certifications;
}

function remember(answer) {
  if (answer.learner) save(LAST, answer.learner.id);
  return answer;
}

function forgetting(reset) {
  return (error) => {
    reset();
    throw error;
  };
}

document.addEventListener("quiz-graded", () => (certifications = null));
addEventListener("pageshow", (event) => event.persisted && forget());
