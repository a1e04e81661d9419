// /dev/shm is open to every user of the machine: what others plant there must not make us remove anything.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { createFifoPool, type FifoPool } from '../../../electron/platform/fifo.ts';
import { removeScratchLeftovers } from '../../../electron/platform/scratch-folder.ts';
import { scratchFolders } from '../../helpers/scratch-folders.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const memory = '/dev/shm';
const uid = process.getuid?.() ?? 0;
const stranger = 54_321;
/** Above what the kernel gives out. */
const deadPid = 4_194_305;
const hasMemory = process.platform === 'linux' && existsSync(memory);
const isRoot = process.platform === 'linux' && uid === 0;

let planted = 0;

/** A folder named as 0.1.0 named its own, of a process that is gone. It gets that name when it is complete: other shims look, too. */
function plant(fill: (folder: string) => void): string {
  const name = `${process.pid}${planted++}`;
  const unnamed = path.join(memory, `test-${name}`);
  mkdirSync(unnamed);
  chmodSync(unnamed, 0o700);
  fill(unnamed);
  const folder = path.join(memory, `tspm-${uid}-${deadPid}-${name}`);
  renameSync(unnamed, folder);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function privateFolder(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'run');
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function makePool(marks: string): FifoPool {
  const pool = createFifoPool(marks, (name, exists) => {
    if (exists) writeFileSync(path.join(marks, name), '');
    else rmSync(path.join(marks, name), { force: true });
  });
  onTestFinished(() => pool.close());
  return pool;
}

function skipUnlessRoot(context: TestContext): void {
  if (isRoot) return;
  console.log('skipped: not root');
  context.skip();
}

const fifo = (folder: string, name: string): unknown => execFileSync('mkfifo', [path.join(folder, name)]);

describe.skipIf(!hasMemory)('a folder in memory', () => {
  it('has a name that nobody can guess, is private, and goes with its pool', async () => {
    const marks = await privateFolder();
    const pool = makePool(marks);
    const [folder = ''] = scratchFolders(marks) ?? [];
    expect(path.basename(folder)).toMatch(/^tspm-[0-9a-f]{24}$/);
    expect(statSync(folder).mode & 0o7777).toBe(0o700);
    await waitFor(() => readdirSync(folder).length > 0, { what: 'FIFOs' });
    pool.close();
    await waitFor(() => !existsSync(folder), { what: 'the folder to go' });
    expect(readdirSync(marks)).toEqual([]);
  });

  it('of a shim that was killed is removed by the next one of this home', async () => {
    const marks = await privateFolder();
    const left = path.join(memory, `tspm-${'0'.repeat(19)}${String(process.pid).padStart(5, '0').slice(-5)}`);
    mkdirSync(left, { mode: 0o700 });
    onTestFinished(() => rmSync(left, { recursive: true, force: true }));
    fifo(left, `${deadPid}-7.fifo`);
    const mark = path.join(marks, path.basename(left).replace('tspm-', `scratch-${deadPid}-`));
    writeFileSync(mark, '');
    writeFileSync(path.join(marks, 'scratch-..'), '');
    makePool(marks);
    expect([existsSync(left), existsSync(mark)]).toEqual([false, false]);
  });

  it('of 0.1.0 is removed when its process is gone, but for what was not made there', async () => {
    const clean = plant((folder) => fifo(folder, `${deadPid}-0.fifo`));
    const strange = plant((folder) => {
      for (const name of ['note.txt', '1-1.fifo']) writeFileSync(path.join(folder, name), '');
      fifo(folder, 'other.fifo');
    });
    const open = plant((folder) => {
      fifo(folder, `${deadPid}-0.fifo`);
      chmodSync(folder, 0o755);
    });
    makePool(await privateFolder());
    expect(existsSync(clean)).toBe(false);
    expect(readdirSync(strange).sort()).toEqual(['1-1.fifo', 'note.txt', 'other.fifo']);
    expect(readdirSync(open)).toHaveLength(1);
  });

  it('may vanish, again and again: there are FIFOs all the same', async () => {
    const marks = await privateFolder();
    const pool = makePool(marks);
    for (let round = 0; round < 5; round += 1) {
      const [folder = ''] = scratchFolders(marks) ?? [];
      // More FIFOs may be made in it while it is emptied.
      await waitFor(() => removed(folder), { what: 'the folder to be gone' });
      expect(pool.take()).not.toBeNull();
      expect(scratchFolders(marks)).toHaveLength(1);
      expect(scratchFolders(marks)).not.toContain(folder);
    }
  });
});

function removed(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

describe('another user', () => {
  it('cannot have files removed by planting a folder or a link', async (context) => {
    skipUnlessRoot(context);
    const victim = await temporaryFolder();
    for (let number = 0; number < 20; number += 1) fifo(victim, `${deadPid}-${number}.fifo`);
    chmodSync(victim, 0o700);
    const folder = plant((own) => {
      fifo(own, `${deadPid}-0.fifo`);
      chownSync(own, stranger, stranger);
    });
    const link = plant((own) => {
      rmdirSync(own);
      symlinkSync(victim, own);
    });
    makePool(await privateFolder());
    expect(readdirSync(folder)).toHaveLength(1);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(victim)).toHaveLength(20);
  });

  it('cannot have files removed by swapping a folder for a link while it is looked at', async (context) => {
    skipUnlessRoot(context);
    const victim = path.join(await temporaryFolder(), 'victim');
    mkdirSync(victim, { mode: 0o700 });
    for (let number = 0; number < 200; number += 1) fifo(victim, `${deadPid}-${number}.fifo`);
    const names = { target: `${memory}/tspm-0-${deadPid}-9`, folder: `${memory}/tspm-swap-folder`, link: `${memory}/tspm-swap-link` };
    const swap = `
      const fs = require('node:fs');
      const { target, folder, link } = ${JSON.stringify(names)};
      for (;;) {
        try { fs.mkdirSync(folder, { mode: 0o700 }); fs.symlinkSync(${JSON.stringify(victim)}, link); } catch {}
        for (const next of [folder, link]) {
          try { fs.renameSync(next, target); } catch {}
          try { fs.rmdirSync(target); } catch {}
          if (next === link) try { fs.unlinkSync(target); } catch {}
        }
      }`;
    const attacker = spawn(process.execPath, ['-e', swap], { uid: stranger, gid: stranger, cwd: '/', stdio: 'ignore' });
    onTestFinished(async () => {
      attacker.kill('SIGKILL');
      await waitFor(() => attacker.signalCode !== null);
      for (const name of Object.values(names)) rmSync(name, { recursive: true, force: true });
    });
    await waitFor(() => lstatSync(names.target, { throwIfNoEntry: false })?.isSymbolicLink(), { what: 'the attack to begin' });
    for (let round = 0; round < 3000; round += 1) removeScratchLeftovers('/nonexistent');
    expect(attacker.exitCode).toBeNull();
    expect(readdirSync(victim)).toHaveLength(200);
  });

  it('cannot have its own folder used in place of one that was moved away', async (context) => {
    skipUnlessRoot(context);
    const marks = await privateFolder();
    const pool = makePool(marks);
    const [folder = ''] = scratchFolders(marks) ?? [];
    await waitFor(() => readdirSync(folder).length > 0, { what: 'FIFOs' });
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    mkdirSync(folder);
    chownSync(folder, stranger, stranger);
    onTestFinished(() => [folder, moved].forEach((name) => rmSync(name, { recursive: true, force: true })));
    for (let taken = 0; taken < 80; taken += 1) expect(pool.take()).not.toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    pool.close();
    expect(existsSync(folder)).toBe(true);
  });
});
