// A command that went wrong, as a notification that stays until it is read: the engine's words and the last lines of output.
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CommandProblem } from '../state/command-runner.ts';
import classes from './show-problem.module.css';

export function showProblem({ title, message, lastLines, overtaken }: CommandProblem): void {
  // A mistake in a config comes with the lines around it, and with marks under the place.
  const [words = '', ...frame] = message.split('\n');
  notifications.show({
    title,
    message: (
      <>
        <span className={classes['message']}>{words}</span>
        {frame.length > 0 && (
          <pre className={`${classes['lines']} ${classes['frame']}`} tabIndex={0} aria-label="The place in the config">
            {frame.join('\n')}
          </pre>
        )}
        {lastLines.length > 0 && (
          <pre className={classes['lines']} tabIndex={0} aria-label="Last lines of output">
            {lastLines.join('\n')}
          </pre>
        )}
      </>
    ),
    icon: <IconAlertTriangle size={18} aria-hidden />,
    color: overtaken ? 'gray' : 'red',
    autoClose: overtaken ? 8000 : false,
    role: overtaken ? 'status' : 'alert',
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}
