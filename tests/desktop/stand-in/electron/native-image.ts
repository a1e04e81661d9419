// nativeImage of the stand-in: PNG pictures, kept as they came.
import { readFileSync } from 'node:fs';
import type { nativeImage as ElectronNativeImage, NativeImage } from 'electron';
import { withoutTheRest } from '../values/without-the-rest.ts';
import { decodePng, type Bitmap } from './png.ts';

type Part = Pick<NativeImage, 'isEmpty' | 'getSize' | 'toPNG' | 'setTemplateImage' | 'isTemplateImage'>;

const bitmaps = new WeakMap<object, Bitmap>();
const nothing: Bitmap = { width: 0, height: 0, rgba: new Uint8Array() };

/** The pixels of an image that the stand-in made, or of the file that a path names. */
export function bitmapOf(image: NativeImage | string): Bitmap {
  const known = typeof image === 'string' ? bitmaps.get(nativeImage.createFromPath(image)) : bitmaps.get(image);
  if (known === undefined) throw new TypeError('Argument must be a file path or a NativeImage');
  return known;
}

function imageOf(png: Buffer): NativeImage {
  let template = false;
  const bitmap = png.length === 0 ? nothing : decodePng(png);
  const part: Part = {
    isEmpty: () => png.length === 0,
    getSize: () => ({ width: bitmap.width, height: bitmap.height }),
    toPNG: () => png,
    setTemplateImage: (wanted) => void (template = wanted),
    isTemplateImage: () => template,
  };
  const image = withoutTheRest('NativeImage', part) as NativeImage;
  bitmaps.set(image, bitmap);
  return image;
}

export const nativeImage = {
  createEmpty: () => imageOf(Buffer.alloc(0)),
  createFromBuffer: (buffer) => imageOf(buffer),
  createFromDataURL: (url) => imageOf(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
  /** As in Electron, a file that cannot be read gives an empty image. */
  createFromPath(file) {
    try {
      return imageOf(readFileSync(file));
    } catch {
      return imageOf(Buffer.alloc(0));
    }
  },
} satisfies Partial<typeof ElectronNativeImage>;
