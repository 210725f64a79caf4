import { useRef, useState, type FormEvent } from 'react';
import { addItem, type Item, items, removeItem } from './api/items';
import { useStore } from './useStore';

/** The items of the backend: a list, a form to add one, a button to delete each. */
export function ItemsPanel() {
  const { state, items: shown, total, problem } = useStore(items);
  const [name, setName] = useState('');
  const field = useRef<HTMLInputElement>(null);

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (await addItem(name)) setName('');
    field.current?.focus();
  };
  const remove = async (item: Item) => {
    // The button that had the focus is gone.
    if (await removeItem(item.id)) field.current?.focus();
  };

  return (
    <section aria-labelledby="items">
      <h2 id="items">Items</h2>
      <form onSubmit={(event) => void add(event)}>
        <label htmlFor="item-name">Name</label>
        <input id="item-name" ref={field} value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} autoComplete="off" />
        <button type="submit">Add</button>
      </form>
      {problem && <p role="alert">{problem}</p>}
      {state === 'loading' && <p>Loading …</p>}
      {state === 'ready' && shown.length === 0 && <p>There are no items yet.</p>}
      <ul className="items">
        {shown.map((item) => (
          <li key={item.id}>
            <span>{item.name}</span>
            <button type="button" aria-label={`Delete ${item.name}`} onClick={() => void remove(item)}>Delete</button>
          </li>
        ))}
      </ul>
      {total > shown.length && state === 'ready' && <p>{shown.length} of {total} are shown.</p>}
    </section>
  );
}
