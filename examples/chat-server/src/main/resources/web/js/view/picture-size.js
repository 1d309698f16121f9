import { isPicture } from './file-words.js';

const LARGEST = 100_000;

/** The size of a picture that a person has chosen: {width, height}; {} for other files, and where it cannot be read. */
export async function pictureSize(file) {
  if (!isPicture(file.type)) {
    return {};
  }
  const url = URL.createObjectURL(file);
  try {
    const { naturalWidth: width, naturalHeight: height } = await loaded(url);
    return width > 0 && height > 0 && Math.max(width, height) <= LARGEST ? { width, height } : {};
  } catch {
    // Whatever it is, the server looks at it once more, and it is a card then.
    return {};
  } finally {
    URL.revokeObjectURL(url);
  }
}

function loaded(url) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = url;
  });
}
