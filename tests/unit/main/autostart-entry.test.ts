import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { autostartEntry, autostartFile, setAutostart } from '../../../electron/main/autostart-entry.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

it('quotes the command as the specification of desktop entries wants it', () => {
  const exec = (command: readonly string[]) => /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1];
  expect(exec(['/opt/TSPM/tspm', '--background'])).toBe('"/opt/TSPM/tspm" "--background"');
  expect(exec(['/home/a b/100% "$x" `y` \\z'])).toBe('"/home/a b/100%% \\\\"\\\\$x\\\\" \\\\`y\\\\` \\\\\\\\z"');
});

it('writes the entry for its owner only, and removes it', async () => {
  const folder = await temporaryFolder();
  const file = autostartFile({ XDG_CONFIG_HOME: path.join(folder, 'config') });
  expect(file).toBe(path.join(folder, 'config/autostart/tspm.desktop'));
  await setAutostart(file, ['/opt/tspm', '--background']);
  expect(await readFile(file, 'utf8')).toContain('[Desktop Entry]\nType=Application\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await setAutostart(file, null);
  await setAutostart(file, null);
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
});
