// Command line → options and arguments, with complaints that say what to type instead.
import { parseArgs } from 'node:util';
import { Failure } from '../../shared/model/failure.ts';
import { suggestion } from '../../shared/model/did-you-mean.ts';

export interface OptionDefinition {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: boolean;
  /** Name of the value in the help. */
  readonly value?: string;
  readonly about: string;
}

export type OptionTable = Readonly<Record<string, OptionDefinition>>;

export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Options[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string | undefined;
};

export interface ArgumentRules<Options extends OptionTable> {
  readonly name: string;
  readonly usage: string;
  readonly options: Options;
  readonly positionals: { readonly min: number; readonly max: number };
  readonly takesRest?: boolean;
  /** `-1` is an argument and no option, before and after `--`. */
  readonly negativeNumbers?: boolean;
}

/** Every command has these; the dispatcher acts on them. */
export const commonOptions = {
  json: { type: 'boolean', about: 'print JSON and nothing else on stdout' },
  help: { type: 'boolean', short: 'h', about: 'show this help' },
} as const satisfies OptionTable;

/** Throws `invalid-input` for an unknown option, a missing or surplus value, and too few or too many arguments. */
export function parseArguments<Options extends OptionTable>(rules: ArgumentRules<Options>, argv: readonly string[]) {
  const known: OptionTable = { ...rules.options, ...commonOptions };
  const { tokens } = parseArgs({ args: [...argv], options: toParseArgs(known), strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const given: string[] = [];
  const positionals: string[] = [];
  const rest: string[] = [];
  const numbersAt = new Set<number>();
  let afterTerminator = false;
  for (const token of tokens) {
    const word = argv[token.index] ?? '';
    if (token.kind === 'option-terminator') afterTerminator = rules.negativeNumbers !== true;
    else if (token.kind === 'positional') (afterTerminator ? rest : positionals).push(token.value);
    else if (rules.negativeNumbers === true && isNegativeNumber(word)) {
      // `-12` comes as two short options in one place.
      if (!numbersAt.has(token.index)) positionals.push(word);
      numbersAt.add(token.index);
    } else {
      const definition = known[token.name];
      if (definition === undefined) throw unknownOption(rules, known, token.rawName, token.name);
      // `--lines --follow` forgot a value; `--grep=-x` means what it says.
      const value = token.inlineValue === false && token.value.startsWith('-') && token.value !== '-' ? undefined : token.value;
      values.set(token.name, [...(values.get(token.name) ?? []), checkedValue(rules, definition, token.rawName, value)]);
      given.push(token.name);
    }
  }
  checkCounts(rules, positionals, rest);
  return { options: collect(rules.options, values), positionals, rest, given };
}

/** A usage error: exit code 2 and a pointer to the help. */
export function usageError(command: string, message: string): Failure {
  return new Failure('invalid-input', `${message}\nSee: tspm ${command} --help`);
}

/** A whole number within bounds, or `invalid-input`. */
export function wholeNumber(command: string, option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usageError(command, `--${option} takes a whole number from ${min} to ${max}, not "${text}"`);
}

function isNegativeNumber(text: string): boolean {
  return /^-\d+(?:\.\d+)?$/.test(text);
}

function toParseArgs(known: OptionTable): Record<string, { type: 'boolean' | 'string'; short?: string; multiple: boolean }> {
  return Object.fromEntries(
    Object.entries(known).map(([name, { type, short }]) => [name, { type, multiple: true, ...(short === undefined ? {} : { short }) }]),
  );
}

function unknownOption(rules: ArgumentRules<OptionTable>, known: OptionTable, rawName: string, name: string): Failure {
  const hint = rawName.startsWith('--') ? suggestion(name, Object.keys(known), '--') : '';
  const forProgram = rules.takesRest === true ? '\nOptions for the program itself go after --' : '';
  return usageError(rules.name, `unknown option "${rawName}"${hint}${forProgram}`);
}

function checkedValue(rules: ArgumentRules<OptionTable>, definition: OptionDefinition, rawName: string, value: string | undefined): string {
  if (definition.type === 'boolean') {
    if (value !== undefined) throw usageError(rules.name, `${rawName} takes no value, but "${value}" was given`);
    return '';
  }
  if (value === undefined || value === '') throw usageError(rules.name, `${rawName} needs a value: ${rawName} <${definition.value ?? 'value'}>`);
  return value;
}

function checkCounts(rules: ArgumentRules<OptionTable>, positionals: readonly string[], rest: readonly string[]): void {
  const { min, max } = rules.positionals;
  const usage = `tspm ${rules.name} ${rules.usage}`.trimEnd();
  if (positionals.length < min) throw usageError(rules.name, `an argument is missing: ${usage}`);
  if (positionals.length > max) throw usageError(rules.name, `too many arguments, from "${positionals[max] ?? ''}" on: ${usage}`);
  if (rest.length > 0 && rules.takesRest !== true) throw usageError(rules.name, `nothing may follow "--": ${usage}`);
}

function collect<Options extends OptionTable>(options: Options, values: ReadonlyMap<string, readonly string[]>): OptionValues<Options> {
  const collected = Object.entries(options).map(([name, definition]) => {
    const found = values.get(name);
    if (definition.type === 'boolean') return [name, found !== undefined];
    return [name, definition.multiple === true ? (found ?? []) : found?.at(-1)];
  });
  // Built from the table that the type is derived from.
  return Object.fromEntries(collected) as OptionValues<Options>;
}
