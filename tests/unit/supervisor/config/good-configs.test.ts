import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { balancerDefaults, processSpecSchema } from '../../../../shared/contract/spec.ts';
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { sampleConfig } from '../../../../electron/supervisor/config/index.ts';
import { createWorkspace, onlySpec, specsOf } from './workspace.ts';

const seedExample = `processes:
  - name: api-server
    script: ./server.js
    instances: 4
    lbStrategy: round-robin
    healthCheck:
      enabled: true
      protocol: http
      path: /health
      interval: 30000
      retries: 3
    clusterGroup: api

  - name: worker
    script: ./worker.js
    instances: 2
    namespace: background-jobs
`;

describe('a config that is right', () => {
  test('the seed example loads unchanged and says what takes no effect', async () => {
    const workspace = await createWorkspace();
    await workspace.write('server.js', '');
    await workspace.write('worker.js', '');
    await workspace.write('tspm.yaml', seedExample);

    const result = await workspace.load('tspm.yaml');

    const { 'api-server': api, worker } = specsOf(result);
    expect(api).toMatchObject({ instances: 4, group: 'api', namespace: 'default' });
    expect(worker).toMatchObject({ instances: 2, group: null, namespace: 'background-jobs' });
    expect(result.ok && result.notes).toEqual(['healthCheck takes no effect yet in this version.', 'api-server: lbStrategy takes no effect without port: TSPM balances what comes to a port of its own.']);
  });

  test('every default is filled in, every path is absolute, and the contract accepts it', async () => {
    const workspace = await createWorkspace();
    const script = await workspace.write('run.js', '');
    const file = await workspace.write('tspm.yaml', 'processes: [{ name: app, script: run.js }]');

    const spec = onlySpec(await workspace.load('tspm.yaml'));

    expect(spec).toEqual({
      name: 'app', namespace: 'default', group: null, instances: 1,
      command: '/opt/node', args: [script], script, interpreter: 'node', cwd: workspace.folder,
      env: {}, port: null, host: '127.0.0.1', balancer: { mode: 'none', ...balancerDefaults }, instanceWeight: 1, instanceVar: 'NODE_APP_INSTANCE', drainTimeoutMs: 30_000, waitReady: false, dependsOn: [],
      autorestart: true, maxRestarts: 16, minUptimeMs: 50, readyTimeoutMs: 30_000,
      restartDelayMs: 100, maxRestartDelayMs: 15_000, restartBackoff: 2, stopExitCodes: [],
      killSignal: 'SIGTERM', killTimeoutMs: 5000,
      logs: { format: 'plain', out: null, err: null, merge: false, maxSizeBytes: 10_485_760, maxFiles: 5, maxAgeMs: null, compress: true },
      pidFile: null, source: { kind: 'config', file },
    });
    expect(z.safeParse(processSpecSchema, spec).success).toBe(true);
  });

  test('every field is taken over in its plain unit', async () => {
    const workspace = await createWorkspace();
    await workspace.write('service/run.js', '');
    await workspace.write('tspm.yaml', `
$schema: ./tspm.schema.json
processes:
  - name: database
    command: sleep
  - name: app
    script: run.js
    args: [--port, 3000, --ratio, 1.10, true]
    cwd: service
    interpreterArgs: [--enable-source-maps]
    instances: max
    port: 3000
    host: 0.0.0.0
    lbStrategy: weighted
    balancer: { mode: shared, queueTimeout: 5s, headTimeout: 1s, idleTimeout: 1m, responseTimeout: 0, maxHeadSize: 32K }
    instanceWeight: 3
    instanceVar: WORKER
    drainTimeout: 1m
    waitReady: true
    dependsOn: [{ name: database, condition: started }]
    autorestart: false
    maxRestarts: 3
    minUptime: 2s
    readyTimeout: 1.5m
    restartDelay: 250
    maxRestartDelay: 1h
    restartBackoff: 1.5
    stopExitCodes: [0, 143]
    killSignal: INT
    killTimeout: 1d
    logs: { format: json, out: logs/out.log, err: /var/log/err.log, merge: true, maxSize: 1G, maxFiles: 0, maxAge: 30d, compress: false }
    pidFile: run/app.pid
`);

    const { app } = specsOf(await workspace.load('tspm.yaml'));

    expect(app).toMatchObject({
      args: ['--enable-source-maps', path.join(workspace.folder, 'service/run.js'), '--port', '3000', '--ratio', '1.10', 'true'],
      cwd: path.join(workspace.folder, 'service'), instances: 4, port: 3000, host: '0.0.0.0',
      balancer: { mode: 'shared', strategy: 'weighted', queueTimeoutMs: 5000, headTimeoutMs: 1000, idleTimeoutMs: 60_000, responseTimeoutMs: 0, maxHeadBytes: 32_768 },
      instanceWeight: 3, instanceVar: 'WORKER', drainTimeoutMs: 60_000, waitReady: true,
      dependsOn: [{ name: 'database', condition: 'started' }],
      autorestart: false, maxRestarts: 3, minUptimeMs: 2000, readyTimeoutMs: 90_000, restartDelayMs: 250, maxRestartDelayMs: 3_600_000,
      restartBackoff: 1.5, stopExitCodes: [0, 143], killSignal: 'SIGINT', killTimeoutMs: 86_400_000,
      logs: {
        format: 'json', out: path.join(workspace.folder, 'logs/out.log'), err: '/var/log/err.log', merge: true,
        maxSizeBytes: 1_073_741_824, maxFiles: 0, maxAgeMs: 2_592_000_000, compress: false,
      },
      pidFile: path.join(workspace.folder, 'run/app.pid'),
    });
  });

  test('defaults fill what a process leaves out; env and logs are merged entry by entry', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    await workspace.write('tspm.yaml', `
namespace: shop
defaults:
  killTimeout: 1s
  env: { A: default, B: default, C: default }
  logs: { format: json, maxFiles: 9 }
processes:
  - { name: one, script: run.js, env: { B: own, C: null }, logs: { maxFiles: 1 } }
  - { name: two, script: run.js, killTimeout: 2s, namespace: other }
`);

    const { one, two } = specsOf(await workspace.load('tspm.yaml'));

    expect(one).toMatchObject({ killTimeoutMs: 1000, namespace: 'shop', env: { A: 'default', B: 'own' }, logs: { format: 'json', maxFiles: 1 } });
    expect(one?.env).not.toHaveProperty('C');
    expect(two).toMatchObject({ killTimeoutMs: 2000, namespace: 'other', env: { A: 'default', B: 'default', C: 'default' } });
  });

  test('env wins over env files, which win over the env of defaults; values stay as written', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    await workspace.write('.env', 'FILE=first\nSHARED=file\nOWN=file\n# comment\nQUOTED="two words"\n');
    await workspace.write('.env.local', 'FILE=second\n');
    await workspace.write('tspm.yaml', `
defaults: { env: { SHARED: default, DEFAULT: default } }
processes:
  - name: app
    script: run.js
    envFile: [.env, .env.local]
    env: { OWN: own, VERSION: 1.10, ID: 007, HEX: 0x1F, ON: true, EMPTY: "", constructor: x }
`);

    const { env } = onlySpec(await workspace.load('tspm.yaml'));

    expect(env).toEqual({
      SHARED: 'file', DEFAULT: 'default', FILE: 'second', OWN: 'own', QUOTED: 'two words',
      VERSION: '1.10', ID: '007', HEX: '0x1F', ON: 'true', EMPTY: '', constructor: 'x',
    });
  });

  test('variables are expanded in values, also where a number or boolean is asked for', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    await workspace.write('tspm.yaml', `
processes:
  - name: "\${NAME}-1"
    script: run.js
    port: \${PORT:-3000}
    instances: "\${COUNT}"
    autorestart: \${AUTO}
    killTimeout: \${TIMEOUT}
    stopExitCodes: ["\${CODE:-0}"]
    args: ["\${EMPTY:-none}", "\${EMPTY}", "$$HOME $HOME $\${X}", "\${A:-\${NAME}}", "\${PORT:-8}"]
    env: { PORT: "\${PORT:-3000}", SECRET: "a$$b" }
`);
    const result = await workspace.load('tspm.yaml', { NAME: 'app', COUNT: '2', AUTO: 'false', TIMEOUT: '500', EMPTY: '' });

    const spec = onlySpec(result);

    expect(spec).toMatchObject({ name: 'app-1', port: 3000, instances: 2, autorestart: false, killTimeoutMs: 500, stopExitCodes: [0] });
    expect(spec.args.slice(1)).toEqual(['none', '', '$HOME $HOME ${X}', 'app', '8']);
    expect(spec.env).toEqual({ PORT: '3000', SECRET: 'a$b' });
  });

  test('anchors and merges share what processes have in common', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    const many = Array.from({ length: 150 }, (_, index) => `  - { <<: *common, name: copy-${index} }`).join('\n');
    await workspace.write('tspm.yaml', `processes:\n  - &common\n    name: first\n    script: run.js\n    env: &env { A: 1 }\n  - name: second\n    script: run.js\n    env: { <<: *env, B: 2 }\n${many}\n`);

    const specs = specsOf(await workspace.load('tspm.yaml'));

    expect(specs['second']?.env).toEqual({ A: '1', B: '2' });
    expect(specs['copy-149']).toMatchObject({ script: specs['first']?.script, env: { A: '1' } });
  });

  test.each([
    ['tspm.json', '{ "processes": [{ "name": "app", "script": "run.js", "env": { "N": 1.10 } }] }'],
    ['tspm.jsonc', '// services\n{ "processes": [{ "name": "app", /* main */ "script": "run.js", "env": { "N": 1.10, }, },], }'],
    ['tspm.yml', '\ufeff---\nprocesses:\r\n  - name: app\r\n    script: run.js\r\n    env: { N: 1.10 }\r\n...\n'],
  ])('%s', async (name, text) => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    await workspace.write(name, text);

    expect(onlySpec(await workspace.load(name))).toMatchObject({ name: 'app', env: { N: '1.10' } });
  });

  test('the sample loads as soon as its script exists, also with everything uncommented that stands alone', async () => {
    const workspace = await createWorkspace();
    await workspace.write('server.js', '');
    await workspace.write('tspm.yaml', sampleConfig());

    expect(sampleConfig().split('\n')[0]).toBe('# yaml-language-server: $schema=./node_modules/tspm/resources/tspm.schema.json');
    expect(onlySpec(await workspace.load('tspm.yaml')).name).toBe('app');
  });

  test('100 processes load in little more than the YAML parser needs', async () => {
    const workspace = await createWorkspace();
    await workspace.write('run.js', '');
    const processes = Array.from({ length: 100 }, (_, index) => `  - name: app-${index}\n    script: run.js\n    port: ${3000 + index * 10}\n    instances: 2\n    env: { A: "\${HOME}", B: 2 }\n    dependsOn: [${index > 0 ? `app-${index - 1}` : ''}]\n    logs: { maxSize: 5M }\n`);
    const text = `processes:\n${processes.join('')}`;
    await workspace.write('tspm.yaml', text);
    const parsing: number[] = [];
    const loading: number[] = [];

    // Both in turns and the best of each: other work on the machine slows both.
    for (let round = 0; round < 10; round += 1) {
      parsing.push(await cpuTime(async () => expect(parseDocument(text).errors).toEqual([])));
      loading.push(await cpuTime(async () => expect(Object.keys(specsOf(await workspace.load('tspm.yaml', { HOME: '/home/x' })))).toHaveLength(100)));
    }

    expect(Math.min(...loading)).toBeLessThan(4 * Math.min(...parsing));
  });
});

/** Milliseconds of processor time. */
async function cpuTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
