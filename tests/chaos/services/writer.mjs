// Writes numbered lines: `L <name> <run> <number> <time> .`; what is between two of them is what was lost.
const { CHAOS_NAME = '?', CHAOS_EVERY_MS = '20' } = process.env;
const run = `${process.pid}-${Date.now()}`;
let number = 0;
// Whoever reads has gone: this run is over, as for any program.
process.stdout.on('error', () => process.exit(1));
setInterval(() => process.stdout.write(`L ${CHAOS_NAME} ${run} ${number++} ${Date.now()} .\n`), Number(CHAOS_EVERY_MS));
