// The head of an instance's response, read as strictly as that of a request: a client must not be led to see two where one is.
import { readFields, type Fields } from './fields.ts';
import { Problem } from './problem.ts';

/** Status and reason are behind the version, which has eight characters and a blank. */
const statusAt = 9;
const linePattern = /^HTTP\/1\.[01] [1-9][0-9]{2}(?: [\t\x20-\x7e\x80-\xff]*)?\r\n/;

export interface ResponseHead {
  readonly status: number;
  /** Status and reason as they came. */
  readonly line: string;
  /** The instance may be asked again on the same connection. */
  readonly keepAlive: boolean;
  readonly fields: Fields;
}

/** `head` ends with an empty line, and every line feed in it follows a carriage return. */
export function readResponseHead(head: string): ResponseHead | Problem {
  if (!linePattern.test(head)) return new Problem('no status line');
  const lineEnd = head.indexOf('\r');
  const fields = readFields(head, lineEnd + 2);
  if (fields instanceof Problem) return fields;
  const old = head.charCodeAt(statusAt - 2) === 0x30;
  if (old && fields.chunked) return new Problem('chunks in HTTP/1.0');
  return {
    status: Number(head.slice(statusAt, statusAt + 3)),
    line: head.slice(statusAt, lineEnd),
    keepAlive: old ? fields.keepAlive && !fields.close : !fields.close,
    fields,
  };
}
