import { describe, expect, it } from 'vitest';
import { createResponseDecoder } from '../../../electron/transport/http/response-decoder.ts';

/** Feeds a response in pieces of `size` bytes. */
function decode(response: string, size: number): { readonly status: number; readonly body: string; readonly complete: boolean } {
  const decoder = createResponseDecoder();
  const bytes = Buffer.from(response, 'latin1');
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) parts.push(Buffer.from(decoder.push(bytes.subarray(start, start + size))));
  return { status: decoder.status, body: Buffer.concat(parts).toString('latin1'), complete: decoder.close() };
}

describe.each([1, 2, 3, 7, 1000])('in pieces of %d bytes', (size) => {
  it('takes a body of a known length', () => {
    expect(decode('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', size)).toEqual({ status: 200, body: 'hello', complete: true });
  });

  it('takes a chunked body, extensions and trailers included', () => {
    const response = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: z\r\n\r\n';
    expect(decode(response, size)).toEqual({ status: 200, body: 'hello0123456789', complete: true });
  });

  it('takes a body that ends with the connection', () => {
    expect(decode('HTTP/1.0 404 Not Found\r\n\r\nhello', size)).toEqual({ status: 404, body: 'hello', complete: true });
  });

  it('skips interim responses', () => {
    expect(decode('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', size)).toEqual({ status: 200, body: 'ok', complete: true });
  });

  it('notices that something is missing', () => {
    expect(decode('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello', size).complete).toBe(false);
    expect(decode('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', size).complete).toBe(false);
    expect(decode('HTTP/1.1 200', size)).toEqual({ status: 0, body: '', complete: false });
  });
});

describe('what is not HTTP', () => {
  it.each(['SSH-2.0-OpenSSH_9.6\r\n\r\n', `${'x'.repeat(20_000)}`, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'])('%# is refused', (bytes) => {
    expect(() => createResponseDecoder().push(Buffer.from(bytes))).toThrow('does not speak HTTP/1.1');
  });
});
