// `tspm reset`: restart counters begin again.
import { defineSelectionCommand } from '../selection.ts';

export const reset = defineSelectionCommand('reset', {
  about: 'Sets restart counters and the restart budget back to 0. Nothing is restarted.',
  doing: 'resetting',
  examples: [
    ['reset api', 'one process'],
    ['reset --all', 'all processes'],
  ],
});
