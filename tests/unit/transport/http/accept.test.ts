import { expect, it } from 'vitest';
import { chooseType } from '../../../../electron/transport/http/accept.ts';

const offered = ['text/event-stream', 'application/x-ndjson'] as const;

it('gives the usual type to whoever takes anything', () => {
  for (const accept of [undefined, '', '*/*', 'text/html, */*;q=0.1', 'application/*, text/*']) expect(chooseType(accept, offered), accept).toBe('text/event-stream');
});

it('gives what is liked best', () => {
  expect(chooseType('application/x-ndjson', offered)).toBe('application/x-ndjson');
  expect(chooseType('Application/X-NDJSON;q=0.9, text/event-stream;q=0.5', offered)).toBe('application/x-ndjson');
  expect(chooseType('text/*;q=0.2, */*;q=0.8', offered)).toBe('application/x-ndjson');
  expect(chooseType('text/event-stream;q=0, */*', offered)).toBe('application/x-ndjson');
});

it('refuses when nothing fits', () => {
  for (const accept of ['text/html', '*/*;q=0', 'image/*, text/event-stream;q=0, application/x-ndjson;q=nonsense']) expect(() => chooseType(accept, offered), accept).toThrow('text/event-stream or application/x-ndjson');
});
