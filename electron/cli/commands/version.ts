// `tspm version`.
import { contractVersion, productVersion } from '../../../shared/contract/version.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';

export const version = defineCommand({
  name: 'version',
  usage: '',
  about: 'Shows the version of this program. tspm status shows the version of the engine that runs.',
  options: {},
  examples: [
    ['version', 'the version'],
    ['-v', 'the same'],
  ],
  json: '{ version, contract, node }\ncontract: version of the engine protocol; node: version of the runtime',
  positionals: { min: 0, max: 0 },
  async run({ output }) {
    output.result({ version: productVersion, contract: contractVersion, node: process.versions.node }, () => productVersion);
    return exitCodes.done;
  },
});
