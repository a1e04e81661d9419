import { describe, expect, it } from 'vitest';
import { commandEntries } from '../../electron/cli/registry.ts';
import { cliHome } from '../helpers/cli-home.ts';
import packageJson from '../../package.json' with { type: 'json' };

describe('help', () => {
  it('shows every command, and says how to learn more', async () => {
    const { run } = await cliHome();
    for (const argv of [[], ['help'], ['--help'], ['-h']]) {
      const { code, stdout, stderr } = await run(...argv);
      expect([code, stderr]).toEqual([0, '']);
      for (const { summary } of commandEntries) expect(stdout).toContain(summary);
      expect(stdout).toContain('Exit codes');
    }
  });

  it.each(commandEntries)('$name --help has usage, options, examples and the shape of its JSON', async ({ name }) => {
    const { run } = await cliHome();
    const [long, short, viaHelp] = await Promise.all([run(name, '--help'), run(name, '-h', 'ignored'), run('help', name)]);
    expect(long).toMatchObject({ code: 0, stderr: '' });
    for (const heading of ['Usage', 'Options', 'Examples', 'JSON', '--json', `tspm ${name}`]) expect(long.stdout).toContain(heading);
    expect([short.stdout, viaHelp.stdout]).toEqual([long.stdout, long.stdout]);
  });

  it('is there for programs too', async () => {
    const { json } = await cliHome();
    expect(await json('help')).toMatchObject({ version: packageJson.version, commands: expect.arrayContaining([expect.objectContaining({ name: 'list', aliases: ['ls', 'ps'] })]) });
    expect(await json('logs', '--help')).toMatchObject({ name: 'logs', options: expect.arrayContaining([expect.objectContaining({ name: 'lines', short: 'n' })]) });
  });
});

describe('version', () => {
  it('is one line', async () => {
    const { run, json } = await cliHome();
    for (const argv of [['version'], ['-v'], ['--version']]) expect(await run(...argv)).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
    expect(await json('version')).toEqual({ version: packageJson.version, contract: expect.any(Number), node: process.versions.node });
  });
});
