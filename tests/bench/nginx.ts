// nginx as the bench drives it: one worker, reverse proxy with connections to the servers kept, in the foreground, with
// all of its files in a folder of the bench's own.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, type Closable } from './manager.ts';
import { startProgram } from './program.ts';
import { tool } from './tools.ts';

/** Throws an Error when it is not installed. */
export function startNginx(port: number, servers: readonly number[]): Closable {
  const command = tool('nginx');
  const { folder, remove } = temporaryFolder();
  const config = path.join(folder, 'nginx.conf');
  writeFileSync(config, configText(folder, port, servers));
  const program = startProgram({ command, args: ['-e', 'stderr', '-p', folder, '-c', config] });
  return {
    async close() {
      await program.close();
      remove();
    },
  };
}

const temporaryKinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

function configText(folder: string, port: number, servers: readonly number[]): string {
  // As root its worker would be another user, who may not enter the folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `
daemon off;
worker_processes 1;
${user}
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 100000000;
${temporaryKinds.map((kind) => `  ${kind}_temp_path ${folder}/${kind};`).join('\n')}
  upstream instances {
${servers.map((server) => `    server 127.0.0.1:${server};`).join('\n')}
    keepalive 64;
    keepalive_requests 100000000;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://instances;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;
}
