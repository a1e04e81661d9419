// A small steady load on every cluster. What fails is kept with its time; whether a fault explains it is judged afterwards.
import { get } from 'node:http';
import { createConnection } from 'node:net';
import type { Service } from './services/services.ts';

/** The clusters of a run answer within milliseconds; what waits for an instance waits up to 3 s. */
const timeoutMs = 15_000;
const pauseMs = 120;

export interface FailedRequest {
  readonly service: string;
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

export interface Load {
  readonly failed: readonly FailedRequest[];
  readonly sent: () => number;
  stop(): Promise<void>;
}

export function startLoad(services: readonly Service[]): Load {
  const failed: FailedRequest[] = [];
  let sent = 0;
  let running = true;
  const client = async ({ name, port, speaks }: Service): Promise<void> => {
    while (running) {
      const from = Date.now();
      sent += 1;
      await (speaks === 'http' ? askHttp(port ?? 0) : askLine(port ?? 0)).catch((error: unknown) => {
        failed.push({ service: name, from, to: Date.now(), why: error instanceof Error ? error.message : String(error) });
      });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const clients = services.filter(({ port }) => port !== null).map(client);
  return {
    failed,
    sent: () => sent,
    async stop() {
      running = false;
      await Promise.all(clients);
    },
  };
}

function askHttp(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, agent: false, timeout: timeoutMs }, (response) => {
      response.resume();
      response.once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`))));
      response.once('error', reject);
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', reject);
  });
}

function askLine(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write('hello\n'));
    socket.setEncoding('utf8').setTimeout(timeoutMs, () => socket.destroy(new Error('no answer')));
    socket.on('data', (text: string) => {
      heard += text;
      if (heard.endsWith('hello\n')) socket.end();
    });
    socket.once('error', reject);
    socket.once('close', () => (heard.endsWith('hello\n') ? resolve() : reject(new Error('closed unanswered'))));
  });
}
