// The one with the fewest open connections (in http mode: requests under way); those that have equally few take turns.
import { roundRobin } from './round-robin.ts';
import { least, type Strategy } from './strategy.ts';

export function leastConnections(): Strategy {
  const inTurn = roundRobin();
  return (targets, client) => {
    const fewest = least(targets, (one) => one.open).open;
    return inTurn(targets.filter((one) => one.open === fewest), client);
  };
}
