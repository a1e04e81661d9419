// The state file is whole at every moment, whenever its writer is killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readStatus } from '../../electron/supervisor/state/read-status.ts';
import { bundleFixture } from '../helpers/bundle.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const kills = 100;

it(`survives ${kills} kills at random moments of a write`, { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  const program = await bundleFixture('state-writer.ts', folder);
  const file = path.join(folder, 'status.json');

  for (let round = 0; round < kills; round++) {
    const writer = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(writer, 'exit');
    // A random number of finished writes, then the kill lands somewhere in the next ones.
    const writes = 1 + Math.floor(Math.random() * 5);
    let last = 0;
    for await (const chunk of writer.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      const numbers = chunk.split('\n').filter((line) => line !== '').map(Number);
      last = Math.max(last, ...numbers);
      if (last >= writes) writer.kill('SIGKILL');
    }
    await exited;
    const { status: state, remarks } = await readStatus(file);
    expect(remarks).toEqual([]);
    expect(state.nextId).toBeGreaterThanOrEqual(last);
    expect(state.environments['padding']?.['TEXT']).toHaveLength((state.nextId * 7919) % 200_000);
  }
});
