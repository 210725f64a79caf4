import createClient from 'openapi-fetch';
import { setting } from '../settings';
import type { paths } from './schema';

const PATIENCE = 10_000;

/**
 * What stands before the paths of the API, which begin with `/api/v1` themselves: nothing when it answers under this page's own
 * address.
 */
export function apiRoot(baseUrl: string): string {
  return baseUrl.replace(/\/api\/v\d+\/?$/, '').replace(/\/$/, '');
}

/** Asks the API; paths, parameters and answers are typed by its OpenAPI document. */
export const client = createClient<paths>({
  baseUrl: new URL(apiRoot(setting('VITE_API_BASE_URL')), location.origin).href.replace(/\/$/, ''),
  fetch: (request) => fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE)]) }),
});
