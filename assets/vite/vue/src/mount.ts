import { createApp } from 'vue';
import App from './App.vue';

/** Shows the application in an element; returns what takes it away. */
export function mount(target: Element): () => void {
  const app = createApp(App);
  app.mount(target);
  return () => app.unmount();
}
