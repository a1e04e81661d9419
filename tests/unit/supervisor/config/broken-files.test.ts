import { expect, test } from 'vitest';
import type { BrokenFile } from './broken-files.ts';
import { brokenFiles } from './broken-files.ts';
import { createWorkspace, problemsOf, summaries } from './workspace.ts';

test.each(brokenFiles)('$title', async ({ file = 'tspm.yaml', text, expected, hint }: BrokenFile) => {
  const workspace = await createWorkspace();
  await workspace.write('run.js', '');
  await workspace.write('main.ts', '');
  await workspace.write('data.txt', '');
  await workspace.write('folder/inside', '');
  await workspace.write(file, text);

  const result = await workspace.load(file, { HOME: workspace.folder, WORD: 'many', BIG: '70000' });

  const found = summaries(result);
  expect(found.map((summary, index) => (matches(summary, expected[index] ?? expected.at(-1)) ? 'as expected' : summary))).toEqual(found.map(() => 'as expected'));
  if (expected.at(-1) === '…') expect(found.length).toBeGreaterThanOrEqual(expected.length - 1);
  else expect(found).toHaveLength(expected.length);
  if (hint !== undefined) expect(problemsOf(result)[0]?.hint).toContain(hint);
  for (const { frame, message } of problemsOf(result)) {
    expect(frame).toMatch(/^> *\d+ \|/m);
    expect(frame + message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
});

test('the table is as large as promised', () => {
  expect(brokenFiles.length).toBeGreaterThanOrEqual(60);
});

/** A pattern is the beginning of the summary; `…` stands for anything. */
function matches(summary: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  let at = 0;
  for (const [index, part] of pattern.split('…').entries()) {
    const found = summary.indexOf(part, at);
    if (found === -1 || (index === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return true;
}
