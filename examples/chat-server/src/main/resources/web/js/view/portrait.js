/** The longest picture of a profile, and of a room, in characters: it shares them with the other values there. */
export const LONGEST = { profile: 7_000, room: 3_500 };
/** What is tried, the best first: a side in pixels, and a quality. Browsers that write no WebP write PNG instead. */
const SIDES = [128, 96, 64];
const QUALITIES = [0.85, 0.7, 0.55, 0.4];
const TYPES = ['image/webp', 'image/jpeg'];

/**
 * The middle of a picture that a person has chosen, as a data address of at most so many characters. What the file says
 * beside the picture, such as where it was taken, is left out. Rejects where the browser cannot read it.
 */
export async function portraitOf(file, longest, read = createImageBitmap) {
  const picture = await read(file);
  try {
    return best(longest, (side) => drawn(picture, side));
  } finally {
    picture.close();
  }
}

/** The square in the middle: {x, y, side}. */
export function middleOf({ width, height }) {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}

function drawn(picture, side) {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  const from = middleOf(picture);
  pen.imageSmoothingQuality = 'high';
  // Not every type has transparent places.
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, side, side);
  pen.drawImage(picture, from.x, from.y, from.side, from.side, 0, 0, side, side);
  return canvas;
}

function best(longest, draw) {
  for (const side of SIDES) {
    const canvas = draw(side);
    for (const quality of QUALITIES) {
      const addresses = TYPES.map((type) => canvas.toDataURL(type, quality));
      const fitting = addresses.find((address) => address.length <= longest);
      if (fitting) {
        return fitting;
      }
    }
  }
  throw new Error('no size of this picture is small enough');
}
