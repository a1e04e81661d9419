// The frame around every page: navigation, the connection's state, the command palette and the keyboard's help.
import { Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { nameInPath } from '../format/paths.ts';
import { dropLayer } from '../features/processes/row-menu-state.ts';
import { useFresh, useStatus } from '../state/hooks.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { CommandPalette, loadAhead, ProcessPage, ShortcutHelp } from './lazy-parts.ts';
import { Navigation } from './navigation.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { openOverlay, useOverlay } from './overlay.ts';
import { PageError } from './page-error.tsx';
import { PageLoading } from './page-loading.tsx';
import { pages } from './pages.ts';
import classes from './shell.module.css';
import { useShellKeys } from './use-shell-keys.ts';

export function Shell() {
  const fresh = useFresh();
  const known = useStatus() !== null;
  const overlay = useOverlay();
  const [location] = useLocation();
  useShellKeys();
  useEffect(() => {
    // One layer at a time.
    if (overlay !== null) dropLayer();
  }, [overlay]);
  useEffect(() => {
    document.title = titleOf(location);
  }, [location]);
  useEffect(() => {
    if (known) void loadAhead();
  }, [known]);

  return (
    <div className={classes['shell']}>
      <Navigation />
      <main id="main" className={classes['main']} data-stale={known && !fresh ? true : undefined}>
        <ConnectionBanner />
        <PageError key={location}>
          <Suspense fallback={<PageLoading />}>
            <Switch>
              {pages.map(({ path, component }) => (
                <Route key={path} path={path} component={component} />
              ))}
              <Route path="/process/:name">{({ name }) => <ProcessPage key={name} name={nameInPath(name)} />}</Route>
              <Route component={NotFoundPage} />
            </Switch>
          </Suspense>
        </PageError>
      </main>
      <PageError key={overlay} onFailure={() => openOverlay(null)}>
        <Suspense>
          {overlay === 'palette' && <CommandPalette onClose={() => openOverlay(null)} />}
          {overlay === 'help' && <ShortcutHelp onClose={() => openOverlay(null)} />}
        </Suspense>
      </PageError>
    </div>
  );
}

function titleOf(location: string): string {
  const name = /^\/process\/(.+)$/.exec(location)?.[1];
  const title = name === undefined ? pages.find(({ path }) => path === location)?.title : nameInPath(name);
  return title === undefined ? 'TSPM' : `${title} · TSPM`;
}
