// `tspm flush`: empties log files.
import { defineSelectionCommand } from '../selection.ts';

export const flush = defineSelectionCommand('flush', {
  about: 'Empties the log files of processes and removes their rotated ones.',
  doing: 'flushing',
  examples: [
    ['flush api', 'the logs of one process'],
    ['flush --all', 'all logs'],
  ],
});
