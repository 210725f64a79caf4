import { screen } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { answerWith, freshPage } from './testing/page';

const page = freshPage();
const status = () => screen.getByRole('status').textContent;
const HEALTHY = { status: 'healthy', api: 'operational', database: 'connected', version: '1.0.0', timestamp: '2026-01-01T00:00:00Z' };

test('shows how everything is that the backend depends on', async () => {
  answerWith({ 'GET /health': () => Response.json({ ...HEALTHY, redis: 'connected' }) });
  await page.open();
  expect(status()).toBe('Everything works.');
  const parts = screen.getAllByRole('term').map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`);
  expect(parts).toEqual(['api: operational', 'database: connected', 'redis: connected']);
});

test('names what does not work', async () => {
  const database = 'unavailable: connection refused';
  answerWith({ 'GET /health': () => Response.json({ ...HEALTHY, status: 'unhealthy', database }, { status: 503 }) });
  await page.open();
  expect(status()).toBe('Not everything works: database.');
  expect(screen.getByText(database)).toBeDefined();
});

test.each([
  ['there is no connection', undefined],
  ['a proxy answers in its place', () => new Response('Bad Gateway', { status: 502 })],
  ['a page answers in its place', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
])('says that the backend is away when %s, and recovers by itself', async (_, answer) => {
  const routes = answer ? { 'GET /health': answer } : {};
  answerWith(routes);
  await page.open();
  expect(status()).toBe('The backend cannot be reached. Trying again …');
  expect(screen.queryAllByRole('term')).toEqual([]);
  answerWith({ 'GET /health': () => Response.json(HEALTHY) });
  await page.wait(1_500);
  expect(status()).toBe('Everything works.');
});

test('is content with a backend that says nothing but that it is well', async () => {
  answerWith({ 'GET /health': () => Response.json({ ok: true }) });
  await page.open();
  expect(status()).toBe('Everything works.');
});

test('asks no more when nobody looks', async () => {
  let asked = 0;
  answerWith({
    'GET /health': () => {
      asked += 1;
      return Response.json(HEALTHY);
    },
  });
  const { health } = await import('./api/health');
  const leave = health.subscribe(() => {});
  await page.wait(5_100);
  expect(asked).toBe(2);
  leave();
  await page.wait(20_000);
  expect(asked).toBe(2);
});
