// A command that went wrong, as a notification that stays until it is read: the engine's words and the last lines of output.
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CommandProblem } from '../state/command-runner.ts';
import classes from './show-problem.module.css';

export function showProblem({ title, message, lastLines, overtaken }: CommandProblem): void {
  notifications.show({
    title,
    message: (
      <>
        <span className={classes['message']}>{message}</span>
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
