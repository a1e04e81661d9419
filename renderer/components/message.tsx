// What a page says when there is nothing else to show: what it is, and what to do next.
import type { ReactNode } from 'react';
import classes from './message.module.css';

interface MessageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  /** When it is all there is of a page. */
  readonly alone?: boolean;
}

export function Message({ title, children, icon, action, alone = false }: MessageProps) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <section className={classes['message']}>
      {icon !== undefined && <div className={classes['icon']}>{icon}</div>}
      <Heading className={classes['title']}>{title}</Heading>
      <div className={classes['text']}>{children}</div>
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </section>
  );
}
