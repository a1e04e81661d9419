// `tspm reload`: new instances for old ones, without a gap where there is a port.
import { defineBringUpCommand } from '../selection.ts';

export const reload = defineBringUpCommand('reload', {
  about: `Replaces the instances of a process one after the other. Config file and environment are taken as they are now.
With a port: a new instance is started beside the old one and takes over when it is ready. The old one gets nothing new and
may finish what it has, up to drainTimeout. When a new one does not become ready, the reload stops, the old ones stay, and
the exit code is 1.
Without a port: the instances are restarted, the next one when the one before is ready. When one does not get ready, the
rest is left as it is.`,
  doing: 'reloading',
  examples: [
    ['reload api', 'instance by instance'],
    ['reload --group web', 'all processes of a group'],
    ['reload --all', 'everything'],
  ],
});
