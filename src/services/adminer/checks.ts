import { SmokeCheck } from '../../model/smoke-check';

/** What proves an Adminer: its login page. */
export function adminerChecks(): SmokeCheck[] {
  return [SmokeCheck.http('shows its login page', { port: 'http', path: '/', expect: 'auth\\[driver\\]' })];
}
