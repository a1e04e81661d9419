// The contract over HTTP: POST /v1/commands/{name}, a JSON body in, lines of JSON out (progress, then one result or error).
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { commandInputs, type CommandContext, type CommandHandlers, type CommandName } from '../../shared/contract/commands.ts';
import type { AnswerLine } from '../../shared/contract/messages.ts';
import type { Progress } from '../../shared/contract/outcomes.ts';
import { contractVersion } from '../../shared/contract/version.ts';
import { Failure, toFailureValue } from '../../shared/model/failure.ts';

const maxBodyBytes = 16 << 20;
const progressIntervalMs = 50;
const prefix = '/v1/commands/';

/** The handlers may come later than the first request: whoever calls waits for them. */
export function createCommandServer(handlers: Promise<CommandHandlers>, log: (message: string) => void): Server {
  return createServer((request, response) => {
    void answer(request, response, handlers).catch((error: unknown) => {
      const failure = toFailureValue(error);
      if (failure.code === 'internal') log(`${request.method ?? ''} ${request.url ?? ''}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      finish(response, { error: failure });
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, pending: Promise<CommandHandlers>): Promise<void> {
  const name = commandName(request);
  const body = await readBody(request);
  const handlers = await pending;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const context: CommandContext = {
    progress: progressOf(response),
    signal: gone.signal,
  };
  const result = await dispatch(handlers, name, body, context);
  finish(response, { result });
}

/** Progress is for someone who watches: the newest at most every 50 ms, and none for whoever reads slowly. */
function progressOf(response: ServerResponse): CommandContext['progress'] {
  let latest: Progress | null = null;
  let timer: NodeJS.Timeout | null = null;
  response.once('close', () => clearTimeout(timer ?? undefined));
  return (progress) => {
    latest = progress;
    timer ??= setTimeout(() => {
      timer = null;
      if (latest !== null && !response.writableNeedDrain) send(response, { progress: latest });
    }, progressIntervalMs);
  };
}

function dispatch<Name extends CommandName>(handlers: CommandHandlers, name: Name, body: unknown, context: CommandContext): Promise<unknown> {
  const parsed = z.safeParse(commandInputs[name], body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Failure('invalid-input', `the input of ${name} is not valid at ${issue?.path.join('.') || 'the top'}: ${issue?.code ?? ''}.`, { issues: parsed.error.issues.slice(0, 20) });
  }
  // The schema of `name` has just accepted the value; the mapped type cannot follow that through an index.
  const handler = handlers[name] as (input: unknown, context: CommandContext) => Promise<unknown>;
  return handler(parsed.data, context);
}

function commandName(request: IncomingMessage): CommandName {
  const version = request.headers['tspm-contract'];
  if (version !== undefined && version !== String(contractVersion)) {
    throw new Failure('protocol-mismatch', `this engine speaks contract ${contractVersion}, the caller ${String(version)}. Use the same version of TSPM for both, or restart the engine: tspm kill.`);
  }
  const path = request.url ?? '';
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  if (!Object.hasOwn(commandInputs, name)) throw new Failure('unknown-command', `there is no ${request.method ?? ''} ${path}. Commands are POST ${prefix}{name}.`);
  if (request.method !== 'POST') throw new Failure('unknown-command', `commands are called with POST, not ${request.method ?? ''}.`);
  return name as CommandName;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Failure('invalid-input', `the input is larger than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Failure('invalid-input', 'the input is not valid JSON');
  }
}

const statusOf = { 'invalid-input': 400, 'invalid-config': 400, 'nothing-matched': 404, 'unknown-command': 404, 'protocol-mismatch': 409, failed: 500, 'engine-unreachable': 503, internal: 500 } as const;

function send(response: ServerResponse, line: AnswerLine): void {
  if (response.writableEnded || response.destroyed) return;
  if (!response.headersSent) {
    response.writeHead('error' in line ? statusOf[line.error.code] : 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  }
  response.write(`${JSON.stringify(line)}\n`);
}

function finish(response: ServerResponse, line: AnswerLine): void {
  send(response, line);
  response.end();
}
