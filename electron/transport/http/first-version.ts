// Command lines and applications of 0.1.0 fall over a state that they do not know. They are told the one that comes nearest; the reason
// beside it says what is so.
import type { IncomingHttpHeaders } from 'node:http';
import type { ProcessState } from '../../../shared/model/process-state.ts';
import { versionHeader } from './hello.ts';

const nearest: Partial<Record<ProcessState, ProcessState>> = { lost: 'waiting' };

/** It says the contract's number and not its version. A caller that says neither, such as curl, gets everything. */
function isFirstVersion(headers: IncomingHttpHeaders): boolean {
  return headers['tspm-contract'] !== undefined && headers[versionHeader] === undefined;
}

/** `answer` as the caller can read it. */
export function forCaller(headers: IncomingHttpHeaders, answer: unknown): unknown {
  if (!isFirstVersion(headers) || answer === undefined) return answer;
  const text = JSON.stringify(answer, (name, value: unknown) => (name === 'state' && typeof value === 'string' ? (nearest[value as ProcessState] ?? value) : value));
  return JSON.parse(text) as unknown;
}
