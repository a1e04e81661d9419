import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { pageServer } from '../../../electron/main/serve-pages.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

async function pages(): Promise<(address: string, method?: string) => Promise<Response>> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'pages/assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret'), 'secret');
  await writeFile(path.join(folder, 'pages/index.html'), '<title>TSPM</title>');
  await writeFile(path.join(folder, 'pages/assets/a.js'), 'export {};');
  const serve = pageServer(path.join(folder, 'pages'));
  return (url, method = 'GET') => serve({ url, method });
}

it('serves the built pages with their types and rules', async () => {
  const get = await pages();
  const page = await get('app://tspm/index.html');
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=utf-8', '<title>TSPM</title>']);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).toContain("default-src 'none'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await get('app://tspm/assets/a.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

it('serves nothing else', async () => {
  const get = await pages();
  for (const address of ['app://tspm/../secret', 'app://tspm/%2e%2e%2fsecret', 'app://tspm/assets', 'app://tspm/none.js', 'app://tspm/index.html/x', 'app://other/index.html']) {
    const { status } = await get(address);
    expect([address, status]).toEqual([address, 404]);
  }
  expect((await get('app://tspm/index.html', 'POST')).status).toBe(405);
});

it('says what to do when the pages are not built', async () => {
  const serve = pageServer(path.join(await temporaryFolder(), 'none'));
  expect(await (await serve({ url: 'app://tspm/index.html', method: 'GET' })).text()).toContain('npm run build');
});
