// The inputs of subscriptions, apart from what they give: a server parses these, and nobody parses the rest.
import * as z from 'zod/mini';
import { selectorsSchema } from './selectors.ts';

/** More lines than this are for whoever reads the files. */
export const maxLogLines = 50_000;

export const topicInputs = {
  /** Everything that happens; without `usage` no measurements, and the engine takes fewer of them. */
  events: z.object({ usage: z._default(z.boolean(), true) }),
  /** The last lines of each selected instance, then what comes, instances that come later included. */
  logs: z.object({
    selectors: selectorsSchema,
    /** Of each log file; 0 for none. */
    lines: z.int().check(z.minimum(0), z.maximum(maxLogLines)),
    streams: z._default(z.array(z.enum(['out', 'err'])), ['out', 'err']),
    /** False: the stream ends behind what is stored. */
    follow: z._default(z.boolean(), true),
  }),
  /** The balancer's figures, once a second; a snapshot of all that are selected each time. */
  clusters: z.object({ selectors: z.optional(selectorsSchema) }),
} as const;
