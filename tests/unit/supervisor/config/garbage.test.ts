import { describe, expect, test } from 'vitest';
import { brokenFiles } from './broken-files.ts';
import { formatProblems } from '../../../../electron/supervisor/config/index.ts';
import { createWorkspace, problemsOf } from './workspace.ts';

/** Deterministic noise (a linear congruential generator), so that a failure can be seen again. */
function noise(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const signs = ['\n', '  ', '- ', ': ', '{', '}', '[', ']', '"', "'", '&a ', '*a', '<<: ', '!x ', '|', '>', '#', '%', '@', '`', '\t', '---\n', '${', '}', '$', 'name', 'script', 'processes', 'env', '__proto__', 'null', '1e999', '0x', '\0', '\u2028', '\ud800', '\u001b[2J', '&\u001bx ', '?', ','];

describe('whatever is in a file, loading answers and never throws', () => {
  test.each(['tspm.yaml', 'tspm.json', 'tspm.jsonc'])('random signs in %s', async (name) => {
    const workspace = await createWorkspace();
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = noise(seed);
      const text = Array.from({ length: 1 + random(60) }, () => signs[random(signs.length)]).join('');
      await workspace.write(name, text);
      const result = await workspace.load(name);
      expect(result, JSON.stringify(text)).toMatchObject({ ok: false });
      expect(formatProblems(problemsOf(result)), JSON.stringify(text)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });

  test('broken files with pieces cut out, doubled and swapped', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    const small = brokenFiles.filter(({ text }) => text.length < 2000);
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = noise(seed);
      const { text = '', file = 'tspm.yaml' } = small[random(small.length)] ?? {};
      const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b);
      const piece = text.slice(from, to);
      const mutated = [text.slice(0, from), text.slice(to), random(2) === 0 ? piece + piece : ''].join(random(2) === 0 ? piece : '\n');
      await workspace.write(file, mutated);
      expect(await workspace.load(file), JSON.stringify(mutated)).toHaveProperty('ok');
    }
  });

  test('random bytes', async () => {
    const workspace = await createWorkspace();
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = noise(seed);
      await workspace.write('tspm.yaml', Uint8Array.from({ length: random(400) }, () => random(256)));
      expect(await workspace.load('tspm.yaml')).toMatchObject({ ok: false });
    }
  });
});
