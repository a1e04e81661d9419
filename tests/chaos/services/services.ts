// The ten services of a run: writers to every log format, clusters in every mode, and those that are hard to look after.
import { fileURLToPath } from 'node:url';
import { nameVariable } from '../procfs.ts';

export interface Service {
  readonly name: string;
  readonly kind: 'writer' | 'cluster' | 'plain';
  /** Of a cluster. */
  readonly port: number | null;
  readonly speaks: 'http' | 'lines' | null;
  /** It fails again and again, as it should: any state is right. */
  readonly restless: boolean;
  readonly config: object;
}

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const server = (name: string): string => file(`../../fixtures/servers/${name}`);

const calm = { port: null, speaks: null, restless: false } as const;

const writer = (name: string, logs: object): Service => ({
  ...calm,
  name,
  kind: 'writer',
  config: { script: file('writer.mjs'), logs: { maxSize: '8K', maxFiles: 1000, ...logs } },
});

const cluster = (name: string, port: number, mode: string, program: string, speaks: 'http' | 'lines'): Service => ({
  ...calm,
  name,
  kind: 'cluster',
  port,
  speaks,
  config: { script: server(program), instances: 2, port, drainTimeout: '2s', balancer: { mode, queueTimeout: '3s' } },
});

const plain = (name: string, line: string, config: object = {}, restless = false): Service => ({
  ...calm,
  name,
  kind: 'plain',
  restless,
  config: { command: ['/bin/sh', '-c', line], ...config },
});

/** `ports`: four that are free. */
export function createServices(ports: readonly number[]): readonly Service[] {
  const [handoff = 0, http = 0, tcp = 0, shared = 0] = ports;
  return [
    writer('lines', { format: 'plain' }),
    writer('stamped', { format: 'timestamps', compress: true }),
    writer('objects', { format: 'json' }),
    cluster('handoff', handoff, 'handoff', 'naive.mjs', 'http'),
    cluster('proxied', http, 'http', 'naive.mjs', 'http'),
    cluster('stream', tcp, 'tcp', 'echo.mjs', 'lines'),
    cluster('shared', shared, 'shared', 'naive.mjs', 'http'),
    plain('crasher', 'sleep 0.4; exit 3', { maxRestarts: 1_000_000, restartDelay: '200ms', maxRestartDelay: '2s' }, true),
    // Takes its time to end, and has a child that does not hear the signal.
    plain('slow', `(trap '' TERM; sleep 600) & trap 'sleep 1; exit 0' TERM; while :; do sleep 0.2; done`, { killTimeout: '3s' }),
    plain('dependent', 'exec sleep 1000', { dependsOn: ['slow', 'lines'] }),
  ];
}

/** As `tspm start` reads it; YAML reads JSON too. */
export function configText(services: readonly Service[]): string {
  const processes = services.map(({ name, config }) => ({ name, env: { [nameVariable]: name }, ...config }));
  return `${JSON.stringify({ processes }, null, 2)}\n`;
}
