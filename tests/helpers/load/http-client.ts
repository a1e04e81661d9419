// One HTTP client: asks, reads the whole answer, asks again. It repeats nothing: each failure is one.
import { recover, think, type ClientContext } from './client.ts';
import { failureReason, LoadFailure } from './failure.ts';
import { openHttpConnection, type HttpConnection } from './http-connection.ts';
import type { Answerer } from './ledger.ts';
import type { HttpPlan } from './plan.ts';
import type { HttpResponse } from './read-response.ts';

const posted = 'x'.repeat(1024);

export async function runHttpClient(context: ClientContext<HttpPlan>, keepAlive: boolean): Promise<void> {
  const { plan, ledger, stop, random } = context;
  let connection: HttpConnection | null = null;
  while (!stop.aborted) {
    const slow = random() < plan.slowShare;
    const bytes = requestBytes(plan, { slow, post: random() < plan.postShare, keepAlive });
    const begin = performance.now();
    try {
      connection = leftOver(connection, context) ?? (await connected(context));
      const response: HttpResponse = await connection.request(bytes);
      if (response.status !== 200) throw new LoadFailure(`status ${response.status}`);
      if (!slow) ledger.took(performance.now() - begin);
      ledger.ok(answerer(response.body));
      if (!keepAlive || !response.keepAlive) {
        connection.close();
        connection = null;
      }
      await think(context);
    } catch (error) {
      ledger.failed(failureReason(error));
      connection?.close();
      connection = null;
      await recover(context);
    }
  }
  connection?.close();
}

/** The connection of the last request, if another one may go on it. */
function leftOver(connection: HttpConnection | null, { ledger }: ClientContext<HttpPlan>): HttpConnection | null {
  const state = connection?.state();
  if (connection === null || state === 'usable') return connection;
  connection.close();
  if (state === 'unasked bytes') ledger.failed(state);
  else ledger.closedIdle();
  return null;
}

async function connected({ plan, ledger }: ClientContext<HttpPlan>): Promise<HttpConnection> {
  const connection = await openHttpConnection(plan, plan.timeoutMs);
  ledger.connected();
  return connection;
}

function requestBytes({ host, port, path }: HttpPlan, { slow, post, keepAlive }: { readonly slow: boolean; readonly post: boolean; readonly keepAlive: boolean }): string {
  const head = [
    `${post ? 'POST' : 'GET'} ${slow ? '/slow' : path} HTTP/1.1`,
    `Host: ${host}:${port}`,
    ...(post ? [`Content-Length: ${posted.length}`] : []),
    ...(keepAlive ? [] : ['Connection: close']),
  ];
  return `${head.join('\r\n')}\r\n\r\n${post ? posted : ''}`;
}

function answerer(body: string): Answerer {
  const instance = /"instance":"([^"]*)"/.exec(body)?.[1];
  const pid = /"pid":(\d+)/.exec(body)?.[1];
  return { instance: instance ?? 'unnamed', pid: pid ?? 'unnamed' };
}
