import { onScopeDispose, readonly, type Ref, shallowRef } from 'vue';
import type { Store } from './store';

/** The value of a store; the component is drawn anew when it changes. */
export function useStore<T>(store: Store<T>): Readonly<Ref<T>> {
  const value = shallowRef(store.get());
  onScopeDispose(store.subscribe(() => {
    value.value = store.get();
  }));
  return readonly(value) as Readonly<Ref<T>>;
}
