// `tspm reload`: a restart that always leaves the other instances running.
import { defineBringUpCommand } from '../selection.ts';

export const reload = defineBringUpCommand('reload', {
  about: 'Restarts the instances of a process one after the other; the next one goes when the one before is ready.\nConfig file and environment are taken as they are now. When an instance does not get ready, the rest is left as it is.',
  doing: 'reloading',
  examples: [
    ['reload api', 'instance by instance'],
    ['reload --all', 'everything'],
  ],
});
