import { say } from '../app/language.js';
import { colourOf, pictureUrl } from './colours.js';
import { element, icon } from './dom.js';
import { initials, titleOf } from './names.js';

/**
 * A round picture: the person's own, or initials on a colour that stays with the id. It is decoration, the name stands
 * next to it; only `online` says something, in words too. The one that was there before stays if it is the same, so
 * that a photo is not loaded anew.
 */
export function avatar({ id, title, colour = '', picture = '', online = false }, before = null) {
  const key = JSON.stringify([id, title, colour, picture]);
  const node = before?.dataset.key === key ? before : blank({ id, title, colour, picture, key });
  if (online !== (node.querySelector('.presence') !== null)) {
    setPresence(node, online);
  }
  return node;
}

function blank({ id, title, colour, picture, key }) {
  const node = element('span', `avatar colour-${colourOf(id, colour)}`, { 'data-key': key });
  const letters = element('span', 'initials', { 'aria-hidden': 'true' }, initials(title));
  node.append(letters);
  const url = pictureUrl(picture);
  if (url !== null) {
    node.append(photo(url));
  }
  return node;
}

function setPresence(node, online) {
  if (online) {
    node.append(element('span', 'presence', {}, element('span', 'visually-hidden', {}, say('online'))));
  } else {
    node.querySelector('.presence').remove();
  }
}

/** The picture of a user as their profile has it. */
export function userAvatar(user, people, { online = false, before = null } = {}) {
  const { name, colour, picture } = people.profileOf(user);
  return avatar({ id: user, title: name || user, colour, picture, online }, before);
}

/** The picture of a conversation: that of the peer, or a room's. */
export function conversationAvatar(conversation, { people, presence }, before = null) {
  const { peer, room } = conversation;
  if (peer) {
    return userAvatar(peer, people, { online: presence.isOnline(peer), before });
  }
  return roomAvatar({ id: room, title: titleOf(conversation, people), picture: conversation.picture }, before);
}

/** The picture of a room, or a sign for one. */
export function roomAvatar(room, before = null) {
  const node = avatar(room, before);
  node.classList.add('avatar-room');
  node.firstChild.replaceChildren(icon('people'));
  return node;
}

/** Lies over the initials once it is there; one that does not load leaves them alone. */
function photo(url) {
  const image = element('img', 'photo', { alt: '', decoding: 'async', referrerpolicy: 'no-referrer' });
  image.addEventListener('load', () => image.classList.add('is-there'));
  image.addEventListener('error', () => image.remove());
  image.src = url;
  return image;
}
