import { createSubscriber } from 'svelte/reactivity';
import type { Store } from './store';

/** The value of a store, as `current`; what reads it is drawn anew when it changes. */
export function useStore<T>(store: Store<T>): { readonly current: T } {
  const follow = createSubscriber((update) => store.subscribe(update));
  return {
    get current() {
      follow();
      return store.get();
    },
  };
}
