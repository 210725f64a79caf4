import { health, summaryOf } from './api/health';
import { element } from './dom';
import { follow } from './follow';
import type { Panel } from './panels';

/** Whether the backend and what it depends on work. */
export function healthPanel(): Panel {
  const summary = element('p', { role: 'status' });
  const parts = element('div');
  const leave = follow(health, (current) => {
    summary.className = `summary ${current.state}`;
    // Said anew only when it differs, so that a screen reader does not repeat itself.
    if (summary.textContent !== summaryOf(current)) summary.textContent = summaryOf(current);
    parts.replaceChildren(...(current.parts.length === 0 ? [] : [
      element('dl', { class: 'parts' }, ...current.parts.map(({ name, status, works }) => (
        element('div', { class: works ? 'works' : 'fails' }, element('dt', {}, name), element('dd', {}, status))
      ))),
    ]));
  });
  return { section: element('section', { 'aria-labelledby': 'health' }, element('h2', { id: 'health' }, 'Health'), summary, parts), leave };
}
