// haproxy as the bench drives it: one thread, any byte stream, in the foreground, with a config of the bench's own.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, type Closable } from './manager.ts';
import { startProgram } from './program.ts';
import { tool } from './tools.ts';

/** Throws an Error when it is not installed. */
export function startHaproxy(port: number, servers: readonly number[]): Closable {
  const command = tool('haproxy');
  const { folder, remove } = temporaryFolder();
  const config = path.join(folder, 'haproxy.cfg');
  writeFileSync(config, configText(port, servers));
  const program = startProgram({ command, args: ['-db', '-q', '-f', config] });
  return {
    async close() {
      await program.close();
      remove();
    },
  };
}

function configText(port: number, servers: readonly number[]): string {
  return `
global
  nbthread 1
  maxconn 8000
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen instances
  bind 127.0.0.1:${port}
  balance roundrobin
${servers.map((server) => `  server s${server} 127.0.0.1:${server}`).join('\n')}
`;
}
