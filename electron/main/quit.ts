// What quitting means while services run: they go on under a headless engine, or are stopped, or the user says which. The application
// asks to be let go only when that is done.
import type { DesktopSettings } from '../../shared/contract/desktop.ts';

export type QuitDecision = 'keep' | 'stop' | 'cancel';

export interface QuitParts {
  readonly setting: () => DesktopSettings['quit'];
  /** Processes that run here; 0 when their engine is hosted elsewhere, and our going is nothing to them. */
  readonly running: () => Promise<number>;
  readonly ask: (running: number) => Promise<QuitDecision>;
  /** The engine is let go of; with `successor` another one goes on at once. */
  readonly handOver: (successor: boolean) => Promise<void>;
  readonly stopAll: () => Promise<void>;
  /** Something of it failed, and the application stays: the user is told. */
  readonly failed: (error: unknown) => void;
  /** Ends the application. */
  readonly leave: () => void;
}

export interface Quit {
  /** For `before-quit`: holds the application until everything is done. */
  request(event: { preventDefault(): void }): void;
  /** The system ends us: nobody is asked, and the services go on. */
  now(): void;
  /** The engine has ended already; nothing is left to be decided. */
  ended(): void;
}

export function createQuit(parts: QuitParts): Quit {
  let phase: 'staying' | 'deciding' | 'acting' | 'leaving' = 'staying';
  /** Of the newest request: an older one that still waits for its answer has nothing to say any more. */
  let request = 0;
  /** There is no staying, whatever fails. */
  let forced = false;

  function leave(): void {
    if (phase === 'leaving') return;
    phase = 'leaving';
    parts.leave();
  }

  async function decide(setting: DesktopSettings['quit'], own: number): Promise<void> {
    const running = await parts.running();
    const decision = running === 0 ? 'keep' : setting === 'ask' ? await parts.ask(running) : setting;
    if (own !== request || phase !== 'deciding') return;
    if (decision === 'cancel') {
      phase = 'staying';
      return;
    }
    phase = 'acting';
    if (decision === 'stop') await parts.stopAll();
    else await parts.handOver(running > 0);
    leave();
  }

  function begin(setting: DesktopSettings['quit']): void {
    phase = 'deciding';
    request += 1;
    decide(setting, request).catch((error: unknown) => {
      // Stopping ends the engine, which ends us, perhaps before its answer has come.
      if (phase === 'leaving') return;
      if (forced) return leave();
      phase = 'staying';
      parts.failed(error);
    });
  }

  return {
    request(event) {
      if (phase === 'leaving') return;
      // At once: Electron does not wait for promises here.
      event.preventDefault();
      if (phase === 'staying') begin(parts.setting());
    },
    now() {
      if (forced) return;
      forced = true;
      if (phase === 'staying' || phase === 'deciding') begin('keep');
    },
    ended: leave,
  };
}
