/** Helpers for building elements. Text goes in as text nodes only: nothing in this client parses a string as HTML. */

const SVG = 'http://www.w3.org/2000/svg';

/** The element of the page that has this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A new element with a class, attributes (null and false: none; true: empty) and children (nodes or texts). */
export function element(tag, className = '', attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) {
    node.className = className;
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

/** One of the icons drawn in index.html. Without a label it is decoration. */
export function icon(name, label = null) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else {
    svg.setAttribute('aria-hidden', 'true');
  }
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Whether the person points with a finger, so that focusing a field would bring up a keyboard. */
export function isTouch() {
  return window.matchMedia('(pointer: coarse)').matches;
}
