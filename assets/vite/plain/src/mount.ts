import { element } from './dom';
import { panels } from './panels';
import { setting } from './settings';

/** Shows the application in an element; returns what takes it away. */
export function mount(target: Element): () => void {
  const shown = panels.map((panel) => panel());
  target.replaceChildren(
    element('header', {},
      element('h1', {}, setting('VITE_APP_TITLE', 'Frontend')),
      element('p', {}, 'Edit ', element('code', {}, 'src/mount.ts'), ' and save: this page follows.')),
    element('main', {}, ...shown.map((panel) => panel.section)),
  );
  return () => {
    for (const panel of shown) panel.leave();
    target.replaceChildren();
  };
}
