// Why an address cannot be listened on, for a person.
import type { AddressProblem } from '../../../shared/model/shim-protocol.ts';
import { portHolder } from '../../platform/port-holder.ts';

/** `port 3000 is in use already by pid 4711 (nginx)`, and what to do where that is not plain. */
export async function addressWords({ code, message }: AddressProblem, host: string, port: number): Promise<string> {
  switch (code) {
    case 'EADDRINUSE': {
      const holder = await portHolder(port);
      return `port ${port} is in use already${holder === null ? '' : ` by ${holder}`}`;
    }
    case 'EACCES':
      return port < 1024
        ? `port ${port} may not be opened: ports below 1024 need root or the capability CAP_NET_BIND_SERVICE; choose a port from 1024 on, or give TSPM that right`
        : `port ${port} may not be opened: permission denied`;
    case 'EADDRNOTAVAIL':
      return `host ${host} is no address of this machine; 127.0.0.1 is for this machine only, 0.0.0.0 for all its addresses`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `host ${host} cannot be resolved to an address`;
    default:
      return `port ${port} on ${host} cannot be opened: ${message}`;
  }
}
