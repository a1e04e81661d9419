// The addresses of the door: which of them are this machine only, and by which names a browser may call it.
import { isIP } from 'node:net';

export const defaultHost = '127.0.0.1';
/** Where the dashboard is looked for first. */
export const defaultPort = 8776;

const httpPort = 80;

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** For a browser on this machine: a wildcard address is reached over loopback. Ends without a slash. */
export function originOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? defaultHost : host === '::' ? '::1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Whether a Host header names this server. On loopback only its three names do. Elsewhere also every address in digits, which no
 * foreign name server can bend to us (DNS rebinding), the name the door was opened under, and the machine's own name.
 */
export function createHostRule(host: string, port: number, machine: string): (header: string | undefined) => boolean {
  const names = new Set(['127.0.0.1', 'localhost', '::1', host.toLowerCase(), ...(isLoopback(host) ? [] : [machine.toLowerCase()])]);
  return (header) => {
    const parts = /^(?:\[([\da-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec((header ?? '').toLowerCase());
    if (parts === null || Number(parts[3] ?? httpPort) !== port) return false;
    const name = parts[1] ?? parts[2] ?? '';
    return names.has(name) || (!isLoopback(host) && isIP(name) !== 0);
  };
}
