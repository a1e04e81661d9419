// The programs of this build, and those of the versions that users may still have running.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary.ts';

const builds = fileURLToPath(new URL('../fixtures/builds/', import.meta.url));

/** What `npm run build` made. */
export const today = fileURLToPath(new URL('../../out', import.meta.url));

export const frozenVersions = ['0.1.0'] as const;

/** Folder of the frozen programs of a version. */
export function frozen(version: (typeof frozenVersions)[number]): string {
  return path.join(builds, version);
}

/** A copy of this build whose files a test may move. */
export async function copyOfToday(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'build');
  await mkdir(folder);
  for (const name of ['tspm.cjs', 'daemon.cjs', 'shim.cjs', 'preload.cjs']) await copyFile(path.join(today, name), path.join(folder, name));
  return folder;
}

export interface Passage {
  readonly name: string;
  /** Folders of the programs that run first, and of those that come after them. */
  readonly from: string;
  readonly to: string;
}

/** From every earlier build to this one, and back: somebody may have to go back. */
export const passages: readonly Passage[] = frozenVersions.flatMap((version) => [
  { name: `from ${version} to this build`, from: frozen(version), to: today },
  { name: `from this build to ${version}`, from: today, to: frozen(version) },
]);
