// The way to one Node program: connections go over its IPC channel, and it says which it has taken and which have ended. Until it has
// taken one, a copy stays here, so that it can be given to another instance.
import type { ChildProcess } from 'node:child_process';
import { pipelineHandles, type HandlePipeline } from '../../platform/handle-pipeline.ts';
import type { RawConnection } from '../../platform/raw-connection.ts';
import { handoffCommand, parseWord, type ToPreload, type WordFromPreload } from '../preload-protocol.ts';
import type { Target } from './target.ts';

/** What a program that does not run its event loop may keep waiting; then others are asked. */
const maxUntaken = 512;

const connectionMessage: ToPreload = { cmd: handoffCommand, type: 'connection' };
const drainMessage: ToPreload = { cmd: handoffCommand, type: 'drain' };

export interface LinkListener {
  announced(what: { readonly listening?: true; readonly ready?: true }): void;
  /** It did not take this connection: somebody else has to. */
  returned(connection: RawConnection): void;
}

/** `target`: null for a program that is in no cluster, and only says when it is ready. */
export function openLink(child: ChildProcess, target: Target | null, listener: LinkListener): HandoffLink {
  return new HandoffLink(child, target, listener);
}

export class HandoffLink {
  private readonly untaken: RawConnection[] = [];
  private readonly pipeline: HandlePipeline;

  constructor(
    private readonly child: ChildProcess,
    private readonly target: Target | null,
    private readonly listener: LinkListener,
  ) {
    this.pipeline = pipelineHandles(child);
    // Node hides messages whose command begins with NODE_ from a program's own listeners.
    child.on('internalMessage', (message: unknown) => {
      const word = parseWord(message);
      if (word !== null) this.hear(word);
    });
    child.on('message', (message) => {
      if (message === 'ready') this.listener.announced({ ready: true });
    });
  }

  /** False when it is not to be had for more. */
  hand(connection: RawConnection): boolean {
    if (!this.child.connected || this.untaken.length >= maxUntaken) return false;
    this.target?.began();
    this.untaken.push(connection);
    this.pipeline.send(connectionMessage, connection);
    return true;
  }

  tellDraining(): void {
    if (this.child.connected) this.pipeline.send(drainMessage);
  }

  /** The program is gone: what it had not taken lives on. */
  gone(): void {
    for (const connection of this.untaken.splice(0)) this.giveBack(connection);
  }

  private hear(word: WordFromPreload): void {
    if (word.type === 'listening') {
      this.listener.announced({ listening: true });
      return;
    }
    if (word.type === 'drained') {
      this.target?.ended();
      return;
    }
    for (const connection of this.untaken.splice(0, word.taken)) connection.close();
    for (const connection of this.untaken.splice(0, word.refused)) this.giveBack(connection);
    if (this.target === null) return;
    if (word.taken > 0) this.target.succeeded();
    if (word.closed > 0) this.target.ended(word.closed);
  }

  private giveBack(connection: RawConnection): void {
    this.target?.handedOn();
    this.listener.returned(connection);
  }
}
