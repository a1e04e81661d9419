// Every command's name and one line about it. The command itself is loaded only when it runs.
import type { CommandEntry } from './command.ts';

export const commandEntries: readonly CommandEntry[] = [
  { name: 'start', aliases: [], summary: 'start a config, a script, a command or known processes', load: async () => (await import('./commands/start.ts')).start },
  { name: 'stop', aliases: [], summary: 'stop processes', load: async () => (await import('./commands/stop.ts')).stop },
  { name: 'restart', aliases: [], summary: 'stop and start, with config and environment as they are now', load: async () => (await import('./commands/restart.ts')).restart },
  { name: 'reload', aliases: [], summary: 'replace instances one after the other, without a gap where there is a port', load: async () => (await import('./commands/reload.ts')).reload },
  { name: 'scale', aliases: [], summary: 'more or fewer instances of a process', load: async () => (await import('./commands/scale.ts')).scale },
  { name: 'delete', aliases: ['del'], summary: 'stop processes and forget them', load: async () => (await import('./commands/delete.ts')).deleteCommand },
  { name: 'list', aliases: ['ls', 'ps'], summary: 'the table of processes', load: async () => (await import('./commands/list.ts')).list },
  { name: 'groups', aliases: [], summary: 'namespaces, groups and their processes as a tree', load: async () => (await import('./commands/groups.ts')).groups },
  { name: 'cluster', aliases: ['clusters'], summary: 'how traffic is spread over the instances behind a port', load: async () => (await import('./commands/cluster.ts')).cluster },
  { name: 'logs', aliases: [], summary: 'show, search and follow logs', load: async () => (await import('./commands/logs.ts')).logs },
  { name: 'describe', aliases: [], summary: 'everything about a process', load: async () => (await import('./commands/describe.ts')).describe },
  { name: 'env', aliases: [], summary: 'the environment of a process, secrets masked', load: async () => (await import('./commands/env.ts')).env },
  { name: 'status', aliases: [], summary: 'the engine: version, owner, counts, notices', load: async () => (await import('./commands/status.ts')).status },
  { name: 'signal', aliases: [], summary: 'send a signal to processes', load: async () => (await import('./commands/signal.ts')).signal },
  { name: 'flush', aliases: [], summary: 'empty log files', load: async () => (await import('./commands/flush.ts')).flush },
  { name: 'reset', aliases: [], summary: 'set restart counters back to 0', load: async () => (await import('./commands/reset.ts')).reset },
  { name: 'dashboard', aliases: [], summary: 'the pages in a browser', load: async () => (await import('./commands/dashboard.ts')).dashboard },
  { name: 'validate', aliases: [], summary: 'check a config without touching anything', load: async () => (await import('./commands/validate.ts')).validate },
  { name: 'init', aliases: [], summary: 'write a commented tspm.yaml', load: async () => (await import('./commands/init.ts')).init },
  { name: 'upgrade', aliases: [], summary: 'replace an older data plane without a lost request', load: async () => (await import('./commands/upgrade.ts')).upgrade },
  { name: 'kill', aliases: [], summary: 'end TSPM and all its services', load: async () => (await import('./commands/kill.ts')).kill },
  { name: 'version', aliases: [], summary: 'the version', load: async () => (await import('./commands/version.ts')).version },
  { name: 'help', aliases: [], summary: 'help, also for one command', load: async () => (await import('./commands/help.ts')).help },
];
