// The stand-in's reader of pictures, against the writer of the application's icons.
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { decodePng } from './stand-in/electron/png.ts';

/** Only full or no cover: pixels in between come multiplied from the one and not from the other. */
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="24" shape-rendering="crispEdges">
  <rect x="4" y="2" width="20" height="9" fill="#c0392b"/><rect x="9" y="8" width="12" height="14" fill="#2980b9"/><path d="M0 23 L31 23 L31 3 Z" fill="#0a0"/>
</svg>`;

test('gives the pixels that were drawn', () => {
  const drawn = new Resvg(picture).render();
  const { width, height, rgba } = decodePng(drawn.asPng());
  expect([width, height]).toEqual([32, 24]);
  expect(Buffer.from(rgba).equals(drawn.pixels)).toBe(true);
});

test('says what it cannot read', () => {
  expect(() => decodePng(Buffer.from('no picture, but long enough for its head'))).toThrow('not a PNG');
});
