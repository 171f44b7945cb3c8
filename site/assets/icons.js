import { svg } from "./dom.js";

const SHAPES = {
  account: ["M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.500 20c.8-3.500 3.700-5 7.500-5s6.700 1.500 7.500 5"],
  arrow: ["M5 12h14", "m13 6 6 6-6 6"],
  check: ["m5 12.500 4.500 4.500L19 7.500"],
  cross: ["m7 7 10 10", "M17 7 7 17"],
  dot: ["M12 11.900v.2"],
  download: ["M12 4v11", "m7.500 10.500 4.500 4.500 4.500-4.500", "M5 19.500h14"],
  retry: ["M19 12a7 7 0 1 1-2.100-5", "M17.500 3v4.500H13"],
  seal: ["M12 15a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11Z", "M8.500 14 7 21l5-2.500 5 2.500-1.500-7", "m9.800 9.500 1.600 1.600 2.900-3"],
};

/** A line icon in the colour of its text; decoration only, so the words beside it must say the same. */
export function icon(name) {
  const paths = SHAPES[name].map((d) => svg("path", { d }));
  return svg("svg", { class: `icon icon--${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, paths);
}
