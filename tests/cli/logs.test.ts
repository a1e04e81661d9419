import { describe, expect, it } from 'vitest';
import { cliHome } from '../helpers/cli-home.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Prints what it is told on stdin of nobody: lines at the start, and one for every SIGHUP. */
const talker = `
let count = 0;
for (let i = 0; i < 30; i++) console.log('line ' + i);
console.error('an error\\u001b[2J');
process.on('SIGHUP', () => console.log('hup ' + count++));
setInterval(() => {}, 1000);
`;

async function talkingHome(format: string) {
  const home = await cliHome();
  await home.write('talker.js', talker);
  await home.write('tspm.yaml', `processes:\n  - { name: talker, script: talker.js, logs: { format: ${format} } }\n`);
  await home.json('start');
  await waitFor(async () => (await home.run('logs', '--err')).stdout.includes('an error'), { what: 'the first lines' });
  return home;
}

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('logs', () => {
  it('shows the last lines, chosen by stream, number and expression', async () => {
    const { run } = await talkingHome('plain');
    const all = linesOf((await run('logs')).stdout);
    expect(all).toHaveLength(16);
    expect(all).toContain('talker:0 │ line 29');
    expect(all).toContain('talker:0 │ an error\\x1b[2J');
    expect(linesOf((await run('logs', 'talker', '--lines', '2', '--out')).stdout)).toEqual(['talker:0 │ line 28', 'talker:0 │ line 29']);
    expect(linesOf((await run('logs', '--grep', 'line .5$', '-n', '2')).stdout)).toEqual(['talker:0 │ line 15', 'talker:0 │ line 25']);
    expect((await run('logs', '--err')).stdout).toBe('talker:0 │ an error\\x1b[2J\n');
  });

  it('prints one object per line with --json', async () => {
    const { run } = await talkingHome('json');
    const entries = linesOf((await run('logs', '--json', '-n', '1')).stdout).map((line) => JSON.parse(line) as unknown);
    expect(entries).toEqual(expect.arrayContaining([{ process: 'talker', instance: 0, stream: 'out', time: expect.stringMatching(/^\d{4}-.*Z$/), message: 'line 29', fields: null }]));
  });

  it('knows when, where the file does', async () => {
    const { run } = await talkingHome('timestamps');
    expect(linesOf((await run('logs', '--since', '1h', '--out')).stdout)).toHaveLength(30);
    expect(await run('logs', '--since', '2100-01-01')).toMatchObject({ code: 0, stdout: '' });
  });

  it('says so where the file does not', async () => {
    const { run } = await talkingHome('plain');
    const { code, stderr } = await run('logs', '--since', '1h');
    expect([code, stderr]).toEqual([0, expect.stringContaining('hold no times')]);
  });

  it('follows, also a process that comes later', async () => {
    const { spawn, json } = await talkingHome('timestamps');
    const following = spawn('logs', '--follow', '--lines', '1', '--out');
    await following.printed('line 29');
    await json('signal', 'HUP', 'talker');
    await following.printed('hup 0');
    await json('start', 'talker.js', '--name', 'second');
    await following.printed('second:0');
    following.child.kill('SIGINT');
    expect((await following.ended).stdout).not.toContain('line 28\nline');
  });

  it('follows while the engine is killed and comes back', async () => {
    const { spawn, json } = await talkingHome('json');
    const following = spawn('logs', '-f', '--json', '-n', '1');
    await following.printed('line 29');
    const { owner } = await json<{ readonly owner: { readonly pid: number } }>('status');
    process.kill(owner.pid, 'SIGKILL');
    await json('signal', 'HUP', 'talker');
    await following.printed('hup 0');
    following.child.kill('SIGTERM');
    await following.ended;
  });

  it('flush empties them', async () => {
    const { run, json } = await talkingHome('plain');
    await json('flush', '--all');
    expect(await run('logs')).toMatchObject({ code: 0, stdout: '' });
  });
});
