// The three formats of a log file. An encoder turns whole lines into the bytes of the file, a chunk at a time:
// text is handled as latin1, one character per byte, because then a chunk is searched and joined at memory speed.
//
// plain        the program's bytes.
// timestamps   `2026-01-02T03:04:05.678Z line`.
// json         see log-format-json.ts.
//
// A line over 64 KiB is cut; every piece but the last ends with ` …[line continues]`, in json with `"partial":true`.
import { assertNever } from '../../shared/model/assert-never.ts';
import type { LogTarget } from '../../shared/model/shim-protocol.ts';
import type { Encoder, OutputName } from './log-encoder.ts';
import { jsonEncoder } from './log-format-json.ts';
import { toBytes } from './log-scratch.ts';

const continues = Buffer.from(' …[line continues]\n');

export function createEncoder(target: Pick<LogTarget, 'format' | 'process' | 'instance'>, stream: OutputName, now: () => number): Encoder {
  switch (target.format) {
    case 'plain':
      return plainEncoder;
    case 'timestamps':
      return timestampEncoder(now);
    case 'json':
      return jsonEncoder(target, stream, now);
    default:
      return assertNever(target.format);
  }
}

const plainEncoder: Encoder = {
  lines: (bytes) => bytes,
  piece: (bytes) => Buffer.concat([bytes, continues]),
  note: (text) => Buffer.from(`${text}\n`, 'latin1'),
};

function timestampEncoder(now: () => number): Encoder {
  const prefix = (): string => `${new Date(now()).toISOString()} `;
  return {
    lines(bytes) {
      const head = prefix();
      return toBytes(`${head}${bytes.toString('latin1', 0, bytes.length - 1).replaceAll('\n', `\n${head}`)}\n`);
    },
    piece: (bytes) => Buffer.concat([Buffer.from(prefix(), 'latin1'), bytes, continues]),
    note: (text) => Buffer.from(`${prefix()}${text}\n`, 'latin1'),
  };
}
