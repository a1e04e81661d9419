// Whoever has the dashboard's key should not have a shell by that: pages start what a config or the list defines, with the environment
// it has, and nothing that they name themselves.
import { Failure } from '../../../shared/model/failure.ts';
import type { Service } from '../service.ts';

const remedy = 'use the command line, or open the dashboard with tspm dashboard --allow-commands';

/** `allowed`: whether commands and environments of the caller's choice are taken at this moment. */
export function withOwnProgramsOnly(service: Service, allowed: () => boolean): Service {
  return {
    get capabilities() {
      const { capabilities } = service;
      return allowed() ? capabilities : { ...capabilities, commands: capabilities.commands.filter((name) => name !== 'start') };
    },
    async call(name, input, context) {
      if (!allowed()) {
        if (name === 'start') throw new Failure('forbidden', `the dashboard starts only what a config or the list defines (resume): ${remedy}.`);
        // It would choose what runs too: NODE_OPTIONS, LD_PRELOAD, PATH.
        if (carriesEnvironment(input)) throw new Failure('forbidden', `the dashboard gives no environment to ${name}: leave it away, and each process keeps its own. Otherwise ${remedy}.`);
      }
      return await service.call(name, input, context);
    },
    open: (topic, input, context) => service.open(topic, input, context),
  };
}

function carriesEnvironment(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'environment' in input && input.environment !== undefined;
}
