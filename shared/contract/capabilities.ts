// What a host can do. Faces ask for capabilities and never for the kind of host.

export interface Capabilities {
  readonly contract: number;
  readonly version: string;
  /** Names of commands and topics that this host answers. */
  readonly commands: readonly string[];
  readonly topics: readonly string[];
}
