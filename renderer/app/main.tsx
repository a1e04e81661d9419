// The entry of the pages, in a browser and in the desktop's window: builds what everything shares and draws the first page.
import { createRoot } from 'react-dom/client';
import { pageStorage } from '../host/preferences.ts';
import { connectHost } from '../host/connect-host.ts';
import { createCommandRunner } from '../state/command-runner.ts';
import { createEngineStore } from '../state/engine-store.ts';
import { followEvents } from '../state/follow-events.ts';
import { createTickingClock } from '../state/ticking-clock.ts';
import { App } from './app.tsx';
import { watchMissingParts } from './missing-parts.ts';
import { showProblem } from './show-problem.tsx';

/** Events that come within a frame are drawn together. */
const frameMs = 16;

const host = connectHost();
const engine = createEngineStore({
  client: host.client,
  follow: (feed) => followEvents(host, feed),
  now: Date.now,
  soon: (callback) => setTimeout(callback, frameMs),
});
const commands = createCommandRunner(host.client, showProblem);
const clock = createTickingClock(Date.now);

watchMissingParts({
  events: window,
  connection: host.connection,
  storage: pageStorage(),
  now: Date.now,
  reachable: () =>
    fetch(window.location.pathname, { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    ),
  reload: () => window.location.reload(),
  later: (ms, callback) => void setTimeout(callback, ms),
});

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App services={{ host, engine, commands, clock }} />);
