// The config file, declared once: the types, the validation and the JSON Schema for editors all come from here.
import * as z from 'zod/mini';
import { balancerModes, balancingStrategies } from '../../../shared/model/balancing.ts';
import { maxInstances } from '../../../shared/model/limits.ts';
import { age, duration, environment, field, name, nameWith, signal, size, text, textOrNull, wholeNumber, word } from './schema-values.ts';

export const logsSchema = z.strictObject({
  format: field(z.enum(['plain', 'timestamps', 'json']), 'How a line is written: as it is, after an ISO 8601 time, or as one JSON object. Default: plain.'),
  out: field(textOrNull, 'File for standard output. Default: <home>/logs/<name>-<instance>.out.log.'),
  err: field(textOrNull, 'File for standard error. Default: <home>/logs/<name>-<instance>.err.log.'),
  merge: field(z.boolean(), 'Write both streams to one file. Default: false.'),
  maxSize: field(size, 'Rotate before a file grows over this: bytes or "10M". Default: 10M.'),
  maxFiles: field(wholeNumber(0, 1000), 'Rotated files to keep. Default: 5.'),
  maxAge: field(age, 'Rotate and remove files older than this: ms or "7d". Default: null, never.'),
  compress: field(z.boolean(), 'Compress rotated files with gzip. Default: true.'),
});

export const healthCheckSchema = z.strictObject({
  enabled: field(z.boolean(), 'Default: true.'),
  protocol: field(z.enum(['http', 'https', 'tcp', 'command', 'none']), 'How the service is asked.'),
  method: field(z.enum(['GET', 'HEAD', 'POST', 'PUT']), 'HTTP method.'),
  host: field(text, 'Host to connect to.'),
  port: field(wholeNumber(1, 65_535), 'Port to connect to.'),
  path: field(text, 'Path of the HTTP request.'),
  command: field(text, 'Command whose exit code 0 means healthy.'),
  interval: field(duration, 'Time between two probes.'),
  timeout: field(duration, 'Time a probe may take.'),
  retries: field(wholeNumber(0, 1000), 'Failures in a row before the service counts as unhealthy.'),
  initialDelay: field(duration, 'Time before the first probe.'),
});

export const balancerSchema = z.strictObject({
  mode: field(z.enum(['auto', ...balancerModes, 'none']), 'handoff: Node programs get the accepted socket. shared: instances accept from one listening socket. http: reverse proxy. tcp: any byte stream. none: TSPM leaves the port alone, instance i has port + i. Default: auto, which is handoff for Node programs and http for others.'),
  strategy: field(z.enum(balancingStrategies), 'How connections (in http mode requests) are spread. Default: round-robin.'),
  queueTimeout: field(duration, 'How long a connection waits when no instance is ready. Default: 2s.'),
  headTimeout: field(duration, 'http: time for the head of a request. Default: 10s.'),
  idleTimeout: field(duration, 'http: time a connection may be idle between two requests. Default: 60s.'),
  responseTimeout: field(duration, 'http: time until the response begins; 0 for no limit. Default: 60s.'),
  maxHeadSize: field(size, 'http: largest head of a request: bytes or "16K". Default: 16K.'),
});

const dependencySchema = z.strictObject({
  name,
  condition: field(z.enum(['started', 'ready', 'completed']), 'What to wait for. Default: ready.'),
});

const weightWords = 'a whole number from 1 to 1000';
const weight = wholeNumber(1, 1000);
const variableName = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'must be the name of a variable: letters, digits and underscores'));
const instances = z.union([wholeNumber(1, maxInstances), z.literal('max')], `must be a whole number from 1 to ${maxInstances}, or "max"`);
const textOrList = z.union([text, z.array(text)], 'must be text or a list of texts');
const dependencies = z.array(z.union([name, dependencySchema], 'must be the name of a process, or a map with name and condition'));

