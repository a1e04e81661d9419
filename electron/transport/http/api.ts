// The HTTP API, whoever serves it: the control socket, and the door for browsers once a caller has been let in.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorMessage } from '../../../shared/model/failure.ts';
import { productVersion } from '../../../shared/contract/version.ts';
import type { ApiParts } from './api-parts.ts';
import { helloPath, versionHeader } from './hello.ts';
import { answerRpc } from './rpc.ts';

/** Resources are loaded with the first request for one: the command line needs none. */
export function answerApi(request: IncomingMessage, response: ServerResponse, parts: ApiParts): void {
  response.setHeader(versionHeader, productVersion);
  if (request.url === helloPath) {
    response.writeHead(204).end();
    return;
  }
  if (answerRpc(request, response, parts)) return;
  import('./rest.ts').then(
    ({ answerRest }) => answerRest(request, response, parts),
    (error: unknown) => {
      parts.log(`the API could not be loaded: ${errorMessage(error)}`);
      response.destroy();
    },
  );
}
