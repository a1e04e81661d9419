// Shows an address in the user's browser, where there is a screen for one.
import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The command that opens an address; null where nobody could see it. */
export function browserCommand(platform: NodeJS.Platform, env: Environment): readonly string[] | null {
  if (platform === 'darwin') return ['open'];
  // `start` belongs to a shell, which would read the address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return (env['DISPLAY'] ?? '') === '' && (env['WAYLAND_DISPLAY'] ?? '') === '' ? null : ['xdg-open'];
}

/** False when no browser could be asked; never throws. Others can see the address in the list of processes. */
export async function openBrowser(url: string, env: Environment = process.env): Promise<boolean> {
  const [command, ...args] = browserCommand(process.platform, env) ?? [];
  if (command === undefined) return false;
  return await new Promise((resolve) => {
    const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore', windowsHide: true, env: { ...env } });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
