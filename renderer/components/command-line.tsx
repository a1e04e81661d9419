// A command to type into a terminal, with a button that copies it.
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './command-line.module.css';

export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className={classes['line']}>
      <code className={classes['code']}>
        <span className={classes['prompt']} aria-hidden>
          $
        </span>
        {command}
      </code>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? 'Copied' : `Copy the command ${command}`}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
