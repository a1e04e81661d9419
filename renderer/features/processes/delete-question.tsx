// Asks before processes are taken out of the list: what it does, and what it leaves alone.
import { Button, Modal } from '@mantine/core';
import { useLocation } from 'wouter';
import { nameInPath, processesPath } from '../../format/paths.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';
import classes from './delete-question.module.css';

const maxListed = 8;

export function DeleteQuestion({ names, onClose }: { readonly names: readonly string[]; readonly onClose: () => void }) {
  const { commands } = useServices();
  const fresh = useFresh();
  const [location, navigate] = useLocation();
  const [only] = names;
  const several = names.length > 1;
  const confirm = (): void => {
    onClose();
    // Its own page would have nothing to show.
    if (names.includes(nameInPath(location.replace(/^\/process\//, '')))) navigate(processesPath);
    void commands.run('delete', names);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={several ? `Delete ${names.length} processes?` : `Delete ${only ?? ''}?`}
      returnFocus={false}
      centered
      size="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes['title'] ?? '' }}
    >
      <p className={classes['text']}>
        {several ? 'They are stopped and leave the list. Their' : 'It is stopped and leaves the list. Its'} files, config and logs stay; <code>tspm start</code> brings {several ? 'them' : 'it'} back.
      </p>
      {several && (
        <ul className={classes['names']}>
          {names.slice(0, maxListed).map((name) => (
            <li key={name}>{name}</li>
          ))}
          {names.length > maxListed && <li>and {names.length - maxListed} more</li>}
        </ul>
      )}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep
        </Button>
        <Button color="red.7" onClick={confirm} disabled={!fresh}>
          Delete
        </Button>
      </div>
    </Modal>
  );
}
