// `tspm delete`: processes go down and are forgotten.
import { defineSelectionCommand } from '../selection.ts';

export const deleteCommand = defineSelectionCommand('delete', {
  about: 'Stops processes and forgets them. Their log files stay.',
  doing: 'deleting',
  examples: [
    ['delete worker', 'one process'],
    ["delete 'web-*'", 'those that a glob names'],
    ['delete --all', 'everything'],
  ],
});
