// `tspm validate`: checks a config and touches nothing.
import { defineCommand } from '../command.ts';
import { configFileFor, loadOffline } from '../config-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { plural } from '../format.ts';

export const validate = defineCommand({
  name: 'validate',
  usage: '[file]',
  about: 'Checks a config file: the given one, or the one found from the current folder upwards. Nothing is started or changed.',
  options: {},
  examples: [
    ['validate', 'the config of this folder'],
    ['validate deploy/tspm.yaml --json', 'for programs'],
  ],
  json: `{ ok, file, processes: [{ name, namespace, instances }], notes, problems: [{ file, line, column, message, hint, frame }] }
line and column begin at 1; they are 0 for a problem without a place`,
  positionals: { min: 0, max: 1 },
  async run({ cwd, env, output }, { positionals }) {
    const offline = await loadOffline();
    const file = await configFileFor(positionals[0], cwd);
    const loaded = await offline.loadConfig(file, { env });
    if (!loaded.ok) {
      output.result({ ok: false, file, processes: [], notes: [], problems: loaded.problems }, () => '');
      output.note(offline.formatProblems(loaded.problems, { cwd }));
      return exitCodes.usage;
    }
    const processes = loaded.specs.map(({ name, namespace, instances }) => ({ name, namespace, instances }));
    const total = processes.reduce((sum, { instances }) => sum + instances, 0);
    output.result({ ok: true, file: loaded.file, processes, notes: loaded.notes, problems: [] }, () =>
      `${output.colours.green('✓')} ${loaded.file}: ${plural(processes.length, 'process')}, ${plural(total, 'instance')}`,
    );
    for (const note of loaded.notes) output.note(`note: ${note}`);
    return exitCodes.done;
  },
});
