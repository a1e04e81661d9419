// The contract for typed clients: POST /v1/commands/{name} and POST /v1/subscriptions/{topic}, a JSON body in, JSON lines out.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { AnswerLine, StreamLine } from '../../../shared/contract/messages.ts';
import { contractVersion } from '../../../shared/contract/version.ts';
import { Failure, toFailureValue } from '../../../shared/model/failure.ts';
import type { Service } from '../service.ts';
import { throttleProgress } from '../throttle-progress.ts';
import type { ApiParts } from './api-parts.ts';
import { readJson } from './body.ts';
import { forCaller } from './first-version.ts';
import { createLineResponse, type LineResponse } from './line-response.ts';

const commandPrefix = '/v1/commands/';
const topicPrefix = '/v1/subscriptions/';
const aliveMs = 15_000;

const subscription = z.object({ input: z.unknown(), after: z._default(z.nullable(z.string().check(z.maxLength(65_536))), null) });

/** False when the request is not for it. */
export function answerRpc(request: IncomingMessage, response: ServerResponse, { service, log, maxBody }: ApiParts): boolean {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const answer = path.startsWith(commandPrefix) ? answerCommand : path.startsWith(topicPrefix) ? answerSubscription : null;
  if (answer === null) return false;
  const lines = createLineResponse(response);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  void answer(request, lines, gone.signal, service, maxBody).catch((error: unknown) => {
    const failure = toFailureValue(error);
    if (failure.code === 'internal') log(`${request.method ?? ''} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    lines.fail(failure, answer === answerCommand ? ({ error: failure } satisfies AnswerLine) : ({ end: failure } satisfies StreamLine));
  });
  return true;
}

async function answerCommand(request: IncomingMessage, lines: LineResponse, signal: AbortSignal, service: Promise<Service>, maxBody: number): Promise<void> {
  const name = nameIn(request, commandPrefix);
  const input = await readJson(request, maxBody);
  const progress = throttleProgress(signal, (latest) => lines.offer({ progress: latest } satisfies AnswerLine));
  const result = await (await service).call(name, input, { progress, signal });
  lines.end({ result: forCaller(request.headers, result) } satisfies AnswerLine);
}

async function answerSubscription(request: IncomingMessage, lines: LineResponse, signal: AbortSignal, service: Promise<Service>, maxBody: number): Promise<void> {
  const topic = nameIn(request, topicPrefix);
  const parsed = z.safeParse(subscription, await readJson(request, maxBody));
  if (!parsed.success) throw new Failure('invalid-input', 'a subscription is { "input": …, "after": position or null }.');
  const { input, after } = parsed.data;
  const stream = (await service).open(topic, input, { after, signal });
  const alive = setInterval(() => lines.offer({ alive: true } satisfies StreamLine), aliveMs);
  signal.addEventListener('abort', () => clearInterval(alive), { once: true });
  try {
    for await (const message of stream) if (!(await lines.write({ message: forCaller(request.headers, message) }))) return;
    lines.end({ end: null } satisfies StreamLine);
  } finally {
    clearInterval(alive);
  }
}

function nameIn(request: IncomingMessage, prefix: string): string {
  const version = request.headers['tspm-contract'];
  if (version !== undefined && version !== String(contractVersion)) {
    throw new Failure('protocol-mismatch', `this engine speaks contract ${contractVersion}, the caller ${String(version)}. Use the same version of TSPM for both, or restart the engine: tspm kill.`);
  }
  if (request.method !== 'POST') throw new Failure('unknown-command', `${prefix}{name} is called with POST, not ${request.method ?? ''}.`);
  return ((request.url ?? '').split('?')[0] ?? '').slice(prefix.length);
}
