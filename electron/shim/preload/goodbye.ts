// A server that drains: each response from now on tells its client to open another connection next time.
import type { Server as HttpServer, ServerResponse } from 'node:http';
import type { Server } from 'node:net';

/** A client that has sent nothing for so long will not notice that its idle connection goes; Node itself waits as long. */
const idleMs = 5000;
const lookAgainMs = 1000;

/** http and https servers; any other is left alone, because nobody can see where its exchanges end. */
export function sayGoodbye(server: Server): void {
  if (!isHttp(server)) return;
  server.prependListener('request', (_request, response: ServerResponse) => {
    response.shouldKeepAlive = false;
    if (!response.headersSent) response.setHeader('Connection', 'close');
  });
  setTimeout(() => {
    server.closeIdleConnections();
    setInterval(() => server.closeIdleConnections(), lookAgainMs).unref();
  }, idleMs).unref();
}

function isHttp(server: Server): server is HttpServer {
  return 'closeIdleConnections' in server && 'keepAliveTimeout' in server;
}
