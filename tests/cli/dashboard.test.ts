// `tspm dashboard` as a user runs it: opened, found again, moved, closed, and what it says when it cannot.
import { once } from 'node:events';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { DashboardReport } from '../../shared/contract/reports.ts';
import { ask } from '../helpers/ask.ts';
import { frozen } from '../helpers/builds.ts';
import { cliHome } from '../helpers/cli-home.ts';
import { freePort } from '../helpers/free-port.ts';
import { waitFor } from '../helpers/wait-for.ts';

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

it('starts an engine, prints the address with its key, and says the same again', async () => {
  const home = await cliHome();
  const port = await freePort();
  const first = await home.run('dashboard', '--no-open', '--port', String(port));
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=[\\w-]{43}\\n$`));
  expect((await home.run('dashboard', '--no-open')).stdout).toBe(first.stdout);
  const report = await home.json<DashboardReport>('dashboard', '--no-open');
  expect(report).toMatchObject({ open: true, host: '127.0.0.1', port, url: first.stdout.trim() });
  expect(report.ticketUrl).not.toBe(report.url);
  expect((await stat(home.paths.dashboard)).mode & 0o777).toBe(0o600);
  expect((await ask({ port }, { path: '/v1/healthz' })).status).toBe(200);
});

it('moves when it is told to, and keeps its key', async () => {
  const home = await cliHome();
  const [one, other] = [await freePort(), await freePort()];
  const before = await home.json<DashboardReport>('dashboard', '--no-open', '--port', String(one));
  const after = await home.json<DashboardReport>('dashboard', '--no-open', '--port', String(other));
  expect(after.url).toBe(before.url?.replace(String(one), String(other)));
  await expect(ask({ port: one }, { path: '/v1/healthz' })).rejects.toThrow('ECONNREFUSED');
  if (process.platform !== 'linux') return;
  // All of 127.0.0.0/8 is this machine there.
  const moved = await home.json<DashboardReport>('dashboard', '--no-open', '--host', '127.0.0.2');
  expect(moved.url).toBe(after.url?.replace('127.0.0.1', '127.0.0.2'));
  await expect(ask({ port: other }, { path: '/v1/healthz' })).rejects.toThrow('ECONNREFUSED');
  expect((await fetch(`http://127.0.0.2:${other}/v1/healthz`)).status).toBe(200);
  expect((await home.json<DashboardReport>('dashboard', '--no-open')).url).toBe(moved.url);
});

it('says who has the port, and stays where it was', async () => {
  const home = await cliHome();
  const taken = await takenPort();
  const refused = await home.run('dashboard', '--no-open', '--port', String(taken));
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`port ${taken} of 127.0.0.1 is taken`);
  if (process.platform === 'linux') expect(refused.stderr).toContain(`pid ${process.pid}`);
  const open = await home.json<DashboardReport>('dashboard', '--no-open', '--port', '0');
  expect((await home.run('dashboard', '--no-open', '--port', String(taken))).code).toBe(1);
  expect((await home.run('dashboard', '--no-open', '--host', '192.0.2.1')).code).toBe(2);
  expect((await home.json<DashboardReport>('dashboard', '--no-open')).url).toBe(open.url);
  expect((await ask({ port: open.port ?? 0 }, { path: '/v1/healthz' })).status).toBe(200);
});

it('is closed once and for all, also without an engine', async () => {
  const home = await cliHome();
  const { port, url } = await home.json<DashboardReport>('dashboard', '--no-open', '--port', '0');
  expect(await home.run('dashboard', '--close')).toMatchObject({ code: 0, stdout: '✓ The dashboard is closed\n' });
  await expect(ask({ port: port ?? 0 }, { path: '/' })).rejects.toThrow('ECONNREFUSED');
  expect(await home.json('dashboard', '--close')).toEqual({ open: false, host: '127.0.0.1', port: null, url: null, ticketUrl: null, allowCommands: false });
  const again = await home.json<DashboardReport>('dashboard', '--no-open', '--port', String(port));
  expect(again.url).not.toBe(url);
  await home.run('kill');
  expect(await home.json('dashboard', '--close')).toMatchObject({ open: false });
  await expect(stat(home.paths.dashboard)).rejects.toThrow('ENOENT');
});

it('changes its key, also without an engine, and tells what its pages may do', async () => {
  const home = await cliHome();
  expect((await home.run('dashboard', '--rotate-key')).stdout).toContain('is not open');
  const { url } = await home.json<DashboardReport>('dashboard', '--no-open', '--port', '0');
  expect((await home.run('status')).stdout).toMatch(/dashboard +open on port \d+ of 127\.0\.0\.1\n/);
  const rotated = await home.run('dashboard', '--rotate-key');
  expect(rotated).toMatchObject({ code: 0, stdout: expect.stringMatching(/new key, and all its sessions have ended:\nhttp:/) });
  expect(rotated.stdout).not.toContain(url);
  const allowed = await home.run('dashboard', '--no-open', '--allow-commands');
  expect(allowed.stderr).toContain('whoever has the key has a shell');
  expect(rotated.stdout).toContain(allowed.stdout);
  expect(await home.json('status')).toMatchObject({ dashboard: { host: '127.0.0.1', allowCommands: true } });
  await home.run('kill');
  expect(await home.json('status')).toMatchObject({ owner: null, dashboard: null });
  const again = await home.json<DashboardReport>('dashboard', '--rotate-key');
  expect(again).toMatchObject({ open: true, allowCommands: true });
  expect(rotated.stdout).not.toContain(again.url);
});

it('gives a dashboard of TSPM 0.1 a new key too', async () => {
  const home = await cliHome();
  const before = (await home.shell(`"${process.execPath}" "${path.join(frozen('0.1.0'), 'tspm.cjs')}" dashboard --no-open --port 0`)).stdout.trim();
  const { url, port } = await home.json<DashboardReport>('dashboard', '--rotate-key');
  expect(String(port)).toBe(new URL(before).port);
  expect(url).toMatch(/#token=[\w-]{43}$/);
  expect(url).not.toBe(before);
});

it.runIf(process.platform === 'linux')('shows it in a browser with a key that works once, which others may see', async () => {
  const home = await cliHome();
  const seen = path.join(home.folder, 'seen');
  const browser = await home.write('bin/xdg-open', `#!/bin/sh\nprintf '%s\\n' "$1" > '${seen}.new' && mv '${seen}.new' '${seen}'\n`);
  await mkdir(path.dirname(browser), { recursive: true });
  await chmod(browser, 0o755);
  const ran = await home.runWith({ DISPLAY: ':0', PATH: `${path.dirname(browser)}:${process.env['PATH'] ?? ''}` }, 'dashboard', '--port', '0');
  expect(ran.code).toBe(0);
  const address = await waitFor(() => readFile(seen, 'utf8').then((text) => text.trim(), () => null), { what: 'the browser to be asked' });
  expect(address).not.toBe(ran.stdout.trim());
  const { port, hash } = new URL(address);
  const enter = () => ask({ port: Number(port) }, { method: 'POST', path: '/v1/session', body: { token: hash.replace('#token=', '') } });
  expect((await enter()).status).toBe(204);
  expect((await enter()).status).toBe(401);
});

it('refuses what cannot be meant', async () => {
  const home = await cliHome();
  for (const argv of [['--port', '70000'], ['--port', 'x'], ['--close', '--port', '1'], ['--close', '--rotate-key'], ['--rotate-key', '--allow-commands'], ['--open'], ['more']]) expect((await home.run('dashboard', ...argv)).code, argv.join(' ')).toBe(2);
});
