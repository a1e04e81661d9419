// What is wrong with a message, and with which status it is refused.

export const reasons = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;
export type RefusalStatus = keyof typeof reasons;

/** Returned instead of what was to be read. For a response the status does not matter: it becomes a 502. */
export class Problem {
  constructor(
    readonly why: string,
    readonly status: RefusalStatus = 400,
  ) {}
}
