/** Thrown when the user ended a wait with Ctrl+C: exit code 130, and the message says what goes on without us. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
