// Many programs write one JSON object per line, into whatever format of log. Such a line reads better as its message and its fields.
import type { LogEntry } from '../../../shared/contract/logs.ts';

export interface Structured {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** Longer lines are left as they are: parsing them would hold the page up. */
const maxCharacters = 16_384;

/** The names that loggers use for the message (pino and bunyan say `msg`, winston and the log files of TSPM `message`). */
const messageNames = ['message', 'msg'] as const;

export function structured({ message, fields }: Pick<LogEntry, 'message' | 'fields'>): Structured {
  if (fields !== null) return message === '' ? withMessage(fields) : { message, fields };
  if (!/^\{\s*"/.test(message) || !message.endsWith('}') || message.length > maxCharacters) return { message, fields: null };
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    // It only looked like it: a line of text.
    return { message, fields: null };
  }
  return typeof value === 'object' && value !== null ? withMessage({ ...value }) : { message, fields: null };
}

function withMessage(fields: Readonly<Record<string, unknown>>): Structured {
  for (const name of messageNames) {
    const { [name]: message, ...rest } = fields;
    if (typeof message === 'string') return { message, fields: rest };
  }
  return { message: '', fields };
}
