// `tspm stop`: processes go down and stay known.
import { defineSelectionCommand } from '../selection.ts';

export const stop = defineSelectionCommand('stop', {
  about: 'Stops processes, whole process trees, dependents first. They stay in the list; tspm start <name> brings them back.',
  doing: 'stopping',
  examples: [
    ['stop api', 'all instances of api'],
    ['stop api:0 worker', 'one instance, and another process'],
    ['stop --all', 'everything'],
  ],
});
