// Writes resources/tspm.schema.json, which editors read, from the schema that configs are checked with.
import { build } from 'esbuild';
import { rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { programOptions } from './programs.mjs';

export async function writeSchema() {
  const outfile = 'out/json-schema.cjs';
  await build({ ...programOptions, entryPoints: ['electron/supervisor/config/json-schema.ts'], outfile });
  const { default: loaded } = await import(pathToFileURL(outfile).href);
  await writeFile('resources/tspm.schema.json', `${JSON.stringify(loaded.configJsonSchema(), null, 2)}\n`);
  await rm(outfile);
}
