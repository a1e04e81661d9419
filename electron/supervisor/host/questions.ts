// What the shim is asked and answers, matched by number.
import type { Clock } from '../../../shared/model/clock.ts';
import { Failure } from '../../../shared/model/failure.ts';
import type { FromShim } from '../../../shared/model/shim-protocol.ts';
import type { AnswerType, Question } from './process-host.ts';
import type { ShimConnection } from './shim-connection.ts';

const timeoutMs = 10_000;

type Answer<Type extends AnswerType> = Extract<FromShim, { type: Type }>;

export interface Questions {
  /** Rejects with a Failure when there is no shim, when it dies, or does not answer. */
  ask<Type extends AnswerType>(type: Type, question: (number: number) => Question): Promise<Answer<Type>>;
  answered(answer: Answer<AnswerType>): void;
  /** The shim does not understand the question of this number. */
  refused(number: number, reason: string): void;
  /** The connection is gone. */
  abandon(): void;
}

export function createQuestions(clock: Clock, connection: () => ShimConnection | null): Questions {
  const open = new Map<number, (answer: Answer<AnswerType> | Failure) => void>();
  let next = 1;
  return {
    ask<Type extends AnswerType>(type: Type, question: (number: number) => Question) {
      const number = next++;
      return new Promise<Answer<Type>>((resolve, reject) => {
        const shim = connection();
        if (shim === null) {
          reject(new Failure('failed', 'the data plane cannot be reached'));
          return;
        }
        const timer = clock.after(timeoutMs, () => settle(new Failure('failed', 'the data plane did not answer')));
        const settle = (answer: Answer<AnswerType> | Failure): void => {
          timer.cancel();
          open.delete(number);
          if (answer instanceof Failure) reject(answer);
          else if (answer.type === type) resolve(answer as Answer<Type>);
          else reject(new Failure('internal', `the shim answered ${answer.type} instead of ${type}`));
        };
        open.set(number, settle);
        shim.send(question(number));
      });
    },
    answered: (answer) => open.get(answer.request)?.(answer),
    refused: (number, reason) => open.get(number)?.(new Failure('failed', reason)),
    abandon() {
      for (const settle of open.values()) settle(new Failure('failed', 'the connection to the data plane broke'));
    },
  };
}
