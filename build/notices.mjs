// out/THIRD-PARTY-NOTICES.txt: the licences of all packages that the bundles have code of, as MIT, BSD and ISC ask for.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { usualText } from './licence-texts.mjs';

export const noticesFile = 'out/THIRD-PARTY-NOTICES.txt';

const rule = '-'.repeat(100);

/** `files`: what bundlers call the modules they took in. Throws when a package comes without its licence and the text is not known here. */
export async function writeNotices(files) {
  const folders = new Set([...files].map(packageFolder).filter((folder) => folder !== null));
  const notices = await Promise.all([...folders].map(notice));
  const unique = [...new Map(notices.map((one) => [one.title, one])).values()].sort((a, b) => (a.title < b.title ? -1 : 1));
  const text = unique.map(({ title, licence, text }) => `${rule}\n${title} (${licence})\n${rule}\n\n${text}\n`).join('\n');
  await writeFile(noticesFile, `TSPM contains code of the following packages.\n\n${text}`);
}

/** null for a module that belongs to no package. What a bundler adds of its own begins with a NUL character and its name. */
export function packageFolder(file) {
  const [, helper] = /^\0(vite|rolldown)\b/.exec(file) ?? [];
  if (helper !== undefined) return `node_modules/${helper}`;
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/').replace(/^\0/, '')) ?? [];
  return folder === undefined ? null : path.relative('.', folder);
}

async function notice(folder) {
  const { name, version, license: licence, author } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const title = `${name} ${version}`;
  const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file === undefined ? usualText(licence, author?.name ?? author ?? `the authors of ${name}`) : await readFile(path.join(folder, file), 'utf8');
  if (text === null) throw new Error(`${title} (${licence}) comes without the text of its licence: add that to build/licence-texts.mjs.`);
  return { title, licence, text: text.trim() };
}
