// The door is locked: how to get a key, and where to show it.
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CommandLine } from '../components/command-line.tsx';
import { errorMessage } from '../../shared/model/failure.ts';
import { useServices } from '../state/app-context.tsx';
import { FullPage } from './full-page.tsx';

const refusedWords = 'This key is not, or no longer, right. Run the command again for a new one.';

export function DeniedPage({ refused }: { readonly refused: boolean }) {
  const { host } = useServices();
  const [key, setKey] = useState('');
  const [mistake, setMistake] = useState<string | null>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMistake(null);
    host.unlock(key).catch((error: unknown) => setMistake(errorMessage(error)));
  };

  return (
    <FullPage title="This dashboard needs a key">
      <p>It controls the services of this machine, so it opens only for whoever can use TSPM&apos;s command line. Run this command; it opens a page that has the key:</p>
      <CommandLine command="tspm dashboard" />
      <form onSubmit={submit}>
        <TextInput
          label="Or paste the link or the key that it prints"
          description="tspm dashboard --no-open prints the link"
          placeholder="http://127.0.0.1:…/#token=…"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={mistake ?? (refused ? refusedWords : null)}
          autoComplete="off"
          spellCheck={false}
          mt="lg"
          autoFocus
        />
        <Button type="submit" mt="md" disabled={key.trim() === ''}>
          Open
        </Button>
      </form>
    </FullPage>
  );
}
