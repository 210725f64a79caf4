import { expect, test, vi } from 'vitest';
import { apiRoot, client } from './client';

test.each([
  ['', ''],
  ['/', ''],
  ['/api/v1', ''],
  ['/api/v1/', ''],
  ['http://localhost:8000/api/v1', 'http://localhost:8000'],
  ['https://api.example.com', 'https://api.example.com'],
  ['https://example.com/shop/api/v1', 'https://example.com/shop'],
])('the paths of the API at "%s" follow "%s"', (baseUrl, root) => expect(apiRoot(baseUrl)).toBe(root));

test('asks under the address of the page when nothing else is said', async () => {
  const fetched = vi.fn(async (_request: Request) => Response.json({}));
  vi.stubGlobal('fetch', fetched);
  await client.GET('/health');
  expect(fetched.mock.calls[0]?.[0].url).toBe(`${location.origin}/health`);
});
