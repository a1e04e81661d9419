// How the process was defined. The command in a line; the rest unfolds.
import { useState } from 'react';
import type { ProcessDescription } from '../../../shared/contract/process.ts';
import { factsOf } from './facts.ts';
import classes from './process-facts.module.css';

/** Windows as high as this have room for everything. */
const roomyHeight = 1150;

export function ProcessFacts({ description }: { readonly description: ProcessDescription | undefined }) {
  const [open] = useState(() => window.innerHeight >= roomyHeight);
  const facts = description === undefined ? [] : factsOf(description);
  const command = facts[0]?.value ?? '';
  return (
    <details className={classes.card} open={open}>
      <summary className={classes.summary}>
        <span className={classes.heading}>Definition</span>
        <code className={classes.command} title={command}>
          {command}
        </code>
      </summary>
      <dl className={classes.facts}>
        {facts.map(({ name, value, literal }) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd className={literal ? classes.literal : undefined} title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
