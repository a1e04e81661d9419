// A page that stands alone, without navigation: something has to be done before there is anything else to see.
import type { ReactNode } from 'react';
import classes from './full-page.module.css';
import { Logo } from './logo.tsx';

export function FullPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <Logo size={36} />
        <h1 className={classes['title']}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
