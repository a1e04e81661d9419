// The door of the browser dashboard: a key opens a session, which is a cookie that pages cannot read.
import { Failure } from '../../shared/model/failure.ts';

const sessionPath = '/v1/session';
const patienceMs = 5000;

/** Throws a Failure `forbidden` when the key is not right, `engine-unreachable` when nobody answers. */
export async function unlockDoor(token: string): Promise<void> {
  const response = await ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
  if (response.status === 401 || response.status === 403) throw new Failure('forbidden', 'this key does not open the dashboard', 'refused');
  if (!response.ok) throw new Failure('engine-unreachable', `the dashboard answered ${response.status} to the key`);
}

/** The door ends what is open in the session. Throws a Failure when it does not say that it has. */
export async function endSession(): Promise<void> {
  const response = await ask({ method: 'DELETE' });
  if (!response.ok) throw new Failure('failed', `the dashboard answered ${response.status}; tspm dashboard --rotate-key ends all sessions`);
}

/** False also when nobody answers: the connection that failed before has told that. */
export async function isLocked(): Promise<boolean> {
  try {
    const { status } = await ask({ method: 'GET' });
    return status === 401 || status === 403;
  } catch {
    // Nobody answers.
    return false;
  }
}

async function ask(init: RequestInit): Promise<Response> {
  try {
    return await fetch(sessionPath, { ...init, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    throw new Failure('engine-unreachable', 'TSPM does not answer; it may have been stopped', { cause: String(error) });
  }
}
