// State by shape and word, and beside it why, or what is being done about it.
import type { ProcessSnapshot } from '../../../shared/contract/process.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { stateMeanings, stateTones, stateWords } from '../../components/state-looks.ts';
import { actionWords } from '../../state/actions.ts';
import type { PendingCommand } from '../../state/command-runner.ts';
import { useInstancePending, usePending } from '../../state/hooks.ts';
import type { ProcessGroup } from '../../state/process-groups.ts';
import classes from './cells.module.css';

export function GroupStateCell({ group }: { readonly group: ProcessGroup }) {
  const { instances, online, state } = group;
  const pending = usePending(group.name);
  const alike = instances.every((one) => one.state === state);
  const word = instances.length === 1 || (alike && state !== 'online') ? stateWords[state] : `${online}/${instances.length} online`;
  return <StateCell state={state} word={word} reason={group.reason} pending={pending} />;
}

export function InstanceStateCell({ instance }: { readonly instance: ProcessSnapshot }) {
  // What is done to the whole process is said in its own line.
  const pending = useInstancePending(instance.name, instance.instance);
  return <StateCell state={instance.state} word={stateWords[instance.state]} reason={instance.reason} pending={pending} />;
}

interface StateCellProps {
  readonly state: ProcessSnapshot['state'];
  readonly word: string;
  readonly reason: string;
  readonly pending: PendingCommand | undefined;
}

function StateCell({ state, word, reason, pending }: StateCellProps) {
  return (
    <>
      <StateMark state={state} />
      <span className={classes['state']} data-quiet={stateTones[state] === 'idle' ? true : undefined} title={stateMeanings[state]}>
        {word}
      </span>
      {pending === undefined ? (
        <span className={classes['reason']} title={reason}>
          {reason}
        </span>
      ) : (
        <span className={`${classes['reason']} ${classes['pending']}`}>{pendingWords(pending, word)}</span>
      )}
    </>
  );
}

/** Nothing where the state says the same. */
function pendingWords({ action, progress }: PendingCommand, stateWord: string): string {
  const { doing } = actionWords[action];
  if (doing === stateWord) return '';
  return progress === null || progress.total < 2 ? `${doing}…` : `${doing} ${progress.done}/${progress.total}…`;
}
