// What a page can tell of itself: long tasks, and how long it took to answer input. Runs before the page's own code.
import type { Page } from 'playwright-core';

export interface PageTimings {
  /** Longest task of the main thread in ms; tasks below 50 ms are not reported (Long Tasks, W3C). */
  readonly longestTask: number;
  readonly longTasks: number;
  /** From input to the paint after it in ms, the longest of all; in steps of 8 ms (Event Timing, W3C). */
  readonly slowestInput: number;
  readonly inputs: number;
}

export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const timings = { longestTask: 0, longTasks: 0, slowestInput: 0, inputs: 0 };
    Object.assign(globalThis, { benchTimings: timings });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        timings.longTasks += 1;
        timings.longestTask = Math.max(timings.longestTask, duration);
      }
    }).observe({ type: 'longtask' });
    const inputs = { type: 'event', durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        timings.inputs += 1;
        timings.slowestInput = Math.max(timings.slowestInput, duration);
      }
    }).observe(inputs);
  });
}

export function readTimings(page: Page): Promise<PageTimings> {
  return page.evaluate(() => ({ ...(globalThis as unknown as { benchTimings: PageTimings }).benchTimings }));
}

/** Begins anew, so that opening the page does not count. */
export async function resetTimings(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign((globalThis as unknown as { benchTimings: object }).benchTimings, { longestTask: 0, longTasks: 0, slowestInput: 0, inputs: 0 });
  });
}
