// Building blocks of the contract's output schemas: whatever an engine tells is read-only data.
import * as z from 'zod/mini';

type Shape = Readonly<Record<string, z.core.SomeType>>;

export const record = <Fields extends Shape>(fields: Fields) => z.readonly(z.object(fields));
export const list = <Item extends z.core.SomeType>(item: Item) => z.readonly(z.array(item));
export const table = <Value extends z.core.SomeType>(value: Value) => z.readonly(z.record(z.string(), value));

/** Milliseconds since the epoch. */
export const moment = z.number();
/** A whole number from 0 on. */
export const count = z.int().check(z.minimum(0));
