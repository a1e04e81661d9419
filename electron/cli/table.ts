// Aligned columns that fit the terminal. Measured against cli-table3: see the note on `renderTable`.

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** Colours a cell; gets the padded text. */
  readonly style?: (text: string, row: Row) => string;
  /** Left out when every cell is empty. */
  readonly hideEmpty?: boolean;
  /** Columns with a higher number are left out first when the terminal is too narrow; without one a column stays. */
  readonly drop?: number;
  /** May be cut down to this many characters. */
  readonly shrinkTo?: number;
}

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  readonly width: number;
}

const gap = '  ';

/**
 * The rows below a line of titles, at most `width` characters wide where the columns allow it. Cells must be printable
 * text. Own code instead of cli-table3 because a table that drops columns has to be laid out before any library sees
 * it, and what remains is less than loading one costs (`list` has about 30 ms beyond the start of Node).
 */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number, styleTitle: (text: string) => string): string {
  const fitted = fit(measure(columns, rows), width);
  const title = fitted.map((entry, index) => pad(entry, entry.column.title, index === fitted.length - 1)).join(gap);
  const lines = rows.map((row, rowIndex) =>
    fitted
      .map((entry, index) => {
        const text = pad(entry, entry.cells[rowIndex] ?? '', index === fitted.length - 1);
        return entry.column.style === undefined ? text : entry.column.style(text, row);
      })
      .join(gap)
      .trimEnd(),
  );
  return [styleTitle(title.trimEnd()), ...lines].join('\n');
}

function measure<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Measured<Row>[] {
  return columns
    .map((column) => {
      const cells = rows.map(column.value);
      return { column, cells, width: Math.max(column.title.length, ...cells.map(textWidth)) };
    })
    .filter(({ column, cells }) => column.hideEmpty !== true || cells.some((cell) => cell !== ''));
}

function fit<Row>(measured: Measured<Row>[], width: number): Measured<Row>[] {
  let fitted = shrink(measured, width);
  while (totalWidth(fitted) > width) {
    const victim = fitted.reduce<Measured<Row> | null>((worst, entry) => ((entry.column.drop ?? 0) > (worst?.column.drop ?? 0) ? entry : worst), null);
    if (victim === null) return fitted;
    measured = measured.filter((entry) => entry.column !== victim.column);
    fitted = shrink(measured, width);
  }
  return fitted;
}

function shrink<Row>(measured: readonly Measured<Row>[], width: number): Measured<Row>[] {
  let excess = totalWidth(measured) - width;
  // The last columns give way first: they hold the longest text.
  return [...measured].reverse().map((entry) => {
    const least = Math.min(entry.width, Math.max(entry.column.shrinkTo ?? entry.width, entry.column.title.length));
    const cut = Math.min(Math.max(0, excess), entry.width - least);
    excess -= cut;
    return { ...entry, width: entry.width - cut };
  }).reverse();
}

function totalWidth(measured: readonly Measured<never>[]): number {
  return measured.reduce((sum, entry) => sum + entry.width, 0) + gap.length * Math.max(0, measured.length - 1);
}

function pad<Row>(entry: Measured<Row>, text: string, isLast: boolean): string {
  const cut = truncate(text, entry.width);
  const space = ' '.repeat(Math.max(0, entry.width - textWidth(cut)));
  if (entry.column.align === 'right') return space + cut;
  return isLast ? cut : cut + space;
}

/** Cuts to a width and says so with an ellipsis. */
export function truncate(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;
}

function textWidth(text: string): number {
  let width = 0;
  for (const _character of text) width += 1;
  return width;
}
