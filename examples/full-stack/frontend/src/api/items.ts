import { createStore } from '../store';
import { client } from './client';
import { health } from './health';
import type { components } from './schema';

export type Item = components['schemas']['ItemRead'];

export interface Items {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly items: readonly Item[];
  /** How many there are, also beyond those that are shown. */
  readonly total: number;
  /** Why the last thing that was tried did not work. */
  readonly problem?: string;
}

const MOST = 100;
const AWAY = 'The backend did not answer.';

const store = createStore<Items>({ state: 'loading', items: [], total: 0 }, () => {
  void loadItems();
  let usable = true;
  return health.subscribe(() => {
    // What was missed while the backend or its database was away is read when both are back.
    const works = health.get().state === 'healthy';
    if (works && !usable) void loadItems();
    usable = works;
  });
});

/** The items of the backend, read when somebody wants to see them. */
export const items: Pick<typeof store, 'get' | 'subscribe'> = store;

export async function loadItems(): Promise<void> {
  await attempt(async () => {
    const { data, error } = await client.GET('/api/v1/items', { params: { query: { limit: MOST } } });
    if (!data) throw new Error(reasonOf(error));
    store.set({ state: 'ready', items: data.items, total: data.total });
  }, 'failed');
}

/** Stores a new item; false when that did not work. */
export async function addItem(name: string): Promise<boolean> {
  return attempt(async () => {
    const { data, error } = await client.POST('/api/v1/items', { body: { name } });
    if (!data) throw new Error(reasonOf(error));
    const { items: shown, total } = store.get();
    store.set({ state: 'ready', items: shown.length < MOST ? [...shown, data] : shown, total: total + 1 });
  });
}

/** Removes an item; false when that did not work. One that is gone already counts as removed. */
export async function removeItem(id: Item['id']): Promise<boolean> {
  return attempt(async () => {
    const { error, response } = await client.DELETE('/api/v1/items/{item_id}', { params: { path: { item_id: id } } });
    if (!response.ok && response.status !== 404) throw new Error(reasonOf(error));
    const { items: shown, total } = store.get();
    store.set({ state: 'ready', items: shown.filter((item) => item.id !== id), total: total - 1 });
  });
}

async function attempt(what: () => Promise<void>, state: Items['state'] = store.get().state): Promise<boolean> {
  try {
    await what();
    return true;
  } catch (error) {
    // A failed connection is an error of the platform's own, in its own words.
    const problem = error instanceof Error && error.name === 'Error' ? error.message : AWAY;
    store.set({ ...store.get(), state, problem });
    return false;
  }
}

/** The reason in an answer of FastAPI: one text, or one for each wrong field. */
function reasonOf(answer: unknown): string {
  const detail = typeof answer === 'object' && answer !== null && 'detail' in answer ? answer.detail : undefined;
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail)) return detail.map((each: { msg?: unknown }) => String(each.msg)).join('; ');
  return AWAY;
}