/** Every field a process can have and `defaults` can give. */
const commonFields = {
  args: field(z.array(word), 'Arguments of the program, one per list item.'),
  cwd: field(text, 'Folder the process runs in, relative to this file. Default: the folder of this file.'),
  interpreter: field(text, 'What runs the script: node, bun, tsx, python3, bash, none, or a path. Default: by extension, then by the #! line.'),
  interpreterArgs: field(z.array(word), 'Arguments of the interpreter, before the script.'),
  env: field(environment, 'Environment variables; null leaves a variable out.'),
  envFile: field(textOrList, 'File or files of NAME=value lines, relative to this file; `env` wins over them.'),
  instances: field(instances, 'How many copies run; "max" is one per processor core. Default: 1.'),
  port: field(wholeNumber(1, 65_535), 'Port that TSPM owns and spreads over the instances. An instance gets a port of its own as PORT; a Node program may as well listen on this one.'),
  host: field(text, 'Address to bind the port on. Default: 127.0.0.1; 0.0.0.0 opens it to the network.'),
  balancer: field(balancerSchema, 'How the port is spread over the instances.'),
  instanceWeight: field(z.union([weight, z.array(weight)], `must be ${weightWords}, or a list of those, one per instance`), 'Share of an instance under the strategy weighted: a number, or a list with one per instance. Default: 1.'),
  instanceVar: field(variableName, 'Name of the variable that holds the number of the instance. Default: NODE_APP_INSTANCE.'),
  drainTimeout: field(duration, 'How long an instance that is replaced by reload, or scaled away, may finish what it has. Default: 30s.'),
  waitReady: field(z.boolean(), "The program says when it is ready: process.send('ready'). Node programs only. Default: false."),
  namespace: field(name, 'Processes of one namespace can be selected as @namespace. Default: default.'),
  clusterGroup: field(name, 'Processes of one group can be selected by its name.'),
  dependsOn: field(dependencies, 'Processes that come first.'),
  autorestart: field(z.boolean(), 'Start again after an exit. Default: true.'),
  maxRestarts: field(wholeNumber(0, 1_000_000), 'Restarts in a row, without a stable time between them, before giving up. Default: 16.'),
  minUptime: field(duration, 'A process without a port is online when it has lived this long and has stopped working at its start. Default: 50ms.'),
  readyTimeout: field(duration, 'How long a process may take to become ready. Default: 30s.'),
  restartDelay: field(duration, 'Delay before the first restart. Default: 100ms.'),
  maxRestartDelay: field(duration, 'The delay grows up to this. Default: 15s.'),
  restartBackoff: field(z.number().check(z.minimum(1, 'must be at least 1'), z.maximum(100, 'must be at most 100')), 'Factor by which the delay grows. Default: 2.'),
  stopExitCodes: field(z.array(wholeNumber(0, 255)), 'Exit codes after which the process is done and stays down.'),
  killSignal: field(signal, 'Signal that asks the process to end. Default: SIGTERM.'),
  killTimeout: field(duration, 'Time to end by itself before SIGKILL. Default: 5s.'),
  logs: field(logsSchema, 'Where and how the output is written.'),
  pidFile: field(text, 'File that holds the process id, relative to this file. Default: <home>/pids/<name>-<instance>.pid.'),
  lbStrategy: field(z.enum(balancingStrategies), 'The same as balancer.strategy.'),
  healthCheck: field(healthCheckSchema, 'How to tell whether the service is healthy. No effect in this version.'),
};

export const defaultsSchema = z.strictObject(commonFields);

export const processSchema = z.strictObject({
  name: nameWith('Unique name of the process: letters, digits, dots, dashes and underscores, at most 64.'),
  script: field(text, 'File to run, relative to cwd. Either this or command.'),
  command: field(z.union([text, z.array(word).check(z.minLength(1, 'must not be empty'))], 'must be text or a list of texts'), 'Program to run: a word or path, a line for the shell, or a list of program and arguments. Either this or script.'),
  ...commonFields,
});

/** For a process of which the wrong fields were left out. */
export const partialProcessSchema = z.partial(processSchema);

export const fileSchema = z.strictObject({
  $schema: field(z.string(), 'Address of the JSON Schema, for editors.'),
  namespace: field(name, 'Namespace of every process that does not name one.'),
  defaults: field(defaultsSchema, 'Fields for every process that does not have them.'),
  processes: z
    .array(processSchema)
    .check(z.minLength(1, 'must hold at least one process'), z.maxLength(1024, 'must hold at most 1024 processes'))
    .register(z.globalRegistry, { description: 'The processes to run.' }),
});

export type ProcessFields = z.output<typeof partialProcessSchema>;
