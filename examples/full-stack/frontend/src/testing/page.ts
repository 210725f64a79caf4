import { afterEach, beforeEach, vi } from 'vitest';

/** The clock of the machine, which no test sets. */
const { setTimeout: later } = globalThis;

/** What a test lets the API answer: a path with its method, such as `GET /health`. */
export type Routes = Record<string, (request: Request) => Response | Promise<Response>>;

/** Lets every request be answered by the routes, or fail as without a network when there is none for it. */
export function answerWith(routes: Routes): void {
  vi.stubGlobal('fetch', async (request: Request) => {
    const answer = routes[`${request.method} ${new URL(request.url).pathname}`];
    if (!answer) throw new TypeError('Failed to fetch');
    return answer(request);
  });
}

/** Gives each test a page of its own, with stores that nothing happened to, and a clock that the test sets. */
export function freshPage(): { open(): Promise<void>; wait(milliseconds: number): Promise<void> } {
  let unmount: (() => void) | undefined;
  beforeEach(() => {
    vi.resetModules();
    // Only what the application waits with: frameworks draw by other clocks.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    unmount?.();
    document.body.replaceChildren();
    vi.useRealTimers();
  });
  const wait = async (milliseconds: number): Promise<void> => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => { later(resolve); });
  };
  return {
    async open() {
      const { mount } = await import('../mount');
      unmount = mount(document.body.appendChild(document.createElement('div')));
      await wait(50);
    },
    wait,
  };
}
