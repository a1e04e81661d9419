// The kinds of value a config field can have. Each says in words what it must be; the words go into problems.
import * as z from 'zod/mini';
import { namePattern } from '../../../shared/model/limits.ts';
import { endingSignals } from '../../../shared/model/signals.ts';
import { durationMs, durationPattern, maxTimerMs, sizeBytes, sizePattern } from './units.ts';

const maxTextLength = 65_536;

/** Puts the sentence that editors show on a schema of its own, so that sharing one schema between fields is safe. */
export function field<Schema extends z.ZodMiniType>(schema: Schema, description: string): z.ZodMiniOptional<Schema> {
  const optional = z.optional(schema);
  z.globalRegistry.add(optional, { description });
  return optional;
}

const tooLong = `must be shorter than ${maxTextLength} characters`;
export const anyText = z.string().check(z.maxLength(maxTextLength, tooLong), z.refine<string>((value) => !value.includes('\0'), 'must not contain a NUL character'));
export const text = anyText.check(z.minLength(1, 'must not be empty'));
export const textOrNull = z.union([text, z.null()], 'must be text or null');
/** What was written as a number or boolean is taken as the text that stands there. */
export const word = z.union([anyText, z.number(), z.boolean()], 'must be text, a number or a boolean');

const nameWords = 'must be 1 to 64 letters, digits, dots, dashes or underscores and begin with a letter or digit';
export const name = nameWith(null);

export function nameWith(description: string | null): z.ZodMiniString {
  const schema = z.string().check(z.regex(namePattern, nameWords));
  return description === null ? schema : schema.register(z.globalRegistry, { description });
}

export function wholeNumber(least: number, most: number): z.ZodMiniInt {
  const words = `must be a whole number from ${least} to ${most}`;
  return z.int(words).check(z.minimum(least, words), z.maximum(most, words));
}

/** In milliseconds. */
export const duration = durationUpTo(maxTimerMs, '24 days');
/** For ages of files, which no timer waits for. */
export const age = z.nullable(durationUpTo(10 * 365 * 86_400_000, '10 years'));

function durationUpTo(most: number, mostWords: string) {
  const words = `must be a time from 0 to ${mostWords}: milliseconds, or text such as "500ms", "30s", "5m", "2h" or "1d"`;
  const inRange = z.refine<string>((value) => durationMs(value) <= most, words);
  const number = z.number(words).check(z.minimum(0, words), z.maximum(most, words));
  const written = z.string(words).check(z.regex(durationPattern, words), inRange);
  return z.pipe(
    z.union([number, written], words),
    z.transform((value) => (typeof value === 'number' ? Math.round(value) : durationMs(value))),
  );
}

const sizeWords = 'must be a size of at least 1 byte: bytes, or text such as "200K", "10M" or "1G"';
const sizeNumber = z.int(sizeWords).check(z.minimum(1, sizeWords));
const sizeText = z.string(sizeWords).check(
  z.regex(sizePattern, sizeWords),
  z.refine<string>((value) => sizeBytes(value) >= 1 && Number.isSafeInteger(sizeBytes(value)), sizeWords),
);
/** In bytes. */
export const size = z.pipe(
  z.union([sizeNumber, sizeText], sizeWords),
  z.transform((value) => (typeof value === 'number' ? value : sizeBytes(value))),
);

const shortSignals = endingSignals.map((signal) => signal.slice('SIG'.length));
export const signal = z.enum([...endingSignals, ...shortSignals]);

const environmentName = z.string().check(z.regex(/^[^=\0]+$/, 'must be the name of a variable, without "="'));
export const environment = z.record(
  environmentName,
  z.union([anyText, z.number(), z.boolean(), z.null()], 'must be text, a number, a boolean or null'),
);
