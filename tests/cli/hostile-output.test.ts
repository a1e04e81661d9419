// What a service prints reaches the terminal of whoever looks at it, and must not steer it.
import { expect, test } from 'vitest';
import { cliHome } from '../helpers/cli-home.ts';
import { steeringCharacters } from '../../shared/model/steering-characters.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Title, cursor, C1 as UTF-8 and as a raw byte, the Arabic letter mark, an override, a line separator. */
const program = `process.stdout.write(Buffer.concat([Buffer.from('one \\u001b]0;owned\\u0007\\u001b[2A\\u009b31m two \\u061c\\u202e\\u2028 three '), Buffer.from([0x9b, 0x85]), Buffer.from(' end\\n')])); setInterval(() => {}, 1000);`;

test.each(['plain', 'json', 'timestamps'])('a hostile line in the format %s is shown, and steers nothing', async (format) => {
  const { run, write } = await cliHome();
  await write('hostile.js', program);
  await write('tspm.yaml', `processes:\n  - name: hostile\n    script: hostile.js\n    logs: { format: ${format} }\n`);
  expect((await run('start')).code).toBe(0);
  const text = await waitFor(async () => {
    const { stdout } = await run('logs', 'hostile');
    return stdout.includes('end') ? stdout : null;
  }, { what: 'the line' });
  expect(text).toContain('one \\x1b]0;owned\\x07\\x1b[2A\\x9b31m two \\u061c\\u202e\\u2028 three \ufffd\ufffd end');
  const json = (await run('logs', 'hostile', '--json')).stdout;
  for (const shown of [text, json]) expect(shown).not.toMatch(steeringCharacters('\n'));
  expect(JSON.parse(json)).toMatchObject({ message: 'one \u001b]0;owned\u0007\u001b[2A\u009b31m two \u061c\u202e\u2028 three \ufffd\ufffd end' });
});

test('what a person typed or a config says is shown too', async () => {
  const { run, write } = await cliHome();
  await write('tspm.yaml', 'processes:\n  - name: "a\\e[2J\\u061c"\n    script: "b\\u009b.js"\n');
  for (const argv of [['validate'], ['validate', '--json'], ['start', '\u001b[2J\u061c.yaml'], ['x\u009b', '--json'], ['list', '--x\u061c'], ['logs', '--grep', '(\u0085']]) {
    const { stdout, stderr, code } = await run(...argv);
    expect(code, argv.join(' ')).not.toBe(0);
    for (const shown of [stdout, stderr]) expect(shown, argv.join(' ')).not.toMatch(steeringCharacters('\n'));
  }
});
