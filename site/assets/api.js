// Requests to the grading API, and what can go wrong with them.

import { graderUrl } from "./urls.js";

const PATIENCE = 30_000; // milliseconds; a connection that is half dead would be silent for minutes

/** The API's refusal, as it says it in application/problem+json (RFC 9457). */
export class Problem extends Error {
  constructor(response, facts) {
    super(facts.detail ?? facts.title ?? `Grading is not available at the moment (${response.status}).`);
    this.name = "Problem";
    this.status = response.status;
    this.type = facts.type ?? "about:blank";
    this.facts = facts;
    this.retryAfter = seconds(response.headers.get("Retry-After"));
  }

  /** Whether this is the problem whose type ends in that name, as in "quiz-changed". */
  is(name) {
    return this.type.split("/").at(-1) === name;
  }

  /** Whether the same request may succeed a little later. */
  get passing() {
    return [429, 502, 503, 504].includes(this.status);
  }
}

/** No answer of the grader's: no network, or nobody listening. */
export class Unreachable extends Error {
  name = "Unreachable";
}

export const get = (path, signal) => request("GET", path, { signal });
export const post = (path, body, signal) => request("POST", path, { body, signal });
/** `seen` is the tag of what is to be replaced; returns that of what is there now. `keepalive`: it outlives the page. */
export const put = (path, body, { seen, signal, keepalive = false }) => request("PUT", path, { body, signal, seen, keepalive });

async function request(method, path, { body, signal, seen, keepalive = false }) {
  const response = await send(graderUrl(`/api/v1${path}`), {
    method,
    signal,
    keepalive,
    credentials: "include",
    headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }), ...(seen && { "If-Match": seen }) },
    body: body && JSON.stringify(body),
  });
  if (response.status === 204) return response.headers.get("ETag");
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response, answer ?? {});
  if (answer === null) throw new Unreachable("The answer was cut off, or is somebody else's."); // as of a hotel's network
  return answer;
}

async function send(url, { signal, ...options }) {
  try {
    const response = await fetch(url, { ...options, signal: orTooLong(signal) });
    compareClocks(response.headers.get("Date"));
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(error.message);
  }
}

/** Aborted as `signal` is, or when it takes too long; in browsers of before 2024 that know no `any`, only as `signal` is. */
function orTooLong(signal) {
  if (!signal) return AbortSignal.timeout(PATIENCE);
  return AbortSignal.any ? AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) : signal;
}

let ahead = 0; // milliseconds by which this browser's clock is ahead of the grader's

function compareClocks(date) {
  const theirs = Date.parse(date);
  if (Number.isFinite(theirs)) ahead = Date.now() - theirs;
}

/** The present moment by the grader's clock, in milliseconds: never too late, about a second too early at most. */
export function now() {
  return Date.now() - ahead;
}

/** Retry-After as seconds; the header holds seconds or a date. */
function seconds(header) {
  if (!header) return null;
  const after = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now()) / 1000;
  return Number.isFinite(after) ? Math.max(after, 0) : null;
}
