// Starts a load of many clients in a process of its own, which ends when it is stopped or when its starter is gone.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFixture } from '../bundle.ts';
import type { HttpPlan, LoadMessage, LoadPlan, LoadReport, LoadWord, TcpPlan } from './plan.ts';

export interface Load {
  /** What has happened so far. */
  look(): Promise<LoadReport>;
  /** Begins no request any more, waits for those under way, and tells everything. May be called again. */
  stop(): Promise<LoadReport>;
}

type Request<Plan extends LoadPlan> = Pick<Plan, 'port'> & Partial<Omit<Plan, 'port' | 'kind'>>;

const common = { host: '127.0.0.1', clients: 50, timeoutMs: 10_000, thinkMs: 10 };

/** Gives the load when its first request has ended, well or not. */
export function startLoad(request: Request<HttpPlan>): Promise<Load> {
  return start({ ...common, kind: 'http', keepAlive: 'mixed', path: '/', slowShare: 0.05, postShare: 0, ...request });
}

/** The same against an echo server. */
export function startTcpLoad(request: Request<TcpPlan>): Promise<Load> {
  return start({ ...common, kind: 'tcp', sessionMs: 500, ...request });
}

async function start(plan: LoadPlan): Promise<Load> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tspm-load-'));
  try {
    return await begin(await bundleFixture('load-clients.ts', folder), plan);
  } finally {
    // It has been read.
    await rm(folder, { recursive: true, force: true });
  }
}

async function begin(program: string, plan: LoadPlan): Promise<Load> {
  const child = fork(program, [JSON.stringify(plan)], { execArgv: [], env: {}, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told = (word: LoadMessage['word']): Promise<LoadReport> =>
    new Promise((resolve, reject) => {
      const onMessage = (message: LoadMessage): void => {
        if (message.word !== word) return;
        child.off('message', onMessage).off('exit', onExit);
        resolve(message.report);
      };
      const onExit = (code: number | null): void => reject(new Error(`the load ended by itself with ${code ?? 'a signal'}`));
      child.on('message', onMessage).on('exit', onExit);
    });
  const ask = (word: LoadWord): Promise<LoadReport> => {
    const answer = told(word);
    child.send(word);
    return answer;
  };
  const finish = async (): Promise<LoadReport> => {
    const exit = once(child, 'exit');
    const report = await ask('stop');
    await exit;
    return report;
  };
  await told('begun');
  let stopped: Promise<LoadReport> | null = null;
  return { look: () => ask('look'), stop: () => (stopped ??= finish()) };
}
