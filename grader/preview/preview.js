// In every page of a preview: reloads it when it has changed, and shows the mistakes of the content above it.

const script = document.querySelector("script[data-run]");
const { run } = script.dataset;
const STYLE = `
  :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 1000; font: 14px/1.5 system-ui, sans-serif; }
  section { max-height: 50vh; overflow: auto; color: #fff; background: #3b0d0c; border-top: 4px solid #ff8a80; box-shadow: 0 -4px 24px rgb(0 0 0 / 40%); }
  section.quiet { background: #263238; border-color: #90a4ae; }
  header { display: flex; gap: 1em; align-items: baseline; justify-content: space-between; padding: .6em 1.2em; }
  h2 { margin: 0; font-size: 1em; }
  p { margin: 0; padding: 0 1.2em .6em; }
  ol { margin: 0; padding: 0 1.2em .8em; list-style: none; }
  li { padding: .5em 0; border-top: 1px solid rgb(255 255 255 / 20%); overflow-wrap: anywhere; }
  code { font: .93em/1.4 ui-monospace, monospace; }
  .place { color: #ffccbc; }
  .hint { color: #c8e6c9; }
  button { font: inherit; color: inherit; background: none; border: 1px solid currentcolor; border-radius: 4px; padding: .1em .7em; cursor: pointer; }
  :focus-visible { outline: 2px solid #fff; outline-offset: 2px; }
  @media print { :host { display: none; } }
`;

class Preview extends HTMLElement {
  #news = null;
  #folded = false;
  #lost = false;

  constructor() {
    super();
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.attachShadow({ mode: "open" }).append(style);
  }

  show(news) {
    if (JSON.stringify(news.mistakes) !== JSON.stringify(this.#news?.mistakes)) this.#folded = false;
    this.#news = news;
    this.#lost = false;
    this.#render();
  }

  lose() {
    this.#lost = true;
    this.#render();
  }

  #render() {
    this.shadowRoot.querySelector("section")?.remove();
    const { mistakes = [], complaints = [] } = this.#news ?? {};
    if (this.#lost) this.shadowRoot.append(this.#box("The preview has ended. The page connects again when it is back.", [], "quiet"));
    else if (mistakes.length + complaints.length) this.shadowRoot.append(this.#mistakes(mistakes, complaints));
  }

  #mistakes(mistakes, complaints) {
    const here = mistakes.filter(({ page }) => page === pagePath());
    const elsewhere = mistakes.filter(({ page }) => page !== pagePath());
    const items = [...here.map(describe), ...complaints.map((text) => element("li", {}, text)), ...elsewhere.map(describe)];
    const where = here.length ? `${plural(here.length)} in this page` : "";
    const others = items.length - here.length;
    const title = [where, others ? `${plural(others)} elsewhere` : ""].filter(Boolean).join(", ");
    return this.#box(title, this.#folded ? [] : items, here.length ? "" : "quiet", true);
  }

  #box(title, items, kind, foldable = false) {
    const box = element("section", { class: kind, role: "status", "aria-label": "Preview" }, element("header", {}, element("h2", {}, title)));
    if (foldable) {
      const button = element("button", { type: "button", "aria-expanded": String(!this.#folded) }, this.#folded ? "Show" : "Hide");
      button.addEventListener("click", () => { this.#folded = !this.#folded; this.#render(); });
      box.querySelector("header").append(button);
    }
    if (items.length) box.append(element("ol", {}, ...items));
    return box;
  }
}

function describe({ place, code, message, hint }) {
  const item = element("li", {}, element("code", { class: "place" }, place), ` ${message} `, element("code", {}, `[${code}]`));
  if (hint) item.append(element("div", { class: "hint" }, `hint: ${hint}`));
  return item;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const plural = (count) => `${count} ${count === 1 ? "mistake" : "mistakes"}`;
const pagePath = () => decodeURI(location.pathname).slice(1).replace(/index\.html$/, "");

customElements.define("grader-preview", Preview);
const preview = new Preview();
document.documentElement.append(preview); // not in the body, which instant navigation replaces

let version = Number(script.dataset.version);
let page = pagePath();
let news = null;

function take(fresh) {
  if (page !== pagePath()) [page, version] = [pagePath(), fresh.version]; // instant navigation has fetched it since
  const changed = Math.max(fresh.changed[page] ?? 0, fresh.changed["*"] ?? 0);
  if (fresh.run !== run || changed > version) return location.reload();
  news = fresh;
  preview.show(fresh);
}

setInterval(() => {
  if (news && page !== pagePath()) {
    [page, version] = [pagePath(), news.version];
    preview.show(news);
  }
}, 200);

const events = new EventSource("/_preview/events");
events.addEventListener("message", ({ data }) => take(JSON.parse(data)));
events.addEventListener("error", () => preview.lose());
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
