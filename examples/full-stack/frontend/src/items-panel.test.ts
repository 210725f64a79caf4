import { fireEvent, screen } from '@testing-library/dom';
import { expect, test } from 'vitest';
import type { Item } from './api/items';
import { answerWith, freshPage, type Routes } from './testing/page';

const page = freshPage();
const itemOf = (id: number, name: string): Item => ({ id, name, description: null, created_at: '2026-01-01T00:00:00Z' });
const names = () => screen.queryAllByRole('listitem').map((entry) => entry.querySelector('span')?.textContent);
const field = () => screen.getByLabelText<HTMLInputElement>('Name');

/** A backend that keeps items in memory. */
function backend(...stored: Item[]): Routes {
  let next = stored.length + 1;
  const routes: Routes = {
    'GET /health': () => Response.json({ status: 'healthy', api: 'operational' }),
    'GET /api/v1/items': () => Response.json({ items: stored, total: stored.length }),
    'POST /api/v1/items': async (request) => {
      const { name } = await request.json() as { name: string };
      const made = itemOf(next++, name);
      stored.push(made);
      routes[`DELETE /api/v1/items/${made.id}`] = remove(made);
      return Response.json(made, { status: 201 });
    },
  };
  const remove = (item: Item) => () => {
    stored.splice(stored.indexOf(item), 1);
    return new Response(null, { status: 204 });
  };
  for (const item of stored) routes[`DELETE /api/v1/items/${item.id}`] = remove(item);
  return routes;
}

async function add(name: string): Promise<void> {
  fireEvent.input(field(), { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  await page.wait(50);
}

test('lists the items', async () => {
  answerWith(backend(itemOf(1, 'pen'), itemOf(2, 'ink')));
  await page.open();
  expect(names()).toEqual(['pen', 'ink']);
});

test('adds an item, and is ready for the next one', async () => {
  answerWith(backend());
  await page.open();
  expect(screen.getByText('There are no items yet.')).toBeDefined();
  await add('pen');
  expect(names()).toEqual(['pen']);
  expect(field().value).toBe('');
  expect(document.activeElement).toBe(field());
});

test('deletes an item, also one that somebody else deleted before', async () => {
  const routes = backend(itemOf(1, 'pen'), itemOf(2, 'ink'));
  answerWith({ ...routes, 'DELETE /api/v1/items/2': () => Response.json({ detail: 'There is no item 2' }, { status: 404 }) });
  await page.open();
  for (const name of ['pen', 'ink']) {
    fireEvent.click(screen.getByRole('button', { name: `Delete ${name}` }));
    await page.wait(50);
  }
  expect(names()).toEqual([]);
  expect(document.activeElement).toBe(field());
});

test.each([
  ['the field is wrong', 422, { detail: [{ msg: 'String should have at least 1 character' }] }, 'String should have at least 1 character'],
  ['the database is away', 503, { detail: 'database unavailable' }, 'database unavailable'],
  ['nobody knows', 500, 'oh', 'The backend did not answer.'],
])('says why an item was not stored: %s', async (_, status, body, problem) => {
  answerWith({ ...backend(), 'POST /api/v1/items': () => Response.json(body, { status }) });
  await page.open();
  await add('pen');
  expect(screen.getByRole('alert').textContent).toBe(problem);
  expect(field().value).toBe('pen');
  expect(names()).toEqual([]);
});

test('reads the items when the backend is back', async () => {
  answerWith({});
  await page.open();
  expect(screen.getByRole('alert').textContent).toBe('The backend did not answer.');
  answerWith(backend(itemOf(1, 'pen')));
  await page.wait(1_500);
  expect(names()).toEqual(['pen']);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('says how many there are beyond those that are shown', async () => {
  answerWith({ ...backend(), 'GET /api/v1/items': () => Response.json({ items: [itemOf(1, 'pen')], total: 250 }) });
  await page.open();
  expect(screen.getByText('1 of 250 are shown.')).toBeDefined();
});
