// Addresses: of the site's own pages, and of the grader, which may live on another origin.

const root = new URL("../", import.meta.url);

/** The address of a page of this site, given its path from the site's root. */
export function siteUrl(path) {
  return new URL(path, root).href;
}

/** The address of something of the grader's, given its path from the grader's root. */
export function graderUrl(path) {
  const base = document.querySelector('meta[name="grader-url"]')?.content ?? "";
  return base.replace(/\/$/, "") + path;
}

/** Where to sign in and come back to this page. A grader on another origin needs the whole address to come back to. */
export function signInUrl(path = "/sign-in") {
  return `${graderUrl(path)}?next=${encodeURIComponent(here())}`;
}

export function signOutUrl() {
  return `${graderUrl("/sign-out")}?next=${encodeURIComponent(here())}`;
}

function here() {
  const elsewhere = new URL(graderUrl("/"), location.href).origin !== location.origin;
  return elsewhere ? location.href : location.pathname + location.search + location.hash;
}
