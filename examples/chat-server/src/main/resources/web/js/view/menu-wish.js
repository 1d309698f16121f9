/** How long a finger rests on something until its menu opens. */
const LONG_PRESS = 500;

/**
 * Calls when somebody wants the menu of something in a list: by the right mouse button, a finger that rests on it, or the
 * menu key.
 *
 * @param list the element that has all of them
 * @param selector what of the list has a menu
 * @param anchor what of that the menu opens below, where a key asks for it
 * @param open called with the element and where its menu opens, {x, y} in the window
 */
export function onMenuWish(list, { selector, anchor, open }) {
  let timer = null;
  let isOpened = false;
  list.addEventListener('contextmenu', (event) => {
    const wanted = event.target.closest(selector);
    // A link keeps the browser's own menu, and so does selected text.
    if (wanted && !event.target.closest('a') && window.getSelection().isCollapsed) {
      event.preventDefault();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      open(wanted, isByKey ? below(wanted.querySelector(anchor) ?? wanted) : { x: event.clientX, y: event.clientY });
    }
  });
  list.addEventListener('pointerdown', (event) => {
    clearTimeout(timer);
    isOpened = false;
    const wanted = event.target.closest(selector);
    if (event.pointerType === 'touch' && wanted) {
      const at = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        isOpened = true;
        open(wanted, at);
      }, LONG_PRESS);
    }
  });
  ['pointerup', 'pointercancel', 'pointermove'].forEach((type) => list.addEventListener(type, () => clearTimeout(timer)));
  // The finger that opened the menu is lifted: that is no click, neither on the message nor on the menu below the finger.
  list.addEventListener('touchend', (event) => isOpened && event.preventDefault());
}

/** Where a menu opens that belongs to an element. */
export function below(node) {
  const { left, bottom } = node.getBoundingClientRect();
  return { x: left, y: bottom };
}
