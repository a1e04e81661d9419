// The built pages, read once and kept compressed. Nothing outside their folder is ever served.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { errorCode } from '../../../shared/model/failure.ts';
import { HttpProblem } from '../http/problem.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
const encoders = {
  br: (raw: Buffer) => promisify(brotliCompress)(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }),
  gzip: (raw: Buffer) => promisify(gzip)(raw),
  identity: async (raw: Buffer) => raw,
} as const;
const minCompressed = 1024;
const maxFile = 16 << 20;
const maxKept = 32 << 20;

/** A name that is too long or goes in circles names nothing either. */
const absences: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES']);

type Encoding = keyof typeof encoders;

interface Kept {
  readonly version: string;
  readonly etag: string;
  readonly body: Buffer;
}

export interface Pages {
  /** Throws an HttpProblem when there is no such page. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createPages(folder: string): Pages {
  const kept = new Map<string, Kept>();
  let keptBytes = 0;

  async function load(file: string, version: string, encoding: Encoding): Promise<Kept> {
    const key = `${encoding} ${file}`;
    const known = kept.get(key);
    if (known?.version === version) return known;
    const body = await encoders[encoding](await readFile(file));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    keptBytes += body.length - (known?.body.length ?? 0);
    kept.set(key, { version, etag, body });
    if (keptBytes > maxKept) {
      kept.clear();
      keptBytes = 0;
    }
    return { version, etag, body };
  }

  return {
    async answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        throw new HttpProblem('method-not-allowed', 'Pages are only read.', { headers: { allow: 'GET, HEAD' } });
      }
      const name = (request.url ?? '/').split('?')[0] ?? '/';
      const found = await findFile(folder, name === '/' ? '/index.html' : name);
      if (found === null) {
        if (name === '/') return sayNotBuilt(response);
        throw new HttpProblem('not-found', `There is no page ${JSON.stringify(name.slice(0, 256))}. The dashboard is at /.`);
      }
      const extension = path.extname(found.file);
      const encoding = compressible.has(extension) && found.size >= minCompressed ? chooseEncoding(request.headers['accept-encoding'] ?? '') : 'identity';
      const { etag, body } = await load(found.file, found.version, encoding);
      response.setHeader('etag', etag);
      response.setHeader('vary', 'accept-encoding');
      response.setHeader('cache-control', isHashed(name) ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
      if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
      response.writeHead(200, { 'content-type': types[extension] ?? 'application/octet-stream', 'content-length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  };
}

interface Found {
  readonly file: string;
  readonly size: number;
  /** Another one after the file was built again. */
  readonly version: string;
}

/** null when there is no such file. Only plain names are looked for, and no link is followed, wherever it leads. */
async function findFile(folder: string, name: string): Promise<Found | null> {
  if (!/^(?:\/[\w-][\w.-]*)+$/.test(name)) return null;
  try {
    const root = await realpath(folder);
    const file = path.join(root, name);
    if ((await realpath(file)) !== file) return null;
    const stats = await stat(file);
    return stats.isFile() && stats.size <= maxFile ? { file, size: stats.size, version: `${stats.mtimeMs} ${stats.size}` } : null;
  } catch (error) {
    if (absences.has(errorCode(error) ?? '')) return null;
    throw error;
  }
}

/** The bundler puts a hash of the content into these names. */
function isHashed(name: string): boolean {
  return /^\/assets\/.*-[\w-]{8}\.\w+$/.test(name);
}

function chooseEncoding(accepted: string): Encoding {
  const offered = accepted
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => !/;\s*q=0(?:\.0*)?$/.test(item))
    .map((item) => item.split(';')[0]);
  return offered.includes('br') ? 'br' : offered.includes('gzip') ? 'gzip' : 'identity';
}

function sayNotBuilt(response: ServerResponse): void {
  const page = '<!doctype html><meta charset="utf-8"><title>TSPM</title><h1>The pages are not built</h1><p>The engine runs, but this copy of TSPM has no pages: run <code>npm run build</code>, then load this page again.</p>\n';
  response.writeHead(503, { 'content-type': types['.html'], 'content-length': Buffer.byteLength(page) }).end(page);
}
