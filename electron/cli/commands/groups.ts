// `tspm groups`: what belongs together.
import { defineCommand } from '../command.ts';
import { drawTree, type TreeNode } from '../draw-tree.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Colours } from '../output.ts';
import { listProcesses } from '../process-list.ts';
import { noProcesses, stateColour } from '../process-table.ts';
import { processTree, statesText, type NamespaceBranch, type ProcessLeaf } from '../process-tree.ts';

export const groups = defineCommand({
  name: 'groups',
  usage: '',
  about: 'Shows namespaces and, below each, its groups and processes, with how many instances are in which state.',
  options: {},
  examples: [
    ['groups', 'the tree'],
    ['groups --json', 'for programs'],
  ],
  json: `[{ namespace, groups: [{ group, processes: [{ name, instances, states }] }] }]
group: null for processes without one; instances: how many; states: { online: 2, … }, only those that occur`,
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { output } = context;
    const tree = processTree(await listProcesses(context, []));
    output.result(tree, () => groupsText(tree, output.colours));
    return exitCodes.done;
  },
});

export function groupsText(tree: readonly NamespaceBranch[], colours: Colours): string {
  if (tree.length === 0) return noProcesses;
  return drawTree(tree.map((branch) => namespaceNode(branch, colours))).join('\n');
}

function namespaceNode({ namespace, groups }: NamespaceBranch, colours: Colours): TreeNode {
  const children = groups.flatMap(({ group, processes }) => {
    const nodes = processNodes(processes, colours);
    return group === null ? nodes : [{ label: `${colours.dim('group')} ${group}`, children: nodes }];
  });
  return { label: colours.bold(namespace), children };
}

function processNodes(processes: readonly ProcessLeaf[], colours: Colours): readonly TreeNode[] {
  const width = Math.max(...processes.map(({ name }) => name.length));
  return processes.map(({ name, states }) => {
    const summary = statesText(states, (text, state) => stateColour(state, colours)(text));
    return { label: `${colours.bold(name.padEnd(width))}  ${summary}`, children: [] };
  });
}
