// A state by shape and colour: each shape is another one, so that colour is never the only difference.
import type { ReactNode } from 'react';
import type { ProcessState } from '../../shared/model/process-state.ts';
import { stateTones } from './state-looks.ts';

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const shapes: Readonly<Record<ProcessState, ReactNode>> = {
  online: <circle cx={7} cy={7} r={4.5} fill="currentColor" />,
  waiting: <circle cx={7} cy={7} r={4.6} {...line} strokeDasharray="2.2 2.6" />,
  starting: (
    <>
      <circle cx={7} cy={7} r={4.6} {...line} />
      <path d="M7 2.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" />
    </>
  ),
  stopping: (
    <>
      <circle cx={7} cy={7} r={4.9} {...line} />
      <rect x={5.2} y={5.2} width={3.6} height={3.6} fill="currentColor" />
    </>
  ),
  backoff: <path d="M7 1.8 12.8 12H1.2zM7 5.6v3" {...line} />,
  lost: <path d="M7 1.4 12.6 7 7 12.6 1.4 7z" {...line} strokeDasharray="2.4 2" />,
  errored: <path d="M7 .8 13.2 7 7 13.2.8 7z" fill="currentColor" />,
  stopped: <rect x={2.9} y={2.9} width={8.2} height={8.2} rx={1} {...line} />,
  exited: <path d="m2.4 7.4 3 3 6.2-6.6" {...line} />,
};

export function StateMark({ state, size = 14 }: { readonly state: ProcessState; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden style={{ flex: 'none', color: `var(--tspm-${stateTones[state]})` }}>
      {shapes[state]}
    </svg>
  );
}
