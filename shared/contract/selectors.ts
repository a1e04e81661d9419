// How callers name instances.
import * as z from 'zod/mini';

/** name, name:instance, id, glob, @namespace, group, group=name, or `all`. Bounded: it comes from outside. */
export const selectorsSchema = z.array(z.string().check(z.minLength(1), z.maxLength(256))).check(z.maxLength(1024));
