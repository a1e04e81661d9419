// The description of all routes, itself included.
import { defineRoute, type Route } from '../route.ts';

export function openApiRoute(routes: () => readonly Route[]): Route {
  return defineRoute({
    method: 'GET',
    path: '/v1/openapi.json',
    operation: { id: 'getOpenApi', tag: 'engine', summary: 'This document', result: 'openapi' },
    query: {},
    // Loads the schemas of all answers, which nothing else in an engine needs.
    answer: async () => ({ kind: 'document', ...(await import('../openapi/document.ts')).openApiText(routes()) }),
  });
}
