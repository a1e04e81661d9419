import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { createBridge } from '../../../../electron/preload/bridge.ts';
import { openChannel, frameChannel } from '../../../../electron/transport/ipc/channels.ts';
import { serveWindows } from '../../../../electron/transport/ipc/serve-windows.ts';
import { createService } from '../../../../electron/transport/service.ts';
import type { BridgeStep } from '../../../../shared/contract/bridge.ts';
import { Failure } from '../../../../shared/model/failure.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { fakeWindows } from './windows.ts';

function rig() {
  const { messages, window } = fakeWindows();
  const logged: string[] = [];
  const called: unknown[] = [];
  let streams = 0;
  const service = createService({
    inputs: { echo: z.object({ text: z.string() }), fail: z.object({}) },
    handlers: {
      async echo({ text }, { progress }) {
        called.push(text);
        progress({ done: 1, total: 1, name: text, instance: 0, state: 'online' });
        await new Promise((resolve) => setTimeout(resolve, 60));
        return { text };
      },
      fail: () => Promise.reject(new Failure('nothing-matched', 'nothing matches', { selectors: ['x'] })),
    },
    topicInputs: { count: z.object({ to: z.int() }) },
    topics: {
      async *count({ to }, { signal }) {
        streams += 1;
        try {
          for (let index = 1; index <= to && !signal.aborted; index++) yield { position: `${index}`, snapshot: index };
          if (to === 0) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        } finally {
          streams -= 1;
        }
      },
    },
  });
  const known = window();
  serveWindows({ messages, service, isKnown: ({ id }) => id === known.id, isOurs: (url) => url.startsWith('app://tspm/'), log: (message) => logged.push(message) });
  return { known, window, logged, called, streams: () => streams };
}

describe('windows over messages', () => {
  it('are welcomed, call with progress, and get results and errors as values', async () => {
    const bridge = createBridge(rig().known.load());
    expect((await bridge.capabilities()).commands).toEqual(['echo', 'fail']);
    const progress: unknown[] = [];
    expect(await bridge.call('echo', { text: 'a' }, (one) => progress.push(one))).toEqual({ result: { text: 'a' } });
    expect(progress).toHaveLength(1);
    expect(await bridge.call('fail', {})).toEqual({ error: { code: 'nothing-matched', message: 'nothing matches', data: { selectors: ['x'] } } });
    expect(await bridge.call('echo', { text: 7 })).toMatchObject({ error: { code: 'invalid-input' } });
    expect(await bridge.call('explode', {})).toMatchObject({ error: { code: 'unknown-command' } });
  });

  it('get an error for what cannot be carried, and go on', async () => {
    const bridge = createBridge(rig().known.load());
    expect(await bridge.call('echo', { text: () => undefined })).toMatchObject({ error: { code: 'invalid-input', message: expect.stringContaining('plain data') as unknown } });
    expect(await bridge.call('echo', { text: 'b' })).toEqual({ result: { text: 'b' } });
  });

  it('subscribe: messages in order, one at a time, then the end; nothing after unsubscribing', async () => {
    const { known, streams } = rig();
    const bridge = createBridge(known.load());
    const steps: BridgeStep[] = [];
    let busy = 0;
    bridge.subscribe('count', { to: 30 }, null, async (step) => {
      busy += 1;
      expect(busy).toBe(1);
      await Promise.resolve();
      steps.push(step);
      busy -= 1;
    });
    await waitFor(() => steps.length === 31);
    expect(steps.slice(0, 30).map((step) => ('message' in step && 'snapshot' in step.message ? step.message.snapshot : null))).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(steps[30]).toEqual({ end: null });

    const late: BridgeStep[] = [];
    const stop = bridge.subscribe('count', { to: 0 }, null, (step) => void late.push(step));
    await waitFor(() => streams() === 1);
    stop();
    await waitFor(() => streams() === 0);
    expect(late).toEqual([]);
    bridge.subscribe('nothing', {}, null, (step) => void late.push(step));
    await waitFor(() => late.length === 1);
    expect(late[0]).toMatchObject({ end: { code: 'unknown-command' } });
  });

  it('begin anew after a reload: what the page had open before has ended', async () => {
    const { known, streams } = rig();
    for (let load = 0; load < 20; load++) {
      const bridge = createBridge(known.load());
      bridge.subscribe('count', { to: 0 }, null, () => undefined);
      await waitFor(() => streams() === 1);
      expect(await bridge.call('echo', { text: `${load}` })).toEqual({ result: { text: `${load}` } });
    }
    expect(streams()).toBe(1);
  });

  it('end with the window', async () => {
    const { known, streams } = rig();
    const bridge = createBridge(known.load());
    bridge.subscribe('count', { to: 0 }, null, () => undefined);
    void bridge.call('echo', { text: 'in flight' });
    await waitFor(() => streams() === 1);
    known.destroy();
    await waitFor(() => streams() === 0);
  });

  it('are refused when the sender is not a main frame of ours, or not of a window of ours', async () => {
    const { known, window, logged, called } = rig();
    createBridge(known.load());
    const call = { type: 'call', id: 1, name: 'echo', input: { text: 'forged' } };
    const own = 'app://tspm/index.html';
    const refused = [
      { sender: known, frame: { url: own, parent: {} }, why: 'a frame inside a page' },
      { sender: known, frame: { url: 'https://example.org/', parent: null }, why: 'a foreign page' },
      { sender: known, frame: null, why: 'a frame that has gone' },
      { sender: window(), frame: { url: own, parent: null }, why: 'an unknown window' },
    ] as const;
    for (const { sender, frame, why } of refused) {
      for (const [channel, value] of [[openChannel, undefined], [frameChannel, call]] as const) {
        sender.sendAs(frame, channel, value);
        expect(logged.at(-1)).toContain(why);
      }
    }
    expect(logged).toHaveLength(8);
    expect(called).toEqual([]);
  });

  it('are closed when they send what is no frame; everything fails with the reason then, until the page is loaded again', async () => {
    const { known, logged } = rig();
    const bridge = createBridge(known.load());
    await bridge.capabilities();
    known.sendAs({ url: 'app://tspm/index.html', parent: null }, frameChannel, { type: 'call', id: -1 });
    expect(logged).toEqual(['a window sent something that is no frame: its channel is closed']);
    expect(await bridge.call('echo', { text: 'c' })).toMatchObject({ error: { code: 'invalid-input', message: expect.stringContaining('reload') as unknown } });
    expect(await createBridge(known.load()).call('echo', { text: 'd' })).toEqual({ result: { text: 'd' } });
  });
});
