import { expect, test, vi } from 'vitest';
import { setting } from './settings';

test('a setting is what was built in, or the fallback', () => {
  expect(setting('VITE_UNKNOWN')).toBe('');
  expect(setting('VITE_UNKNOWN', 'none')).toBe('none');
  vi.stubEnv('VITE_TITLE', 'built in');
  expect(setting('VITE_TITLE', 'none')).toBe('built in');
});

test('what the server was started with goes first, unless it is empty', () => {
  vi.stubEnv('VITE_TITLE', 'built in');
  vi.stubGlobal('runtimeSettings', { VITE_TITLE: 'at the start' });
  expect(setting('VITE_TITLE')).toBe('at the start');
  vi.stubGlobal('runtimeSettings', { VITE_TITLE: '' });
  expect(setting('VITE_TITLE')).toBe('built in');
});
