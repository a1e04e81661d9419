// Box-drawing lines between a tree's labels.

export interface TreeNode {
  readonly label: string;
  readonly children: readonly TreeNode[];
}

/** One line per node. Roots stand at the left; whatever is below one hangs on `├─` and `└─`. */
export function drawTree(roots: readonly TreeNode[]): readonly string[] {
  return roots.flatMap(({ label, children }) => [label, ...branches(children)]);
}

function branches(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap(({ label, children }, index) => {
    const isLast = index === nodes.length - 1;
    const below = branches(children).map((line) => `${isLast ? '   ' : '│  '}${line}`);
    return [`${isLast ? '└─' : '├─'} ${label}`, ...below];
  });
}
