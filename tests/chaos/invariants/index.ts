// Everything that has to hold.
import { descriptors } from './descriptors.ts';
import type { Invariant } from './invariant.ts';
import { lines } from './lines.ts';
import { createNoNeedlessEnds } from './no-needless-ends.ts';
import { noOrphans } from './no-orphans.ts';
import { oneCopy } from './one-copy.ts';
import { requests } from './requests.ts';
import { createTruthfulList } from './truthful-list.ts';

export const createInvariants = (): readonly Invariant[] => [oneCopy, createTruthfulList(), createNoNeedlessEnds(), noOrphans, requests, lines, descriptors];
