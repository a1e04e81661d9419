import { describe, expect, it } from 'vitest';
import { renderTable, truncate, type Column } from '../../../electron/cli/table.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { title: 'id', value: ({ id }) => id, align: 'right', drop: 2 },
  { title: 'name', value: ({ name }) => name, shrinkTo: 4 },
  { title: 'note', value: ({ note }) => note, hideEmpty: true, shrinkTo: 6, drop: 1 },
];
const rows: readonly Row[] = [
  { id: '1', name: 'api', note: '' },
  { id: '12', name: 'a-long-name', note: 'exited with code 1' },
];
const plain = (text: string): string => text;
const table = (width: number, some: readonly Row[] = rows): readonly string[] => renderTable(columns, some, width, plain).split('\n');

describe('renderTable', () => {
  it('aligns columns and ends lines without blanks', () => {
    expect(table(Number.POSITIVE_INFINITY)).toEqual(['id  name         note', ' 1  api', '12  a-long-name  exited with code 1']);
  });

  it('leaves out a column that has nothing to say', () => {
    expect(table(80, rows.slice(0, 1))).toEqual(['id  name', ' 1  api']);
  });

  it('shrinks the last column first and marks the cut', () => {
    expect(table(28)[2]).toBe('12  a-long-name  exited wit…');
  });

  it('drops columns by rank when shrinking is not enough', () => {
    expect(table(13)).toEqual(['name   note', 'api', 'a-lo…  exite…']);
    expect(table(8)).toEqual(['name', 'api', 'a-long-…']);
  });

  it.each([12, 16, 20, 24, 30, 40, 80])('never exceeds %d columns', (width) => {
    for (const line of table(width)) expect([...line].length).toBeLessThanOrEqual(width);
  });

  it('gives up on width rather than on the last column', () => {
    expect(table(3)).toEqual(['name', 'api', 'a-l…']);
  });

  it('colours the padded cell, so that colours do not shift columns', () => {
    const styled: readonly Column<Row>[] = [{ title: 'name', value: ({ name }) => name, style: (text) => `<${text}>` }, { title: 'id', value: ({ id }) => id }];
    expect(renderTable(styled, rows, 80, plain).split('\n')).toEqual(['name         id', '<api        >  1', '<a-long-name>  12']);
  });
});

describe('truncate', () => {
  it('counts characters, not code units', () => {
    expect(truncate('😀😀😀', 3)).toBe('😀😀😀');
    expect(truncate('😀😀😀', 2)).toBe('😀…');
  });
});
