// An address that leads nowhere.
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { Message } from '../components/message.tsx';
import { processesPath } from '../format/paths.ts';

export function NotFoundPage() {
  return (
    <Message alone title="There is no such page" action={<Button component={Link} href={processesPath}>Go to the processes</Button>}>
      The address may be of another version of TSPM.
    </Message>
  );
}
