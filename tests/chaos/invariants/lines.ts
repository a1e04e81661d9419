// No line is lost, doubled or torn, but where a fault explains it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { World } from '../world.ts';
import type { Invariant } from './invariant.ts';

const written = /L (\S+) (\d+-(\d+)) (\d+) (\d+) \.$/;
/** What TSPM itself writes into a log. */
const own = /\[tspm\]/;
/** Between a line's time and that of a fault that swallowed it: pipes, queues, and a busy machine. */
const slackMs = 5000;

interface Line {
  readonly number: number;
  readonly at: number;
}

export const lines: Invariant = {
  name: 'lines',
  after(world) {
    for (const { name, kind } of world.services) if (kind === 'writer') checkWriter(world, name);
  },
};

/** How many numbered lines the logs hold. */
export function countLines(world: World): number {
  const writers = world.services.filter(({ kind }) => kind === 'writer');
  return writers.reduce((sum, { name }) => sum + textsOf(world, name).filter((text) => written.test(messageOf(text))).length, 0);
}

export function checkWriter(world: Pick<World, 'paths' | 'history'>, name: string): void {
  const { history } = world;
  const runs = new Map<string, { readonly bornAt: number; readonly lines: Line[] }>();
  let before = 0;
  for (const text of textsOf(world, name)) {
    const [, , run = '', bornAt, number, at] = written.exec(messageOf(text)) ?? [];
    if (run !== '') {
      const found = runs.get(run) ?? { bornAt: Number(bornAt), lines: [] };
      found.lines.push({ number: Number(number), at: Number(at) });
      runs.set(run, found);
      before = Number(at);
    } else if (!own.test(text) && !history.isExcused('lines', { from: before - slackMs, to: before + slackMs })) {
      history.violated('lines', `${name} has a torn line: ${JSON.stringify(text.slice(0, 120))}`);
    }
  }
  for (const [run, { bornAt, lines: found }] of runs) {
    const sorted = found.toSorted((a, b) => a.number - b.number);
    let last: Line = { number: -1, at: bornAt };
    for (const line of sorted) {
      if (line.number === last.number) history.violated('lines', `${name} ${run}: line ${line.number} is there twice`);
      const missing = line.number - last.number - 1;
      if (missing > 0 && !history.isExcused('lines', { from: last.at - slackMs, to: line.at + slackMs })) {
        history.violated('lines', `${name} ${run}: ${missing} lines are missing behind line ${last.number}, written at ${history.timeOf(last.at)}`);
      }
      last = line;
    }
  }
}

/** All lines of a log and of what was rotated, oldest file first. */
function textsOf({ paths }: Pick<World, 'paths'>, name: string): readonly string[] {
  const live = `${name}-0.out.log`;
  const number = (file: string): number => Number(/\.(\d+)(?:\.gz)?$/.exec(file)?.[1] ?? 0);
  const files = readdirSync(paths.logs).filter((file) => file === live || /^\.\d+(\.gz)?$/.test(file.slice(live.length)) && file.startsWith(live));
  return files
    .toSorted((a, b) => number(b) - number(a))
    .flatMap((file) => {
      const bytes = readFileSync(path.join(paths.logs, file));
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n').filter((text) => text !== '');
    });
}

function messageOf(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return String(message);
  } catch {
    return text;
  }
}
