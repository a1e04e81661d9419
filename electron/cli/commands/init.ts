// `tspm init`: writes a commented config to begin with.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, errorMessage, Failure } from '../../../shared/model/failure.ts';
import { replaceFile } from '../../platform/replace-file.ts';
import { defineCommand } from '../command.ts';
import { loadOffline } from '../config-file.ts';
import { exitCodes } from '../exit-codes.ts';

const fileName = 'tspm.yaml';

export const init = defineCommand({
  name: 'init',
  usage: '',
  about: 'Writes a commented tspm.yaml into the current folder.',
  options: { force: { type: 'boolean', about: 'replace a tspm.yaml that is there' } },
  examples: [
    ['init', 'a config to begin with'],
    ['init --force', 'replace the one that is there'],
  ],
  json: '{ file }',
  positionals: { min: 0, max: 0 },
  async run({ cwd, output }, { options }) {
    const file = path.join(cwd, fileName);
    const { sampleConfig } = await loadOffline();
    try {
      if (options.force) await replaceFile(file, sampleConfig(), { mode: 0o644 });
      else await writeFile(file, sampleConfig(), { mode: 0o644, flag: 'wx' });
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw new Failure('failed', `${file} exists already: tspm init --force replaces it`, { file });
      throw new Failure('failed', `${file} cannot be written: ${errorMessage(error)}`, { file });
    }
    output.result({ file }, () => `${output.colours.green('✓')} wrote ${file}\nEdit it, then: tspm validate, tspm start`);
    return exitCodes.done;
  },
});
