// A Mermaid diagram: <mermaid-diagram> around the <pre> with its source. The library is large, so it is fetched, from
// this site, when the first diagram comes into a page. What cannot be drawn stays readable as source.

import { el } from "./dom.js";
import { SCHEMES, settings } from "./diagram-theme.js";

const LIBRARY = new URL("vendor/mermaid/mermaid.esm.min.mjs", import.meta.url);

let library = null;
let last = Promise.resolve(); // Mermaid's settings are global: one drawing after the other
let count = 0;

export class MermaidDiagram extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector(":scope > pre");
    if (!source || this.dataset.state) return;
    this.dataset.state = "drawing";
    last = last.then(() => this.#draw(source)).catch((error) => this.#fail(source, error));
  }

  /** Once for each palette; CSS shows the one that fits, so changing colours and printing need no script. */
  async #draw(source) {
    const { default: mermaid } = await load();
    const bench = this.appendChild(el("div", { class: "diagram-bench", "aria-hidden": "true" }));
    const drawings = [];
    for (const scheme of SCHEMES) {
      mermaid.initialize(settings(scheme, getComputedStyle(this).fontFamily));
      const { svg } = await mermaid.render(`diagram-${(count += 1)}`, source.textContent, bench);
      drawings.push(drawing(scheme, svg));
    }
    this.replaceChildren(...drawings);
    this.dataset.state = "drawn";
  }

  #fail(source, error) {
    const reason = `This diagram could not be drawn: ${error.message.split("\n")[0]}`;
    this.replaceChildren(el("p", { class: "notice" }, reason), source);
    this.dataset.state = "failed";
  }
}

function load() {
  library ??= import(LIBRARY).catch((error) => {
    library = null; // the next page may have more luck
    throw error;
  });
  return library;
}

/** Title and description are what a screen reader says: it does not wander through boxes and arrows. */
function drawing(scheme, svg) {
  const holder = el("div", { class: `diagram-drawing diagram-drawing--${scheme}` });
  holder.innerHTML = svg; // Mermaid's own, cleaned by it
  const picture = holder.firstElementChild;
  const title = picture.querySelector(":scope > title");
  picture.setAttribute("role", "img");
  picture.removeAttribute("aria-roledescription");
  if (title) {
    picture.removeAttribute("aria-labelledby");
    picture.setAttribute("aria-label", title.textContent);
    title.remove(); // browsers would show it as a tooltip over all of the picture
  }
  return holder;
}
