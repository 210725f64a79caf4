import type { Service } from '../../model/service';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';

/** What proves an Adminer: its login page. */
export function adminerChecks(adminer: Service): SmokeCheck[] {
  return askable(adminer, [SmokeCheck.http('shows its login page', { port: 'http', path: '/', expect: 'auth\\[driver\\]' })]);
}
