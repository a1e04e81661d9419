// What happens, and what processes print: as server-sent events or as lines of JSON.
import type { EngineEvent } from '../../../../shared/contract/events.ts';
import { logStreams } from '../../../../shared/contract/logs.ts';
import { maxLogLines } from '../../../../shared/contract/topic-inputs.ts';
import { defineRoute, eventsType, linesType, type Route } from '../route.ts';

const resuming = 'Goes on behind the id in Last-Event-ID or ?after= where that is still possible, and begins with a new snapshot otherwise: then everything before is void.';
const formats = `As ${eventsType}, or as ${linesType} with { event, id, data } on each line, by Accept. The last event is end, or failure with the reason.`;
const afterParameter = { kind: 'text', about: 'id of the last event that the caller has' } as const;

const events = defineRoute({
  method: 'GET',
  path: '/v1/events',
  operation: {
    id: 'streamEvents',
    tag: 'streams',
    summary: 'A snapshot, then everything that happens',
    description: `${formats} Events are called snapshot, or by their type. ${resuming}`,
    result: { topic: 'events' },
  },
  query: { after: afterParameter },
  answer: async ({ query: { after }, service }) => ({
    kind: 'stream',
    usual: eventsType,
    after,
    open: (context) => service.open('events', {}, context),
    nameOf: (change) => (change as EngineEvent).type,
  }),
});

const logs = defineRoute({
  method: 'GET',
  path: '/v1/processes/{name}/logs',
  operation: {
    id: 'streamLogs',
    tag: 'streams',
    summary: 'The last lines of its logs, and with follow what comes',
    description: `${formats} Events are called snapshot, which says whose logs are read, and entries. ${resuming}`,
    result: { topic: 'logs' },
  },
  query: {
    lines: { kind: 'whole', min: 0, max: maxLogLines, usual: 100, about: 'how many lines of each log file to begin with' },
    follow: { kind: 'flag', about: 'go on with what is written from now on' },
    stream: { kind: 'words', words: logStreams, about: 'stdout or stderr only; without, both' },
    after: afterParameter,
  },
  answer: async ({ name, query: { lines, follow, stream, after }, service }) => ({
    kind: 'stream',
    usual: linesType,
    after,
    open: (context) => service.open('logs', { selectors: [name], lines, streams: stream, follow }, context),
    nameOf: () => 'entries',
  }),
});

export const streamRoutes: readonly Route[] = [events, logs];
