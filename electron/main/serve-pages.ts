// Answers the pages' own scheme with the files of the built pages, and with the rules that they live under.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../shared/model/failure.ts';
import { pagePolicy } from '../../shared/model/page-policy.ts';
import { pageFile } from './page-address.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const rules = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const;

/** Answers requests for files below `folder`. Throws what the disk says when a file is there and cannot be read. */
export function pageServer(folder: string): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== 'GET') return refusal(405, 'pages can only be read');
    const segments = pageFile(url);
    if (segments === null) return refusal(404, 'there is no such page');
    const file = path.join(folder, ...segments);
    try {
      const body = await readFile(file);
      return new Response(new Uint8Array(body), { headers: { ...rules, 'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream' } });
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) throw error;
      if (segments.join('/') === 'index.html') return refusal(404, `the pages are not built: ${file} is missing. Run: npm run build`);
      return refusal(404, 'there is no such file');
    }
  };
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...rules, 'content-type': 'text/plain; charset=utf-8' } });
}
