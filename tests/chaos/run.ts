// `npm run chaos -- --minutes 5 --seed n [--json] [--build folder] [--without 'name of a fault']…`: breaks everything that can be broken, and says what did not hold. Linux only.
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import { built } from './programs.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' }, json: { type: 'boolean', default: false }, build: { type: 'string', default: built }, without: { type: 'string', multiple: true, default: [] } } });
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('For example: npm run chaos -- --minutes 5 --seed 42\n');
  process.exit(2);
}
if (process.platform !== 'linux') {
  process.stderr.write('Chaos looks into /proc, which only Linux has.\n');
  process.exit(2);
}

const say = (line: string): void => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
say(`seed ${seed}, ${minutes} minutes`);
const report = await runChaos({ seed, minutes, restMs: 10_000, commandMs: 20_000, build: values.build, without: values.without, say });
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  say(`\nseed ${seed}: ${report.faults} faults, ${report.commands} commands, ${report.requests} requests of which ${report.failedRequests} failed, ${report.lines} lines, ${report.violations.length} violations`);
  for (const { invariant, what } of report.violations) say(`  ${invariant}: ${what}`);
}
process.exitCode = report.violations.length === 0 ? 0 : 1;
