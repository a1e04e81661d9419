// `npm start` with Electron's real downloader and a stand-in for what it downloads: the program comes up, or one line says why not, and
// then the dashboard is there.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { newerNode, olderNode } from '../helpers/newer-node.ts';
import { mirror, proxy } from './start/mirror.ts';
import { startProject, type StartProject } from './start/start-project.ts';

const node = await newerNode();
if (node === null) console.log("skipped: npm start fetches Electron's program with Node 22.12 or later only, and there is none");

/** The stand-in for the dashboard ends with 7, so that `npm start` does not wait for Ctrl+C. */
const dashboard = (reason: string): string => `No desktop application here, because ${reason}: this is the dashboard.\ntspm dashboard\n`;
const withoutProgress = (output: string): string => output.replace(/^(?:Fetching|Unpacking) Electron.*\n/gm, '');

describe.skipIf(node === null)('npm start', () => {
  const newer = node ?? '';
  const serving = (project: StartProject, body = project.archive) => mirror((response) => response.writeHead(200, { 'content-length': body.length }).end(body));

  it('fetches the program once, and starts the application', async () => {
    const project = await startProject();
    const { url, asked } = await serving(project);
    const env = { ELECTRON_MIRROR: url, NODE_OPTIONS: '--no-warnings' };
    const first = await project.start(newer, env).ended;
    expect(first.output).toMatch(/^Fetching Electron 45\.\d+\.\d+, once …\n/);
    expect(withoutProgress(first.output)).toBe('electron runs 1, NODE_OPTIONS=\n');
    expect(first.code).toBe(0);
    expect(asked).toEqual([expect.stringMatching(new RegExp(`^/v45.*/${project.archiveName}$`))]);
    expect(await project.start(newer, env).ended).toEqual({ code: 0, output: 'electron runs 1, NODE_OPTIONS=\n' });
    expect(await project.leftInTemporary()).toEqual([]);
  });

  it('shows the progress', async () => {
    const project = await startProject();
    let finish = (): void => undefined;
    const { url } = await mirror((response) => {
      response.writeHead(200, { 'content-length': project.archive.length });
      response.write(project.archive.subarray(0, 1_500_000));
      finish = () => response.end(project.archive.subarray(1_500_000));
    });
    const started = project.start(newer, { npm_config_electron_mirror: url });
    await started.printed('1.5 MB of 3.0 MB (49 %)\n');
    finish();
    expect(withoutProgress((await started.ended).output)).toBe('electron runs 1, NODE_OPTIONS=\n');
  });

  it('goes through the proxy of the shell or of npm', async () => {
    for (const [name, excluded] of [['HTTPS_PROXY', 'localhost'], ['npm_config_proxy', '']] as const) {
      const project = await startProject();
      const [{ url, asked }, gate] = [await serving(project), await proxy()];
      const { output } = await project.start(newer, { ELECTRON_MIRROR: url, [name]: gate.url, NO_PROXY: excluded }).ended;
      expect(withoutProgress(output), name).toBe('electron runs 1, NODE_OPTIONS=\n');
      expect(gate.asked, name).toEqual([new URL(url).host]);
      expect(asked).toHaveLength(1);
    }
  });

  it('says in one line why the program cannot be fetched', async () => {
    const project = await startProject();
    const damaged = Buffer.from(project.archive);
    damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
    const [gone, wrong] = [await mirror((response) => response.writeHead(404).end()), await serving(project, damaged)];
    const cases = [
      [{ ELECTRON_MIRROR: gone.url }, /Response code 404 \(Not Found\) for http:.*\.zip/],
      [{ ELECTRON_MIRROR: wrong.url }, /Generated checksum for ".*\.zip" did not match expected checksum/],
      [{ ELECTRON_MIRROR: `http://127.0.0.1:${await freePort()}/` }, /connect ECONNREFUSED 127\.0\.0\.1:\d+/],
      [{ ELECTRON_MIRROR: 'http://electron.invalid/' }, /getaddrinfo \w+ electron\.invalid/],
    ] as const;
    for (const [env, reason] of cases) {
      const { output, code } = await project.start(newer, env).ended;
      expect(withoutProgress(output)).toMatch(new RegExp(`^${dashboard(`Electron's program could not be fetched: ${reason.source}`)}$`));
      expect(code).toBe(7);
    }
    expect(await project.leftInTemporary()).toEqual([]);
  });

  it('ignores what an interrupted try left behind', async () => {
    const project = await startProject();
    const { url } = await serving(project);
    const env = { ELECTRON_MIRROR: url };
    await project.start(newer, env).ended;
    const electron = path.join(project.folder, 'node_modules/electron');
    await rm(path.join(electron, 'path.txt'));
    await writeFile(path.join(electron, 'dist/electron'), 'half');
    expect(withoutProgress((await project.start(newer, env).ended).output)).toBe('electron runs 1, NODE_OPTIONS=\n');
    await writeFile(path.join(electron, 'dist/version'), '44.0.0');
    expect(withoutProgress((await project.start(newer, env).ended).output)).toBe('electron runs 1, NODE_OPTIONS=\n');
    expect(await readFile(path.join(electron, 'dist/version'), 'utf8')).toMatch(/^45/);
  });

  it('Ctrl+C ends the download, SIGTERM ends npm start; neither leaves files', async () => {
    const project = await startProject();
    const { url } = await mirror((response) => {
      response.writeHead(200, { 'content-length': project.archive.length });
      response.write(project.archive.subarray(0, 1_500_000));
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const started = project.start(newer, { ELECTRON_MIRROR: url });
      await started.printed('1.5 MB');
      started.child.kill(signal);
      const { output, code } = await started.ended;
      expect(withoutProgress(output)).toBe(signal === 'SIGINT' ? dashboard("Electron's program could not be fetched: it was interrupted") : '');
      expect(code).toBe(signal === 'SIGINT' ? 7 : 1);
      expect(await project.leftInTemporary()).toEqual([]);
    }
  });

  it('gives up when the download stalls, and after a time limit', async () => {
    const project = await startProject();
    let body: Buffer = Buffer.alloc(0);
    const { url } = await mirror((response) => {
      if (body.length > 0) response.writeHead(200, { 'content-length': project.archive.length }).write(body);
    });
    const fetching = async (limits: string) => withoutProgress((await project.script(newer, `console.log(await fetchElectron(electron, { env: process.env, terminal: process.stdout, ${limits} }));`, { ELECTRON_MIRROR: url }).ended).output);
    expect(await fetching('stallMs: 700')).toBe("Electron's program could not be fetched: there was no answer for 0.7 s\n");
    body = project.archive.subarray(0, 1_500_000);
    expect(await fetching('stallMs: 1500')).toBe("Electron's program could not be fetched: nothing more came after 1.5 MB for 1.5 s\n");
    expect(await fetching('limitMs: 2000')).toBe("Electron's program could not be fetched: it took longer than 2 s\n");
  });

  it('checks what it needs before it fetches anything', async () => {
    const project = await startProject();
    const { url, asked } = await serving(project);
    const env = { ELECTRON_MIRROR: url };
    expect(await project.start(newer, { ...env, DISPLAY: '' }).ended).toMatchObject({ output: dashboard('there is no display') });
    expect(await project.start(newer, { ...env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }).ended).toMatchObject({ output: dashboard("Electron's program is not there, and ELECTRON_SKIP_BINARY_DOWNLOAD forbids fetching it") });
    if (olderNode !== null) {
      expect(await project.start(olderNode, env).ended).toMatchObject({ output: dashboard(`Electron 45 needs Node 22.12 or later to fetch its program, and this is Node ${process.versions.node}`) });
    }
    expect(asked).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('says that the program cannot be stored', async () => {
    const project = await startProject();
    const stranger = 65534;
    const lines = `process.setgid(${stranger}); process.setuid(${stranger}); console.log(await fetchElectron(electron, { env: process.env, terminal: process.stdout }));`;
    const ended = await project.script(newer, lines, {}).ended;
    expect(ended.output).toMatch(/^Electron's program cannot be stored: .*node_modules\/electron is not writable\n$/);
  });

  it('shows the dashboard when the program does not come up', async () => {
    const project = await startProject('#!/bin/sh\necho "error while loading shared libraries: libgtk-3.so.0"\nexit 127\n');
    const { url } = await serving(project);
    const { output, code } = await project.start(newer, { ELECTRON_MIRROR: url }).ended;
    expect(withoutProgress(output)).toBe(`error while loading shared libraries: libgtk-3.so.0\n${dashboard('Electron could not come up (it ended with 127)')}`);
    expect(code).toBe(7);
  });
});
