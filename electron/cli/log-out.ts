// What `status` says of the user's log-out, which systemd may take for the end of all that the user runs.

/** `unit`: what the shim belongs to for systemd; null when that is not known. */
export function logOutWords(lingers: boolean, unit: string | null): string {
  if (!lingers) return 'systemd may end the services with it (linger is off); to keep them: loginctl enable-linger';
  if (unit !== null && /^session-.*\.scope$/.test(unit)) {
    return `linger is on, but the engine was started before in ${unit}, which KillUserProcesses=yes ends: tspm kill, then start again`;
  }
  return 'the services run on (linger is on)';
}
