// Answers as the OpenAPI document describes them.
import { problemStatus, problemTitles, problemType, type ProblemCode } from '../problem.ts';
import { jsonType } from '../route.ts';
import { problemSchema, schemaOf } from './schemas.ts';

export interface ResponseObject {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export type Responses = Readonly<Record<string, ResponseObject>>;

export function jsonContent(schema: object): NonNullable<ResponseObject['content']> {
  return { [jsonType]: { schema } };
}

/** One entry for each status that these problems have. */
export function problemResponses(codes: readonly ProblemCode[]): Responses {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const status = problemStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${problemTitles[code]} (${code}).`]);
  }
  const content = { [problemType]: { schema: schemaOf(problemSchema) } };
  return Object.fromEntries([...byStatus].map(([status, sentences]) => [String(status), { description: sentences.join(' '), content }]));
}

/** What any request may meet: on the control socket only the last two. */
export const commonProblems: readonly ProblemCode[] = ['unauthorized', 'forbidden', 'misdirected', 'engine-unreachable', 'internal', 'failed'];
