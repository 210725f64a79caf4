import { createStore, type Store } from '../store';
import { client } from './client';

/** Something that the backend depends on, as the backend sees it. */
export interface Part {
  readonly name: string;
  readonly status: string;
  readonly works: boolean;
}

/** How the whole stack is. `away`: the backend cannot be reached. */
export interface Health {
  readonly state: 'checking' | 'healthy' | 'unhealthy' | 'away';
  readonly parts: readonly Part[];
}

const INTERVAL = 5_000;
/** Sooner, so that a page recovers soon after its backend. */
const INTERVAL_WHEN_AWAY = 1_000;

const ABOUT_THE_ANSWER = ['status', 'version', 'timestamp'];
const WORKING = ['connected', 'operational'];

/** What people read. */
export function summaryOf({ state, parts }: Health): string {
  switch (state) {
    case 'checking': return 'Asking the backend …';
    case 'away': return 'The backend cannot be reached. Trying again …';
    case 'healthy': return 'Everything works.';
    case 'unhealthy': return `Not everything works: ${parts.filter((part) => !part.works).map((part) => part.name).join(', ') || 'see the log of the backend'}.`;
  }
}

/** Asks the backend once. Never throws. */
export async function readHealth(): Promise<Health> {
  try {
    const { data, error, response } = await client.GET('/health');
    const answer: unknown = data ?? error;
    if (typeof answer !== 'object' || answer === null || !('status' in answer)) return { state: response.ok ? 'healthy' : 'away', parts: [] };
    const parts = Object.entries(answer).flatMap(([name, status]) => (
      typeof status === 'string' && !ABOUT_THE_ANSWER.includes(name) ? [{ name, status, works: WORKING.includes(status) }] : []
    ));
    return { state: response.ok ? 'healthy' : 'unhealthy', parts };
  } catch {
    return { state: 'away', parts: [] };
  }
}

/** How the stack is, asked again and again while somebody wants to know. */
export const health: Store<Health> = (() => {
  const store = createStore<Health>({ state: 'checking', parts: [] }, () => {
    let following = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await readHealth();
      if (!following) return;
      store.set(answer);
      timer = setTimeout(() => void ask(), answer.state === 'away' ? INTERVAL_WHEN_AWAY : INTERVAL);
    };
    void ask();
    return () => {
      following = false;
      clearTimeout(timer);
    };
  });
  return store;
})();
