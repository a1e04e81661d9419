// What `describe` says of the instances, asked for again when one of them has changed. The last answer is kept meanwhile.
import { useEffect, useState } from 'react';
import type { ProcessDescription, ProcessSnapshot } from '../../../shared/contract/process.ts';
import { useServices } from '../../state/app-context.tsx';
import { useFresh } from '../../state/hooks.ts';

/** By id. */
export type Descriptions = ReadonlyMap<number, ProcessDescription>;

const none: Descriptions = new Map();
/** A restart comes as several changes: asked once for all of them. */
const settleMs = 150;

export function useDescriptions(name: string, instances: readonly ProcessSnapshot[]): Descriptions {
  const { client } = useServices().host;
  const fresh = useFresh();
  const [descriptions, setDescriptions] = useState(none);
  const first = descriptions === none;

  useEffect(() => {
    if (!fresh) return undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const answer = await client.call('describe', { selectors: [name] }, { signal: stop.signal });
        setDescriptions(new Map(answer.map((one) => [one.id, one])));
      } catch {
        // Deleted meanwhile, or the engine is gone: the page says either by itself, and asks again when that changes.
      }
    };
    const timer = setTimeout(() => void ask(), first ? 0 : settleMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
    // `first` only shortens the first pause.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, fresh, instances, name]);

  return descriptions;
}
