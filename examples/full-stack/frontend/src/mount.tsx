import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

/** Shows the application in an element; returns what takes it away. */
export function mount(target: Element): () => void {
  const root = createRoot(target);
  root.render(<StrictMode><App /></StrictMode>);
  return () => root.unmount();
}
