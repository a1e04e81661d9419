// `npm run test:node 24 [vitest's arguments]`: the tests under another version of Node, which npm's packages node-<platform>-<arch> carry.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fetchNode } from './fetch-node.mjs';

const [version, ...args] = process.argv.slice(2);
if (version === undefined || !/^\d+(\.\d+){0,2}$/.test(version)) {
  process.stderr.write('Which Node? For example: npm run test:node 24, or npm run test:node 22.12 tests/cli\n');
  process.exit(2);
}

const node = fetchNode(version);
const env = { ...process.env, NODE: node, npm_node_execpath: node, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
const tests = spawn(node, ['node_modules/vitest/vitest.mjs', 'run', ...args], { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => tests.kill(signal));
tests.once('exit', (code) => (process.exitCode = code ?? 1));
