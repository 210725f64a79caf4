import { addItem, type Item, items, removeItem } from './api/items';
import { element } from './dom';
import { follow } from './follow';
import type { Panel } from './panels';

/** The items of the backend: a list, a form to add one, a button to delete each. */
export function itemsPanel(): Panel {
  const field = element('input', { id: 'item-name', required: '', maxlength: '200', autocomplete: 'off' });
  const form = element('form', {}, element('label', { for: 'item-name' }, 'Name'), field, element('button', { type: 'submit' }, 'Add'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void addItem(field.value).then((added) => {
      if (added) field.value = '';
      field.focus();
    });
  });

  const entry = (item: Item): HTMLElement => {
    const button = element('button', { type: 'button', 'aria-label': `Delete ${item.name}` }, 'Delete');
    button.addEventListener('click', () => {
      // The button that had the focus is gone.
      void removeItem(item.id).then((removed) => removed && field.focus());
    });
    return element('li', {}, element('span', {}, item.name), button);
  };

  const notes = element('div');
  const list = element('ul', { class: 'items' });
  const more = element('div');
  const leave = follow(items, ({ state, items: shown, total, problem }) => {
    notes.replaceChildren(
      ...(problem ? [element('p', { role: 'alert' }, problem)] : []),
      ...(state === 'loading' ? [element('p', {}, 'Loading …')] : []),
      ...(state === 'ready' && shown.length === 0 ? [element('p', {}, 'There are no items yet.')] : []),
    );
    list.replaceChildren(...shown.map(entry));
    more.replaceChildren(...(state === 'ready' && total > shown.length ? [element('p', {}, `${shown.length} of ${total} are shown.`)] : []));
  });
  return { section: element('section', { 'aria-labelledby': 'items' }, element('h2', { id: 'items' }, 'Items'), form, notes, list, more), leave };
}
