// What Node itself has: a primary and its workers. argv: program, number of workers. NODE_CLUSTER_SCHED_POLICY says how.
import cluster from 'node:cluster';

const [exec, workers] = process.argv.slice(2);
cluster.setupPrimary({ exec });
for (let index = 0; index < Number(workers); index++) cluster.fork();
process.once('SIGTERM', () => {
  for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL');
  process.exit(0);
});
