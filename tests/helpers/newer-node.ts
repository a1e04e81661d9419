// A Node that can fetch Electron's program: this one, or a newer one from npm.
import { existsSync } from 'node:fs';

const fetcher = new URL('../node/fetch-node.mjs', import.meta.url).href;

interface Fetcher {
  fetchNode(version: string): string;
  nodeFile(version: string): string;
}

const load = (): Promise<Fetcher> => import(fetcher) as Promise<Fetcher>;

const isEnough = (): boolean => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
};

export const olderNode = isEnough() ? null : process.execPath;

/** Null, with what npm said printed, when there is none. The setup of all tests calls it first. */
export async function newerNode(fetch = false): Promise<string | null> {
  if (isEnough()) return process.execPath;
  const { fetchNode, nodeFile } = await load();
  if (fetch) {
    try {
      return fetchNode('24');
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error));
      return null;
    }
  }
  return existsSync(nodeFile('24')) ? nodeFile('24') : null;
}

