// `tspm restart`: down and up again, with what config and environment say now.
import { defineBringUpCommand } from '../selection.ts';

export const restart = defineBringUpCommand('restart', {
  about: 'Stops processes and starts them again, with the config file and the environment as they are now. Starts what is stopped.',
  doing: 'restarting',
  examples: [
    ['restart api', 'all instances of api'],
    ['restart 3', 'the instance with the id 3'],
    ['restart --all --no-wait', 'everything, and return at once'],
  ],
});
