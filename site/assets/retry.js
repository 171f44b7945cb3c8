import { Problem, Unreachable } from "./api.js";

const FIRST_PAUSE = 2; // seconds
const LONGEST_PAUSE = 60;

/**
 * What `work()` gives, however long the grader is out of reach. Before each pause `waiting(again)` is called;
 * `again()` ends the pause, and so does the browser's `online` event. Raises `signal.reason` when aborted.
 */
export async function untilReachable(work, { signal, waiting }) {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      const answer = await work();
      signal.throwIfAborted();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      await rest(Math.max(error.retryAfter ?? 0, pause), { signal, waiting });
    }
  }
}

function isPassing(error) {
  return error instanceof Unreachable || (error instanceof Problem && error.passing);
}

function rest(seconds, { signal, waiting }) {
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { signal: over.signal });
    signal.addEventListener("abort", () => reject(signal.reason), { signal: over.signal });
    over.signal.addEventListener("abort", () => clearTimeout(timer));
    waiting(resolve);
  }).finally(() => over.abort());
}
