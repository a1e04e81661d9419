import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchPort, watchUptime } from '../../../../electron/supervisor/lifecycle/readiness.ts';
import type { Activity } from '../../../../electron/platform/process-activity.ts';
import { systemClock } from '../../../../shared/model/clock.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

/** Lets everything that was resolved run; no time passes. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('watchUptime', () => {
  function watch(looks: readonly (Activity | null)[]) {
    const clock = manualClock();
    const left = [...looks];
    let ready = false;
    const timer = watchUptime(clock, clock.elapsed(), 100, async () => left.shift() ?? null, () => (ready = true));
    const advance = async (ms: number): Promise<boolean> => {
      clock.advance(ms);
      await turn();
      return ready;
    };
    return { advance, timer, clock };
  }

  it('is ready after minUptime when the process does nothing', async () => {
    const { advance } = watch([{ cpuTicks: 0, running: false }]);
    expect(await advance(99)).toBe(false);
    expect(await advance(1)).toBe(true);
  });

  it('waits for a process that still works at its start', async () => {
    const { advance } = watch([{ cpuTicks: 6, running: false }, { cpuTicks: 9, running: true }, { cpuTicks: 9, running: true }, { cpuTicks: 9, running: false }]);
    expect(await advance(100)).toBe(false);
    expect(await advance(50)).toBe(false);
    expect(await advance(50)).toBe(false);
    expect(await advance(50)).toBe(true);
  });

  it('does not wait for ever for one that always works', async () => {
    const { advance } = watch(Array.from({ length: 50 }, (_, index) => ({ cpuTicks: index * 5 + 5, running: true })));
    let waited = 100;
    for (let ready = await advance(100); !ready; ready = await advance(50)) waited += 50;
    expect(waited).toBe(1000);
  });

  it('goes by the time alone where nothing can be told', async () => {
    expect(await watch([null]).advance(100)).toBe(true);
  });

  it('can be cancelled', async () => {
    const { advance, timer, clock } = watch([{ cpuTicks: 5, running: true }]);
    await advance(100);
    timer.cancel();
    expect(clock.pending).toBe(0);
  });
});

describe('watchPort', () => {
  it('is ready when the port accepts', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const news: string[] = [];
    watchPort(systemClock, port, 5000, () => news.push('ready'), () => news.push('failed'));
    await waitFor(() => news.length > 0);
    expect(news).toEqual(['ready']);
  });

  it('fails after its time', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    const news: string[] = [];
    watchPort(systemClock, port, 30, () => news.push('ready'), () => news.push('failed'));
    await waitFor(() => news.length > 0);
    expect(news).toEqual(['failed']);
  });
});
