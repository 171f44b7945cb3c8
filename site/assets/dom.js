const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. Attributes that are null or false are left out, and so are such children; `onclick` is a listener. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** An element with HTML from the course's authors, as the grader rendered it. Never for anything a learner typed. */
export function authored(tag, attributes, html) {
  const element = el(tag, attributes);
  element.innerHTML = html;
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
