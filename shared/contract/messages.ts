// The lines of an answer: any number of progress lines, then exactly one result or error.
import type { FailureValue } from '../model/failure.ts';
import type { Progress } from './outcomes.ts';

export type AnswerLine =
  | { readonly progress: Progress }
  | { readonly result: unknown }
  | { readonly error: FailureValue };
