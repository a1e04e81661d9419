// A process that is not in the list: mistyped, deleted, or not started yet.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Message } from '../../components/message.tsx';
import { MiddleText } from '../../components/middle-text.tsx';
import { namePattern } from '../../../shared/model/limits.ts';
import { processesPath } from '../../format/paths.ts';
import classes from './process-page.module.css';

export function ProcessUnknown({ name }: { readonly name: string }) {
  return (
    <Message
      alone
      title="No process of this name"
      action={
        <Button component={Link} href={processesPath} variant="default">
          All processes
        </Button>
      }
    >
      <span className={classes.unknownName}>
        <MiddleText text={name} />
      </span>
      <p>{namePattern.test(name) ? 'It may have been deleted. This page comes back when it is started again.' : 'No process can have such a name: the link that led here is wrong.'}</p>
    </Message>
  );
}
