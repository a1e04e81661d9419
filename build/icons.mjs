// Makes every icon of resources/icon.svg: the application's in all sizes and formats, and the tray's for each state of the engine.
import { Resvg } from '@resvg/resvg-js';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import png2icons from 'png2icons';
import { createStamp } from './stamp.mjs';

const source = 'resources/icon.svg';
const folder = 'out/icons';

const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const traySizes = [16, 22, 24, 32];
const templateSize = 18;

/** The light of each state, told by its shape as well as by its colour. `cut` keeps it apart from what is below. */
const lights = {
  fine: { cut: '<circle cx="23" cy="23" r="10" />', light: (colour) => `<circle cx="23" cy="23" r="7" fill="${colour}" />`, colour: '#4ade80' },
  busy: { cut: '<circle cx="23" cy="23" r="10" />', light: (colour) => `<circle cx="23" cy="23" r="5.2" fill="none" stroke="${colour}" stroke-width="4" />`, colour: '#fbbf24' },
  trouble: { cut: '<path d="M23 11 36 34H10Z" />', light: (colour) => `<path d="M23 15.6 30.4 29.2H15.6Z" fill="${colour}" stroke="${colour}" stroke-width="2.4" stroke-linejoin="round" />`, colour: '#f87171' },
  /** Nothing runs: no light at all. */
  idle: { cut: '', light: () => '', colour: '' },
  gone: { cut: '<circle cx="23" cy="23" r="10" />', light: (colour) => `<path d="m18.4 18.4 9.2 9.2m0-9.2-9.2 9.2" stroke="${colour}" stroke-width="4" stroke-linecap="round" />`, colour: '#8796ac' },
};

/** They take a second of work, and few builds change them. */
export async function makeIcons(root) {
  const stamp = createStamp(root, { file: 'out/.stamps/icons', inputs: [source, 'build/icons.mjs', 'package-lock.json'], outputs: [folder] });
  if (stamp.isFresh()) return;
  stamp.begin();
  const icon = await readFile(path.join(root, source), 'utf8');
  const write = async (name, bytes) => {
    const file = path.join(root, folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  };
  for (const size of appSizes) await write(`app/${size}x${size}.png`, draw(icon, size));
  for (const state of Object.keys(lights)) {
    for (const size of traySizes) {
      await write(`tray/${state}-${size}.png`, draw(tray(icon, state), size));
      await write(`tray/${state}-${size}@2x.png`, draw(tray(icon, state), 2 * size));
    }
    await write(`tray/${state}-Template.png`, draw(template(icon, state), templateSize));
    await write(`tray/${state}-Template@2x.png`, draw(template(icon, state), 2 * templateSize));
  }
  const large = draw(icon, 1024);
  await write('icon.ico', png2icons.createICO(large, png2icons.BICUBIC2, 0, true, true));
  await write('icon.icns', png2icons.createICNS(large, png2icons.BICUBIC2, 0));
  stamp.end();
}

/** On its tile, so that it can be seen on a light panel and on a dark one. */
function tray(icon, state) {
  const { light, colour } = lights[state];
  const tile = state === 'gone' ? '<rect x="1" y="1" width="30" height="30" rx="7.5" fill="#64748b" />' : group(icon, 'tile');
  return picture(icon, state, `${tile}${group(icon, 'lines')}`, light(colour));
}

/** macOS looks at the opacity only. */
function template(icon, state) {
  const lines = group(icon, 'lines').replaceAll('#fff', '#000').replaceAll('stroke-width="2.6"', 'stroke-width="3.4"');
  return picture(icon, state, lines, lights[state].light('#000'));
}

function picture(icon, state, below, light) {
  const defs = /<defs>[^]*<\/defs>/.exec(icon)?.[0] ?? '';
  const mask = `<mask id="cut"><rect width="32" height="32" fill="#fff" />${lights[state].cut}</mask>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${defs}${mask}<g mask="url(#cut)">${below}</g>${light}</svg>`;
}

function group(icon, id) {
  const found = new RegExp(`<g id="${id}">([^]*?)</g>`).exec(icon)?.[1];
  if (found === undefined) throw new Error(`${source} has no group "${id}"`);
  return found;
}

function draw(svg, size) {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render().asPng();
}
