// Who this process is, and whose files it can rely on.
import { lstatSync } from 'node:fs';

export interface Identity {
  readonly uid: number;
  readonly gid: number;
  /** Nobody but this user, root, and the owner of `/` (root's number inside a user namespace) can change what is theirs. */
  trusts(uid: number): boolean;
}

/** null on Windows, where homes and pipes are kept apart by the system. */
export function ownIdentity(): Identity | null {
  if (process.platform === 'win32' || process.geteuid === undefined || process.getegid === undefined) return null;
  const uid = process.geteuid();
  const root = lstatSync('/').uid;
  return { uid, gid: process.getegid(), trusts: (owner) => owner === uid || owner === 0 || owner === root };
}
