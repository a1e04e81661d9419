// What comes over a channel is parsed before anybody looks at it.
import * as z from 'zod/mini';
import type { ClientFrame } from '../../shared/contract/frames.ts';

const id = z.int().check(z.minimum(0));
const name = z.string().check(z.maxLength(64));

const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, name, input: z.unknown() }),
  z.object({ type: z.literal('subscribe'), id, topic: name, input: z.unknown(), after: z.nullable(z.string().check(z.maxLength(65_536))) }),
  z.object({ type: z.literal('taken'), id }),
  z.object({ type: z.literal('cancel'), id }),
]);

/** null when it is no frame. */
export function parseClientFrame(value: unknown): ClientFrame | null {
  const parsed = z.safeParse(clientFrameSchema, value);
  return parsed.success ? parsed.data : null;
}
