// The HTTP server of the control socket.
import { createServer, type Server } from 'node:http';
import type { Service } from '../service.ts';
import { answerApi } from './api.ts';
import { maxBodyBytes } from './body.ts';

/** The service may come later than the first request: whoever calls waits for it. */
export function createControlServer(service: Promise<Service>, log: (message: string) => void): Server {
  const parts = { service, log, maxBody: maxBodyBytes };
  return createServer((request, response) => answerApi(request, response, parts));
}
