// Another user of this machine, for tests of what such a one can do: only root can be somebody else.
import { spawnSync } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { test } from 'vitest';

/** No account has it: a number is enough to own files. */
export const strangerUid = 61_234;

const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;

/** A test that runs as root and has a second user. */
export function testWithStranger(name: string, run: () => Promise<void> | void, timeoutMs?: number): void {
  if (isRoot) return void test(name, run, timeoutMs);
  console.info(`skipped: not root: ${name}`);
  test.skip(name, run);
}

export async function giveToStranger(...files: readonly string[]): Promise<void> {
  for (const file of files) await chown(file, strangerUid, strangerUid);
}

/** Runs a shell script as the stranger; throws with its words when it fails. */
export function runAsStranger(script: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-ec', script], { uid: strangerUid, gid: strangerUid, cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } });
  if (status !== 0) throw new Error(`the stranger's script ended with ${String(status)}: ${stderr}`);
  return stdout;
}
