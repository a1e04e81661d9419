import { describe, expect, it } from 'vitest';
import { parseArguments, wholeNumber, type ArgumentRules, type OptionTable } from '../../../electron/cli/arguments.ts';
import { Failure } from '../../../shared/model/failure.ts';

const options = {
  lines: { type: 'string', short: 'n', value: 'N', about: '' },
  follow: { type: 'boolean', short: 'f', about: '' },
  env: { type: 'string', short: 'e', multiple: true, value: 'NAME=value', about: '' },
} as const satisfies OptionTable;

const rules: ArgumentRules<typeof options> = { name: 'demo', usage: '[selector…]', options, positionals: { min: 0, max: 2 } };

function failureOf(argv: readonly string[], over: Partial<ArgumentRules<typeof options>> = {}): Failure {
  try {
    parseArguments({ ...rules, ...over }, argv);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('parseArguments', () => {
  it('knows flags, values, short names and repeated options', () => {
    const parsed = parseArguments(rules, ['api', '-fn', '5', '--env', 'A=1', '-e', 'B=2=3', '--lines=7']);
    expect(parsed.options).toEqual({ lines: '7', follow: true, env: ['A=1', 'B=2=3'] });
    expect(parsed.positionals).toEqual(['api']);
    expect(parsed.given).toEqual(['follow', 'lines', 'env', 'env', 'lines']);
  });

  it('gives false, undefined and an empty list for what is absent', () => {
    expect(parseArguments(rules, []).options).toEqual({ lines: undefined, follow: false, env: [] });
  });

  it('accepts --json everywhere', () => {
    expect(parseArguments(rules, ['--json']).given).toEqual(['json']);
  });

  it('keeps what follows -- apart, options included', () => {
    const parsed = parseArguments({ ...rules, takesRest: true }, ['x', '--', '--port', '80', '--']);
    expect(parsed).toMatchObject({ positionals: ['x'], rest: ['--port', '80', '--'] });
  });

  it('takes negative numbers for arguments only where they mean something', () => {
    const numbers = { ...rules, negativeNumbers: true, positionals: { min: 0, max: 3 } };
    expect(parseArguments(numbers, ['-1', '-f', '-12', '-n', '5'])).toMatchObject({ positionals: ['-1', '-12'], given: ['follow', 'lines'], options: { lines: '5' } });
    expect(parseArguments(numbers, ['api', '-1.5', '--', '-3'])).toMatchObject({ positionals: ['api', '-1.5', '-3'], rest: [] });
    expect(failureOf(['-1']).message).toContain('unknown option "-1"');
    for (const word of ['-1x', '-1-5', '-x1', '-.5']) expect(failureOf([word], numbers).message).toContain('unknown option "-');
    expect(failureOf(['--lines', '-1'], numbers).message).toContain('--lines needs a value');
  });

  it('takes a value that begins with a dash only in the long form', () => {
    expect(parseArguments(rules, ['--lines=-5']).options.lines).toBe('-5');
    expect(failureOf(['--lines', '-f']).message).toContain('--lines needs a value: --lines <N>');
  });

  it.each([
    [['--folow'], 'unknown option "--folow"; did you mean "--follow"?'],
    [['--zzzzzz'], 'unknown option "--zzzzzz"\n'],
    [['-x'], 'unknown option "-x"\n'],
    [['--follow=yes'], '--follow takes no value, but "yes" was given'],
    [['--lines'], '--lines needs a value'],
    [['--lines='], '--lines needs a value'],
    [['a', 'b', 'c'], 'too many arguments, from "c" on: tspm demo [selector…]'],
    [['--', 'x'], 'nothing may follow "--"'],
  ])('%j is refused', (argv, message) => {
    const failure = failureOf(argv);
    expect(failure.code).toBe('invalid-input');
    expect(failure.message).toContain(message);
    expect(failure.message).toContain('See: tspm demo --help');
  });

  it('says where options of the program go', () => {
    expect(failureOf(['--port'], { takesRest: true }).message).toContain('Options for the program itself go after --');
  });

  it('says what is missing', () => {
    expect(failureOf([], { positionals: { min: 1, max: 2 } }).message).toContain('an argument is missing: tspm demo [selector…]');
  });
});

describe('wholeNumber', () => {
  it('keeps to its bounds', () => {
    expect(wholeNumber('demo', 'lines', '10', 0, 10)).toBe(10);
    for (const text of ['11', '-1', '1.5', 'x', '', '1e3', '99999999999999999999']) {
      expect(() => wholeNumber('demo', 'lines', text, 0, 10)).toThrow(`--lines takes a whole number from 0 to 10, not "${text}"`);
    }
  });
});
