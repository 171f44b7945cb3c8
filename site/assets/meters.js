import { el, svg } from "./dom.js";
import { percent } from "./format.js";

/** A bar; the words beside it say the same, `label` says it to screen readers. */
export function bar(value, max, label) {
  return el("progress", { class: "bar", value, max: Math.max(max, 1), "aria-label": label });
}

/** A score (0..1) as a ring with a mark where passing begins. */
export function ring(score, passingScore) {
  const circle = (attributes) => svg("circle", { cx: 60, cy: 60, r: 52, pathLength: 100, ...attributes });
  return el(
    "div",
    { class: "ring", role: "img", "aria-label": `Score ${percent(score)}, passing score ${percent(passingScore)}` },
    svg(
      "svg",
      { viewBox: "0 0 120 120", "aria-hidden": "true" },
      circle({ class: "ring__track" }),
      score > 0 && circle({ class: "ring__value", "stroke-dasharray": `${score * 100} 100` }),
      svg("path", { class: "ring__mark", d: "M60 1v14", transform: `rotate(${passingScore * 360} 60 60)` }),
    ),
    el("span", { class: "ring__text", "aria-hidden": "true" }, percent(score)),
  );
}
