// Shows notices on the desktop, and does what a click on one of them asks for.
import { Notification } from 'electron';

export interface Notifications {
  show(notice: { readonly title: string; readonly body: string }, clicked: () => void): void;
}

/** Electron forgets a notification that nobody holds, and with it the click. The oldest go first. */
const mostHeld = 32;

export function createNotifications(log: (message: string) => void): Notifications {
  const held = new Set<Notification>();
  return {
    show({ title, body }, clicked) {
      if (!Notification.isSupported()) return log(`no notifications on this desktop; it would be: ${title}: ${body}`);
      const notification = new Notification({ title, body });
      const release = (): void => void held.delete(notification);
      held.add(notification);
      const oldest = held.values().next().value;
      if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
      notification.once('click', () => {
        release();
        clicked();
      });
      notification.once('close', release);
      notification.once('failed', (_event, problem) => {
        release();
        log(`a notification cannot be shown: ${problem}`);
      });
      notification.show();
    },
  };
}
