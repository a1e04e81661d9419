// Compiles the small C programs that the figures manage.
import path from 'node:path';
import { cleanEnvironment, output } from './command.ts';
import { temporaryFolder } from './manager.ts';

const names = ['idle', 'birth', 'writer'] as const;

export type Programs = Readonly<Record<(typeof names)[number], string>>;

/** Static, so that loading them costs next to nothing. Throws an Error when there is no gcc. */
export function compilePrograms(): { readonly programs: Programs; remove(): void } {
  const { folder, remove } = temporaryFolder();
  const compiled = names.map((name) => {
    const target = path.join(folder, name);
    output('gcc', ['-O2', '-static', '-o', target, path.join(import.meta.dirname, 'programs', `${name}.c`)], cleanEnvironment({}));
    return [name, target] as const;
  });
  return { programs: Object.fromEntries(compiled) as Programs, remove };
}
