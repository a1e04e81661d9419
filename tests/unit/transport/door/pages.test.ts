// The pages over a real socket, out of a folder of the test.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createKeys, createToken } from '../../../../electron/transport/door/keys.ts';
import { noneRevoked } from '../../../../electron/transport/door/revoked.ts';
import { openDoor } from '../../../../electron/transport/door/server.ts';
import { createService } from '../../../../electron/transport/service.ts';
import { ask } from '../../../helpers/ask.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';

const script = 'console.log("hello");\n'.repeat(500);

async function served(build = true) {
  const root = await temporaryFolder();
  const assets = path.join(root, 'renderer');
  const write = async (name: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(assets, name)), { recursive: true });
    await writeFile(path.join(assets, name), content);
  };
  if (build) {
    await write('index.html', '<!doctype html><title>TSPM</title>');
    await write('assets/index-AbCd_123.js', script);
    await write('icon.svg', '<svg/>');
  }
  const service = createService({ inputs: {}, handlers: {}, topicInputs: {}, topics: {} });
  const door = await openDoor({ host: '127.0.0.1', port: 0, keys: createKeys({ token: createToken(), revoked: noneRevoked }, Date.now), service, assets, endSession: async () => undefined, log: () => undefined });
  onTestFinished(() => door.close());
  const get = (name: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => ask({ port: door.port }, { method, path: name, headers });
  return { root, assets, write, get, port: door.port };
}

async function getBytes(port: number, name: string, encoding: string): Promise<{ readonly response: IncomingMessage; readonly bytes: Buffer }> {
  const asking = request({ host: '127.0.0.1', port, path: name, agent: false, headers: { 'accept-encoding': encoding } });
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  return { response, bytes: Buffer.concat(parts) };
}

it('serves the built files with their types, and says how long they may be kept', async () => {
  const { get } = await served();
  const page = await get('/?from=bookmark');
  expect(page).toMatchObject({ status: 200, text: '<!doctype html><title>TSPM</title>', headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } });
  expect((await get('/assets/index-AbCd_123.js')).headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' });
  expect((await get('/icon.svg')).headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' });
  expect(await get('/', { 'if-none-match': page.headers.etag ?? '' })).toMatchObject({ status: 304, text: '' });
  expect(await get('/', {}, 'HEAD')).toMatchObject({ status: 200, text: '', headers: { 'content-length': String(page.text.length) } });
  expect(await get('/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  expect((await get('/missing.js')).status).toBe(404);
});

it('compresses for browsers that can take it', async () => {
  const { port } = await served();
  const name = '/assets/index-AbCd_123.js';
  const brotli = await getBytes(port, name, 'gzip, deflate, br');
  expect(brotli.response.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding', 'content-length': String(brotli.bytes.length) });
  expect(brotliDecompressSync(brotli.bytes).toString()).toBe(script);
  expect(gunzipSync((await getBytes(port, name, 'gzip, br;q=0')).bytes).toString()).toBe(script);
  const plain = await getBytes(port, name, 'identity');
  expect(plain.bytes.toString()).toBe(script);
  expect(plain.response.headers['content-encoding']).toBeUndefined();
  expect(plain.response.headers.etag).not.toBe(brotli.response.headers.etag);
});

it('sees a new build', async () => {
  const { get, write, assets } = await served();
  const old = await get('/');
  await write('index.html', '<!doctype html><title>Another TSPM</title>');
  expect(await get('/', { 'if-none-match': old.headers.etag ?? '' })).toMatchObject({ status: 200, text: '<!doctype html><title>Another TSPM</title>' });
  await rm(path.join(assets, 'assets'), { recursive: true });
  expect((await get('/assets/index-AbCd_123.js')).status).toBe(404);
});

it('serves nothing that lies elsewhere, not even through a link', async () => {
  const { get, root, assets } = await served();
  await writeFile(path.join(root, 'secret.txt'), 'a secret');
  await mkdir(path.join(root, 'other'));
  await writeFile(path.join(root, 'other', 'secret.txt'), 'a secret');
  await symlink(path.join(root, 'secret.txt'), path.join(assets, 'link.txt'));
  await symlink(path.join(root, 'other'), path.join(assets, 'folder'));
  await writeFile(path.join(assets, '.env'), 'a secret');
  for (const name of ['/link.txt', '/folder/secret.txt', '/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/.env', '/assets/..', '//secret.txt']) {
    expect(await get(name), name).toMatchObject({ status: 404, text: expect.not.stringContaining('a secret') as unknown });
  }
});

it('says so when the pages are not built', async () => {
  const { get } = await served(false);
  expect(await get('/')).toMatchObject({ status: 503, text: expect.stringContaining('npm run build') as unknown });
});
