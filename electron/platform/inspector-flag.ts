// Node opens an inspector port when it gets SIGUSR1. A listener prevents that; this flag does so from the first moment, where the runtime has it.
export const inspectorFlags: readonly string[] = process.allowedNodeEnvironmentFlags.has('--disable-sigusr1') ? ['--disable-sigusr1'] : [];
