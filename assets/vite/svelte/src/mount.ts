import { mount as show, unmount } from 'svelte';
import App from './App.svelte';

/** Shows the application in an element; returns what takes it away. */
export function mount(target: Element): () => void {
  const app = show(App, { target });
  return () => void unmount(app);
}
