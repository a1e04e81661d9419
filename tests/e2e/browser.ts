// Real pages of a real dashboard, in Debian's Chromium. Whatever a page complains about in its console fails its test.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { chromiumFile } from '../helpers/tools.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const pictures = fileURLToPath(new URL('../../screenshots', import.meta.url));

export interface OpenOptions extends BrowserContextOptions {
  /** What the console may say all the same. */
  readonly mayComplain?: RegExp;
}

export interface Browsing {
  /** A page in a profile of its own, closed with the test. */
  open(url: string, options?: OpenOptions): Promise<Page>;
}

/** One browser for all tests of a file. Where there is none, they are skipped and say so. */
export function browserSuite(name: string, tests: (browsing: Browsing) => void): void {
  const missing = existsSync(chromiumFile) ? null : 'no Chromium (apt-get install chromium)';
  if (missing !== null) console.log(`skipped: ${name}: ${missing}`);
  describe.skipIf(missing !== null)(name, () => {
    let browser: Browser;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'tspm-test-'));
      // What it leaves behind is left there.
      browser = await chromium.launch({ executablePath: chromiumFile, args: flags, env: { ...process.env, TMPDIR: folder } });
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    tests({
      async open(url, { mayComplain, ...options } = {}) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (['error', 'warning'].includes(message.type()) && mayComplain?.test(message.text()) !== true) complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(String(error)));
        onTestFinished(async ({ task }) => {
          if (task.result?.state === 'fail') await picture(page, `failed-${task.name.replaceAll(/\W+/g, '-')}`);
          await context.close();
          expect(complaints.join('\n')).toBe('');
        });
        await page.goto(url);
        return page;
      },
    });
  });
}

/** For people to look at; nothing compares them. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
