import { expect, test, vi } from 'vitest';
import { createStore } from './store';

test('tells its followers of each change until they leave', () => {
  const store = createStore(1);
  const follower = vi.fn();
  const leave = store.subscribe(follower);
  store.set(2);
  expect(store.get()).toBe(2);
  leave();
  store.set(3);
  expect(follower).toHaveBeenCalledTimes(1);
});

test('starts with the first follower and stops with the last one', () => {
  const stop = vi.fn();
  const start = vi.fn(() => stop);
  const store = createStore(1, start);
  const follower = () => {};
  const leaves = [store.subscribe(follower), store.subscribe(follower)];
  expect(start).toHaveBeenCalledTimes(1);
  leaves[0]?.();
  leaves[0]?.();
  expect(stop).not.toHaveBeenCalled();
  leaves[1]?.();
  expect(stop).toHaveBeenCalledTimes(1);
  store.subscribe(follower);
  expect(start).toHaveBeenCalledTimes(2);
});
