import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { LONGEST, middleOf, portraitOf } from '../../main/resources/web/js/view/portrait.js';

/** A chosen picture becomes as good a small one as a profile takes. */
describe('the picture of a person', () => {
  const before = globalThis.document;
  let drawn;
  let lengthOf;
  let isClosed;

  beforeEach(() => {
    drawn = [];
    isClosed = false;
    const pen = { fillRect: () => {}, drawImage: (picture, ...where) => drawn.push(where) };
    globalThis.document = {
      createElement: () => ({
        getContext: () => pen,
        toDataURL(type, quality) {
          return `data:${type},${this.width},${quality},`.padEnd(lengthOf({ type, quality, side: this.width }), 'x');
        },
      }),
    };
  });
  afterEach(() => {
    globalThis.document = before;
  });

  const read = async () => ({ width: 300, height: 200, close: () => (isClosed = true) });

  test('is the square in the middle', async () => {
    assert.deepEqual(middleOf({ width: 300, height: 200 }), { x: 50, y: 0, side: 200 });
    assert.deepEqual(middleOf({ width: 10, height: 30 }), { x: 0, y: 10, side: 10 });
    lengthOf = () => 10;
    await portraitOf(new Blob(['x']), LONGEST.profile, read);
    assert.deepEqual([drawn, isClosed], [[[50, 0, 200, 200, 0, 0, 128, 128]], true]);
  });

  test('is the best that is small enough', async () => {
    lengthOf = ({ type, quality }) => (type === 'image/webp' && quality <= 0.55 ? 7_000 : 7_001);
    assert.match(await portraitOf(new Blob(['x']), LONGEST.profile, read), /^data:image\/webp,128,0\.55,/);
    lengthOf = ({ type, side }) => (type === 'image/jpeg' && side === 96 ? 100 : 8_000);
    assert.match(await portraitOf(new Blob(['x']), LONGEST.profile, read), /^data:image\/jpeg,96,0\.85,/);
  });

  test('is smaller for a room', async () => {
    lengthOf = ({ side }) => (side === 96 ? 3_500 : 3_501);
    assert.match(await portraitOf(new Blob(['x']), LONGEST.room, read), /^data:image\/webp,96,0\.85,/);
  });

  test('is refused where it cannot be read or made small', async () => {
    await assert.rejects(portraitOf(new Blob(['x']), LONGEST.profile, async () => Promise.reject(new Error('broken'))), /broken/);
    lengthOf = () => 8_000;
    await assert.rejects(portraitOf(new Blob(['x']), LONGEST.profile, read), /small enough/);
    assert.equal(isClosed, true);
  });
});
