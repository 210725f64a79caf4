import type { Store } from './store';

/** Draws the value of a store now and after each change; returns what ends that. */
export function follow<T>(store: Store<T>, draw: (value: T) => void): () => void {
  const leave = store.subscribe(() => draw(store.get()));
  draw(store.get());
  return leave;
}
