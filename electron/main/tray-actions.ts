// What a click in the tray's menu does. A command that fails is told, since nobody watches a menu.
import type { Client } from '../../shared/client/client.ts';
import { assertNever } from '../../shared/model/assert-never.ts';
import { toFailureValue } from '../../shared/model/failure.ts';
import type { TrayAction } from '../tray/menu-model.ts';

export interface TrayActionParts {
  readonly client: Client;
  readonly open: (process: string | null, section: 'overview' | 'logs') => void;
  readonly startEngine: () => void;
  readonly quit: () => void;
  readonly failed: (what: string, message: string) => void;
}

export function trayActions({ client, open, startEngine, quit, failed }: TrayActionParts): (action: TrayAction) => void {
  const run = (what: string, command: Promise<unknown>): void => void command.catch((error: unknown) => failed(what, toFailureValue(error).message));
  return (action) => {
    switch (action.type) {
      case 'start':
        return run(`Start ${action.selector}`, client.call('resume', { selectors: [action.selector], wait: false }));
      case 'stop':
        return run(`Stop ${action.selector}`, client.call('stop', { selectors: [action.selector] }));
      case 'restart':
      case 'reload':
        return run(`${action.type === 'reload' ? 'Reload' : 'Restart'} ${action.selector}`, client.call(action.type, { selectors: [action.selector], wait: false }));
      case 'scale':
        return run(`Scale ${action.name}`, client.call('scale', { name: action.name, instances: { to: action.to }, wait: false }));
      case 'open':
        return open(action.process, action.section);
      case 'start-engine':
        return startEngine();
      case 'quit':
        return quit();
      default:
        assertNever(action);
    }
  };
}
