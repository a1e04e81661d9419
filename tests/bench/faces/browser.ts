// A real browser with one page, and what it costs.
import { chromium, type CDPSession, type Page } from 'playwright-core';
import { chromiumFile } from '../../helpers/tools.ts';
import { track } from '../manager.ts';

/** No screen, and nothing of Chromium's own business in the background. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-precise-memory-info'];

export interface BenchPage {
  readonly page: Page;
  /** Processor time in ms of the processes that run pages. */
  processorTime(): Promise<number>;
  /** MB of JavaScript's heap after a collection. */
  heap(): Promise<number>;
  close(): Promise<void>;
}

/** With a profile of its own, so that nothing is cached. */
export async function openBenchPage(): Promise<BenchPage> {
  const browser = await chromium.launch({ executablePath: chromiumFile, args: flags });
  const whole = await browser.newBrowserCDPSession();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const own = await page.context().newCDPSession(page);
  return track({
    page,
    processorTime: () => rendererTime(whole),
    heap: () => usedHeap(own),
    close: () => browser.close(),
  });
}

async function rendererTime(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

async function usedHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
