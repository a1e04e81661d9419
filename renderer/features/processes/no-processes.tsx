// Nothing is managed yet: how to begin, as commands that can be copied.
import { IconTerminal2 } from '@tabler/icons-react';
import { CommandLine } from '../../components/command-line.tsx';
import { Message } from '../../components/message.tsx';
import classes from './no-processes.module.css';

const beginnings = [
  { what: 'A script or a program', command: 'tspm start server.js' },
  { what: 'With a name and several instances', command: 'tspm start server.js --name api --instances 4' },
  { what: 'All services of a project, from a config', command: 'tspm init && tspm start' },
] as const;

export function NoProcesses() {
  return (
    <Message title="No processes yet" icon={<IconTerminal2 size={32} stroke={1.3} aria-hidden />}>
      <p className={classes['lead']}>Start one from a terminal. It appears here at once.</p>
      <dl className={classes['list']}>
        {beginnings.map(({ what, command }) => (
          <div key={command}>
            <dt>{what}</dt>
            <dd>
              <CommandLine command={command} />
            </dd>
          </div>
        ))}
      </dl>
    </Message>
  );
}
