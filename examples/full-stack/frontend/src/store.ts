/** A value that changes, and that any framework can follow. */
export interface Store<T> {
  get(): T;
  /** Calls `listener` after each change; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * Makes a store.
 *
 * @param initial the first value
 * @param start called when somebody begins to follow it; returns what is called when nobody does any more
 */
export function createStore<T>(initial: T, start?: () => () => void): Store<T> & { set(value: T): void } {
  let value = initial;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      // Each call counts, also one with a function that is there already.
      const own = () => listener();
      listeners.add(own);
      if (listeners.size === 1) stop = start?.();
      return () => {
        if (listeners.delete(own) && listeners.size === 0) stop?.();
      };
    },
  };
}
