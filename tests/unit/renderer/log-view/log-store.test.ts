import { describe, expect, it } from 'vitest';
import { createLogStore } from '../../../../renderer/components/log-view/log-store.ts';
import { patternCharacters } from '../../../../renderer/components/log-view/find-ranges.ts';
import type { MatcherAnswer } from '../../../../renderer/components/log-view/pattern-matcher.ts';
import { entry } from './entries.ts';
import { handMatcher } from './hand-matcher.ts';

function harness(limits = { lines: 1000, characters: 1e9 }, now = () => 0) {
  const beats: (() => void)[] = [];
  const matcher = handMatcher();
  const store = createLogStore({ nextBeat: (callback) => beats.push(callback), now, startMatcher: matcher.start, limits });
  const texts = (): readonly (string | undefined)[] => {
    const { rows } = store.getState();
    return Array.from({ length: rows.count }, (_, index) => rows.at(index)?.text);
  };
  return {
    store,
    texts,
    beat: () => beats.shift()?.(),
    beats,
    matcher,
  };
}

function many(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => entry(`line ${from + index}`, { instance: (from + index) % 2, stream: (from + index) % 10 === 0 ? 'err' : 'out' }));
}

describe('log store', () => {
  it('tells of all lines that came before a beat once', () => {
    const { store, texts, beat, beats } = harness();
    let told = 0;
    store.subscribe(() => (told += 1));
    for (let batch = 0; batch < 5; batch += 1) expect(store.receive(many(10, batch * 10))).toBeUndefined();
    expect([told, beats.length, texts().length]).toEqual([0, 1, 0]);
    beat();
    expect([told, beats.length, texts().length, texts()[49]]).toEqual([1, 0, 50, 'line 49']);
  });

  it('lets a sender wait when there is more than a beat can take', async () => {
    const { store, beat } = harness({ lines: 10_000, characters: 1e9 });
    let went = false;
    expect(store.receive(many(1000))).toBeUndefined();
    const wait = store.receive(many(2000));
    void wait?.then(() => (went = true));
    await Promise.resolve();
    expect(went).toBe(false);
    beat();
    await wait;
    expect(went).toBe(true);
    expect(store.getState().held).toBe(3000);
  });

  it('holds lines back while paused, as many as it would show, and shows them in order', () => {
    const { store, texts, beat } = harness({ lines: 100, characters: 1e9 });
    void store.receive(many(5));
    beat();
    store.setPaused(true);
    void store.receive(many(3, 5));
    beat();
    expect([texts().length, store.getState().waiting]).toEqual([5, 3]);
    store.setPaused(false);
    expect(texts()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((number) => `line ${number}`));
    store.setPaused(true);
    for (let batch = 0; batch < 20; batch += 1) {
      void store.receive(many(100, batch * 100));
      beat();
    }
    expect(store.getState().waiting).toBeLessThanOrEqual(100);
  });

  it('filters by instance and stream, and brings everything back', () => {
    const { store, texts, beat } = harness();
    void store.receive(many(20));
    beat();
    store.setFilter({ instance: 0, stream: 'err' });
    expect(texts()).toEqual(['line 0', 'line 10']);
    void store.receive(many(1, 20));
    beat();
    expect(texts()).toEqual(['line 0', 'line 10', 'line 20']);
    store.setFilter({ instance: null, stream: null });
    expect(texts().length).toBe(21);
  });

  it('searches piece by piece and says so until it has seen everything', () => {
    // Every look at the clock costs time: a beat has time for some of the lines only.
    let time = 0;
    const { store, beat, beats } = harness({ lines: 10_000, characters: 1e9 }, () => (time += 0.01));
    void store.receive(many(2000));
    beat();
    store.setSearch('line 19');
    expect(store.getState().searched).toBe(false);
    let rounds = 0;
    for (; beats.length > 0; rounds += 1) beat();
    expect(rounds).toBeGreaterThan(1);
    expect([store.getState().searched, store.getState().matches?.count]).toEqual([true, 111]);
  });

  it('shows only what matches when asked to, new lines too', () => {
    const { store, texts, beat } = harness();
    void store.receive(many(30));
    beat();
    store.setSearch('line 1');
    store.setOnlyMatches(true);
    expect(texts().length).toBe(11);
    void store.receive(many(1, 100));
    beat();
    expect(texts().at(-1)).toBe('line 100');
    store.setSearch('/(/');
    expect(store.getState().invalidSearch).not.toBeNull();
    expect(texts().length).toBe(31);
  });

  it('searches for a pattern outside of the page, and new lines too', async () => {
    const { store, texts, beat, matcher } = harness();
    void store.receive(many(30));
    beat();
    store.setSearch('/line .5$/');
    store.setOnlyMatches(true);
    expect([store.getState().searched, texts()]).toEqual([false, []]);
    await matcher.answer();
    beat();
    expect([store.getState().searched, texts()]).toEqual([true, ['line 15', 'line 25']]);
    void store.receive(many(10, 30));
    beat();
    await matcher.answer();
    beat();
    expect(texts()).toEqual(['line 15', 'line 25', 'line 35']);
    const { rows, marks } = store.getState();
    const line = rows.at(2);
    expect(line === undefined ? null : marks?.rangesOf(line)).toEqual([{ start: 0, end: 7 }]);
  });

  it.each<[MatcherAnswer, RegExp]>([[{ kind: 'slow' }, /too long/], [{ kind: 'failed' }, /could not be loaded/]])('gives a pattern up that is %o, and shows all lines', async (answer, why) => {
    const { store, texts, beat, beats, matcher } = harness();
    void store.receive(many(30));
    beat();
    store.setSearch('/(a+)+b/');
    store.setOnlyMatches(true);
    await matcher.answer(answer);
    beat();
    expect([store.getState().invalidSearch, store.getState().matches, texts().length, beats.length]).toEqual([expect.stringMatching(why), null, 30, 0]);
    store.setSearch('line 2');
    expect([store.getState().invalidSearch, texts().length]).toEqual([null, 11]);
  });

  it('asks for the beginnings of long lines only, and says so', async () => {
    const { store, beat, matcher } = harness();
    void store.receive([entry('short'), entry('x'.repeat(patternCharacters * 2))]);
    beat();
    store.setSearch('/x$/');
    expect(matcher.asked().map((text) => text.length)).toEqual([5, patternCharacters]);
    expect(store.getState().onlyBeginnings).toBe(true);
    store.setSearch('x');
    expect([store.getState().onlyBeginnings, matcher.stopped()]).toEqual([false, 1]);
  });

  it('drops everything when cleared, also what has not been shown yet', () => {
    const { store, texts, beat } = harness();
    void store.receive(many(10));
    beat();
    void store.receive(many(10));
    store.clear();
    beat();
    expect(texts()).toEqual([]);
    void store.receive(many(2));
    beat();
    expect(texts()).toEqual(['line 0', 'line 1']);
  });
});
