// What a shim is told so that it can start another supervisor when this one is lost.
export interface Starter {
  /** Programs that run it, the best first; whichever exists at that moment is taken. Absolute paths. */
  readonly runtimes: readonly string[];
  readonly script: string;
  /** Before the script. */
  readonly flags: readonly string[];
  /** The runtime is Electron's program, which has to be told to be Node. */
  readonly asNode: boolean;
}
