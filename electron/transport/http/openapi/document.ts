// The OpenAPI document, made from the routes and the contract's schemas, and only when somebody asks for it.
import { createHash } from 'node:crypto';
import { productVersion } from '../../../../shared/contract/version.ts';
import type { Route } from '../route.ts';
import { contractPaths } from './contract-paths.ts';
import { doorPaths } from './door-paths.ts';
import { restPaths } from './rest-paths.ts';
import { componentSchemas } from './schemas.ts';

const description = `A process manager whose services never notice that the manager crashed, was upgraded or was quit.

Served without a key on the control socket of a home (\`curl --unix-socket ~/.tspm/tspm.sock http://tspm/v1/processes\`), and on
loopback while the dashboard is open (\`tspm dashboard\`), for whoever has its token. Errors are problem details (RFC 9457).`;

export function openApiDocument(routes: readonly Route[]): object {
  return {
    openapi: '3.1.0',
    info: { title: 'TSPM', version: productVersion, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'The server that this document came from.' }],
    tags: [
      { name: 'processes', description: 'Looking at processes, and bringing them up and down.' },
      { name: 'engine', description: 'The engine, its clusters and its measurements.' },
      { name: 'streams', description: 'What happens, and what processes print.' },
      { name: 'contract', description: 'Every command and subscription as typed clients use them.' },
      { name: 'door', description: 'What only the browser server has.' },
    ],
    security: [{}, { bearer: [] }, { session: [] }],
    paths: { ...restPaths(routes), ...contractPaths(), ...doorPaths },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of the dashboard. Not needed on the control socket.' },
        session: { type: 'apiKey', in: 'cookie', name: 'tspm-8776', description: 'The cookie of /v1/session; its name ends with the port.' },
      },
    },
  };
}

let made: { readonly text: string; readonly etag: string } | null = null;

/** Made once. */
export function openApiText(routes: readonly Route[]): { readonly text: string; readonly etag: string } {
  if (made === null) {
    const text = `${JSON.stringify(openApiDocument(routes))}\n`;
    made = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
  }
  return made;
}
