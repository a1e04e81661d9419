import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../electron/shim/backlog.ts';

function content(backlog: Backlog): string {
  const parts: Buffer[] = [];
  for (let part = backlog.shift(); part !== undefined; part = backlog.shift()) parts.push(part);
  return Buffer.concat(parts).toString();
}

const line = (number: number): string => `${String(number).padStart(9, '0')}\n`;
const mebibyte = 1 << 20;

describe('Backlog', () => {
  it('gives back what it was given, in order', () => {
    const budget = { used: 0 };
    const backlog = new Backlog(budget);
    backlog.push(Buffer.from('one\ntw'));
    expect(budget.used).toBe(0);
    backlog.hold(true);
    backlog.push(Buffer.from('o\n'));
    expect(budget.used).toBe(8);
    expect(content(backlog)).toBe('one\ntwo\n');
    expect(budget.used).toBe(0);
  });

  it('keeps the newest whole lines of a mebibyte and counts the others', () => {
    const backlog = new Backlog({ used: 0 });
    const total = 300_000;
    for (let number = 0; number < total; number += 1) backlog.push(Buffer.from(line(number)));
    const kept = content(backlog);
    expect(kept.length).toBeLessThanOrEqual(mebibyte);
    expect(kept.length).toBeGreaterThan(mebibyte - 20);
    expect(backlog.lostBytes + kept.length).toBe(total * 10);
    expect(backlog.lostLines + kept.length / 10).toBe(total);
    expect(kept.startsWith(line(backlog.lostLines))).toBe(true);
  });

  it('drops at line boundaries also when lines come in pieces', () => {
    const backlog = new Backlog({ used: 0 });
    const text = Array.from({ length: 200_000 }, (_, number) => line(number)).join('');
    for (let sent = 0; sent < text.length; sent += 7777) backlog.push(Buffer.from(text.slice(sent, sent + 7777)));
    const kept = content(backlog);
    expect(text.endsWith(kept)).toBe(true);
    expect(kept).toMatch(/^\d{9}\n/);
    expect(backlog.lostBytes + kept.length).toBe(text.length);
    expect(backlog.lostLines).toBe(backlog.lostBytes / 10);
  });

  it('drops a line whose beginning is gone to its end', () => {
    const backlog = new Backlog({ used: 0 });
    backlog.push(Buffer.alloc(mebibyte + 1, 'x'));
    backlog.push(Buffer.from('still that line\nnext\n'));
    expect(content(backlog)).toBe('next\n');
    expect(backlog.lostLines).toBe(1);
  });

  it('gives up its own oldest lines when all backlogs together hold too much', () => {
    const budget = { used: 0 };
    const others = Array.from({ length: 32 }, () => new Backlog(budget));
    for (const other of others) {
      other.push(Buffer.alloc(mebibyte, 'x\n'));
      other.hold(true);
    }
    const flowing = new Backlog(budget);
    flowing.push(Buffer.from('costs nobody anything\n'));
    expect(flowing.lostLines).toBe(0);
    const late = new Backlog(budget);
    late.hold(true);
    late.push(Buffer.from('late\n'));
    expect(late.lostLines).toBe(1);
    others[0]?.clear();
    late.push(Buffer.from('later\n'));
    expect(content(late)).toBe('later\n');
  });
});
