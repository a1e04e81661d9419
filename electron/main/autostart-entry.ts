// Start at login where Electron has no call for it: an entry in the desktop's autostart folder (XDG Autostart specification).
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { replaceFile } from '../platform/replace-file.ts';

export function autostartFile(env: Readonly<Record<string, string | undefined>>): string {
  return path.join(env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'autostart', 'tspm.desktop');
}

/** `command`: program and arguments. */
export function autostartEntry(command: readonly string[]): string {
  return `${['[Desktop Entry]', 'Type=Application', 'Name=TSPM', 'Comment=Process manager', `Exec=${command.map(quoted).join(' ')}`, 'Terminal=false', 'X-GNOME-Autostart-enabled=true'].join('\n')}\n`;
}

/** Throws the system error when the folder cannot be written. */
export async function setAutostart(file: string, command: readonly string[] | null): Promise<void> {
  if (command === null) return await rm(file, { force: true });
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await replaceFile(file, autostartEntry(command));
}

/** Desktop Entry specification, "The Exec key": quoted as a whole, then escaped once more as every string value is. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`;
}
