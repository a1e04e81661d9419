import { describe, expect, it } from 'vitest';
import { Closed, Lane, LogMerge, maxBatchEntries, type Portion } from '../../../../electron/supervisor/logs/log-merge.ts';
import type { LogEntry } from '../../../../shared/contract/logs.ts';
import { manualClock } from '../../../helpers/manual-clock.ts';

const start = { file: 'aaaaaa', since: 0, offset: 0, line: '' };

/** One line of ten bytes for each time. */
function portion(...times: readonly (number | null)[]): Portion {
  return { texts: times.map(String), ends: times.map((_, index) => (index + 1) * 10), end: { ...start, offset: times.length * 10 } };
}

const parse = (text: string): LogEntry | null => (text === 'unwanted' ? null : { process: 'api', instance: 0, stream: 'out', time: text === 'null' ? null : Number.parseInt(text, 10), message: text, fields: null });

function setUp(lanes = 1, endless = true) {
  const clock = manualClock();
  const merge = new LogMerge(clock, endless);
  const made = Array.from({ length: lanes }, () => new Lane(start, parse));
  for (const lane of made) merge.add(lane);
  const [one = new Lane(start, parse), two = new Lane(start, parse)] = made;
  return { clock, merge, one, two, take: async () => (await merge.take())?.map(({ message }) => message) };
}

/** Whether it has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  const mark = (): void => void (done = true);
  promise.then(mark, mark);
  await new Promise(setImmediate);
  return done;
}

describe('several logs', () => {
  it('come in the order of time, as long as one that is behind may have older lines', async () => {
    const { merge, one, two, take } = setUp(2);
    const first = merge.put(one, portion(1, 4));
    const taking = take();
    expect(await isDone(taking)).toBe(false);
    void merge.put(two, portion(2, 3, 5));
    expect(await taking).toEqual(['1', '2', '3', '4']);
    await first;
    expect([one.place.offset, two.place.offset]).toEqual([20, 20]);
    merge.caughtUp(one);
    expect(await take()).toEqual(['5']);
    expect(two.place.offset).toBe(30);
  });

  it('do not wait for one that has reached the present', async () => {
    const { merge, one, two, take } = setUp(2);
    merge.caughtUp(one);
    void merge.put(two, portion(2));
    expect(await take()).toEqual(['2']);
  });

  it('put first what has no time', async () => {
    const { merge, one, two, take } = setUp(2);
    void merge.put(one, portion(1, 2));
    void merge.put(two, portion(null, null));
    for (const lane of [one, two]) merge.caughtUp(lane);
    expect(await take()).toEqual(['null', 'null', '1', '2']);
  });
});

describe('what was read', () => {
  it('waits until it is taken, in batches', async () => {
    const { merge, one } = setUp();
    const putting = merge.put(one, portion(...Array.from({ length: 300 }, (_, index) => index)));
    expect(await merge.take()).toHaveLength(maxBatchEntries);
    expect(one.place.offset).toBe(maxBatchEntries * 10);
    expect(await isDone(putting)).toBe(false);
    expect(await merge.take()).toHaveLength(300 - maxBatchEntries);
    await putting;
  });

  it('counts as taken when nothing of it is wanted', async () => {
    const { merge, one } = setUp();
    await merge.put(one, { texts: ['unwanted', 'unwanted'], ends: [35, 70], end: { ...start, offset: 70 } });
    expect(one.place.offset).toBe(70);
  });

  it('counts up to the next line that is wanted', async () => {
    const { merge, one, take } = setUp();
    const texts = ['1', 'unwanted', '2', 'unwanted'];
    void merge.put(one, { texts, ends: [10, 20, 30, 40], end: { ...start, offset: 40 } });
    expect(await take()).toEqual(['1', '2']);
    expect(one.place.offset).toBe(40);
  });

  it('makes smaller batches of long lines', async () => {
    const { merge, one } = setUp();
    const texts = Array.from({ length: 10 }, (_, index) => `${index} ${'x'.repeat(100_000)}`);
    void merge.put(one, { ...portion(...texts.map((_, index) => index)), texts });
    expect(await merge.take()).toHaveLength(3);
  });
});

describe('the pace', () => {
  it('is slow for single lines, but not for the first', async () => {
    const { clock, merge, one, take } = setUp();
    merge.caughtUp(one);
    void merge.put(one, portion(1));
    expect(await take()).toEqual(['1']);
    void merge.put(one, portion(2));
    const taking = take();
    clock.advance(39);
    expect(await isDone(taking)).toBe(false);
    clock.advance(1);
    expect(await taking).toEqual(['2']);
    expect(clock.pending).toBe(0);
  });

  it('is not for whole batches, nor for what lies behind', async () => {
    const { merge, one, take } = setUp();
    void merge.put(one, portion(1));
    expect(await take()).toEqual(['1']);
    void merge.put(one, portion(2));
    expect(await take()).toEqual(['2']);
    merge.caughtUp(one);
    void merge.put(one, portion(...Array.from({ length: maxBatchEntries }, (_, index) => index)));
    expect(await take()).toHaveLength(maxBatchEntries);
  });
});

describe('the end', () => {
  it('comes with the last lane when there will be no other', async () => {
    const { merge, one, take } = setUp(1, false);
    const taking = take();
    merge.remove(one);
    expect(await taking).toBeUndefined();
  });

  it('frees everybody who waits', async () => {
    const { clock, merge, one, two, take } = setUp(2);
    const putting = merge.put(one, portion(1));
    const taking = take();
    merge.close();
    await expect(putting).rejects.toThrow(Closed);
    expect(await taking).toBeUndefined();
    await expect(merge.put(two, portion(1))).rejects.toThrow(Closed);
    expect(clock.pending).toBe(0);
  });

  it('is the failure of one of them', async () => {
    const { merge, take } = setUp();
    const taking = take();
    merge.fail(new Error('no disk'));
    await expect(taking).rejects.toThrow('no disk');
  });
});
