import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasSavedProcesses } from '../../../electron/cli/saved-state.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

describe('hasSavedProcesses', () => {
  it.each([
    ['{"version":1,"processes":[]}', false],
    ['{"version":1,"processes":[{"spec":{}}]}', true],
    ['{"version":1,"processes":[', true],
    ['{"version":2}', true],
    ['null', true],
    ['', true],
  ])('%s: %s', async (content, expected) => {
    const file = path.join(await temporaryFolder(), 'status.json');
    await writeFile(file, content);
    expect(await hasSavedProcesses(file)).toBe(expected);
  });

  it('is false without a file or a folder', async () => {
    const folder = await temporaryFolder();
    expect(await hasSavedProcesses(path.join(folder, 'status.json'))).toBe(false);
    expect(await hasSavedProcesses(path.join(folder, 'nowhere', 'status.json'))).toBe(false);
  });
});
