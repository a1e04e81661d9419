import { describe, expect, it } from 'vitest';
import { drawTree } from '../../../electron/cli/draw-tree.ts';

const leaf = (label: string) => ({ label, children: [] });

describe('drawTree', () => {
  it('draws lines as far as something follows', () => {
    const roots = [
      { label: 'a', children: [{ label: 'b', children: [leaf('c'), { label: 'd', children: [leaf('e')] }] }, { label: 'f', children: [leaf('g')] }] },
      leaf('h'),
    ];
    expect(drawTree(roots)).toEqual(['a', '├─ b', '│  ├─ c', '│  └─ d', '│     └─ e', '└─ f', '   └─ g', 'h']);
  });

  it('draws nothing for nothing', () => expect(drawTree([])).toEqual([]));
});
