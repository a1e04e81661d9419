// RESULTS.md has one section for each figure, so that a figure can be measured again and the others stay as they are.

export interface Section {
  readonly name: string;
  /** Everything below its heading. */
  readonly text: string;
}

const heading = /^## (.+)\n/m;

/** The sections of a page, the one about the machine included. */
export function parseSections(page: string): readonly Section[] {
  return page
    .split(/^(?=## )/m)
    .flatMap((text) => {
      const [line, name] = heading.exec(text) ?? [];
      return line === undefined || name === undefined ? [] : [{ name, text: text.slice(line.length).trim() }];
    });
}

export function printSections(sections: readonly Section[]): string {
  return sections.map(({ name, text }) => `## ${name}\n\n${text}\n`).join('\n');
}

/** Those of `names`, in this order; a new one instead of an old one of the same name. */
export function mergeSections(old: readonly Section[], fresh: readonly Section[], names: readonly string[]): readonly Section[] {
  return names.flatMap((name) => [fresh, old].flatMap((sections) => sections.filter((one) => one.name === name)).slice(0, 1));
}
