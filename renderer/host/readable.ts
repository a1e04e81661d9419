// A value that changes and can be watched: the part of a zustand store that readers get.
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Readable<Value> = Pick<StoreApi<Value>, 'getState' | 'getInitialState' | 'subscribe'>;

/** Values are replaced, never merged. */
export function createValue<Value>(initial: Value): Readable<Value> & { readonly set: (value: Value) => void } {
  const store = createStore<Value>(() => initial);
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    set: (value) => store.setState(value, true),
  };
}
