// What only the browser server has, as the OpenAPI document describes it: the session, and the channel of the pages.
import type { Paths } from './rest-paths.ts';
import { jsonContent, problemResponses } from './responses.ts';
import { loginSchema, schemaOf } from './schemas.ts';

const refused = ['unauthorized', 'forbidden', 'misdirected'] as const;
const none = { description: 'Done; there is nothing to say.' };
const session = { tags: ['door'] };

export const doorPaths: Paths = {
  '/v1/session': {
    get: { ...session, operationId: 'getSession', summary: 'Whether this caller has a key', responses: { '204': none, ...problemResponses(refused) } },
    post: {
      ...session,
      operationId: 'openSession',
      summary: 'Exchange the token, or a ticket, for a cookie',
      security: [{}],
      requestBody: { required: true, content: jsonContent(schemaOf(loginSchema)) },
      responses: { '204': none, ...problemResponses(['invalid-input', 'too-large', 'unsupported-media-type', 'too-many-tries', ...refused]) },
    },
    delete: { ...session, operationId: 'closeSession', summary: 'Give the cookie back', security: [{}], responses: { '204': none, ...problemResponses(['forbidden', 'misdirected']) } },
  },
  '/v1/channel': {
    get: {
      tags: ['door'],
      operationId: 'openChannel',
      summary: 'A WebSocket with many calls and subscriptions at once',
      responses: { '101': { description: 'Frames of the contract, each a JSON message.' }, ...problemResponses([...refused, 'too-many-connections']) },
    },
  },
};
