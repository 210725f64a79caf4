import { screen } from '@testing-library/dom';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  document.body.replaceChildren();
});

test('the page has one heading, which a setting changes', async () => {
  vi.stubGlobal('runtimeSettings', { VITE_APP_TITLE: 'Shop' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const { mount } = await import('./mount');
  const unmount = mount(document.body.appendChild(document.createElement('div')));
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Shop');
  unmount();
  expect(screen.queryByRole('heading')).toBeNull();
});
