/** Whether the person can see this page: it is visible, and its window has the focus. */
export function isLookedAt() {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Calls when the person turns to the page or away from it. */
export function onAttention(listener) {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
}
