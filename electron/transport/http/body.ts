// A request's body, bounded and parsed.
import type { IncomingMessage } from 'node:http';
import { errorCode, Failure } from '../../../shared/model/failure.ts';
import { tooLarge } from './failure-status.ts';

export const maxBodyBytes = 16 << 20;

/** Throws a Failure `invalid-input`; `data.status` 413 when the body is too large. */
export async function readJson(request: IncomingMessage, limit: number = maxBodyBytes): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // A body that is too large is read to its end all the same, and forgotten: whoever still sends could not read the answer.
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    if (errorCode(error) === 'ECONNRESET') throw new Failure('invalid-input', 'the connection broke before the input was complete');
    throw error;
  }
  if (size > limit) throw new Failure('invalid-input', `the input is larger than ${limit} bytes`, { status: tooLarge });
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Failure('invalid-input', 'the input is not valid JSON');
  }
}
