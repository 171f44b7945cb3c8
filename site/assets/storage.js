// localStorage, or this page's memory where the browser refuses it (private windows, full disks, policies).

const memory = new Map();

/** Whether all that was stored will be there after this page. */
export function isLasting() {
  return memory.size === 0;
}

export function load(key) {
  if (memory.has(key)) return memory.get(key); // newer than what could be stored
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function save(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

/** The keys of what is stored that begin with this. */
export function keys(beginning) {
  let stored = [];
  try {
    stored = Object.keys(localStorage);
  } catch {
    // Nothing is stored where the browser refuses it.
  }
  return [...memory.keys(), ...stored].filter((key) => key.startsWith(beginning));
}

export function remove(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // What could not be stored need not be removed.
  }
}
