import { service } from './cases/case';
import { HealthCheck } from '../../src/model/health-check';
import { StackModel } from '../../src/model/stack-model';
import { Acceptance, applyAcceptances, validate } from '../../src/validation/validate';
import { modelOf, textOf } from '../support/model';

const because = 'measured last week';
const model = modelOf((stack) => {
  service(stack, 'api', { production: { image: 'app:latest' } });
  service(stack, 'worker', { serviceName: 'jobs' });
});

function judge(acceptances: Acceptance[], stack: StackModel = model) {
  const { open, accepted } = applyAcceptances(stack, validate(stack), acceptances);
  return { open: open.map(textOf), accepted: accepted.map(({ finding, because: why }) => [finding.rule.ruleId, finding.path.split('/').pop(), why]) };
}

const LATEST = "error PS014 at shop/stack/api: In production, the image \"app:latest\" has the tag latest. Write: image: 'app:1.2.3' with the version that you tested.";
const check = (path: string) => (
  `warning PS022 at ${path}: In production, it has no health check. Write: healthCheck: HealthCheck.http('/health'), or tcp, or exec.`
);

test('without an acceptance everything is open', () => {
  expect(judge([])).toEqual({ open: [LATEST, check('shop/stack/api'), check('shop/stack/worker')], accepted: [] });
});

test('a rule is accepted in the whole stack', () => {
  expect(judge([{ ruleId: 'PS022', because }])).toEqual({ open: [LATEST], accepted: [['PS022', 'api', because], ['PS022', 'worker', because]] });
});

test.each(['jobs', 'worker', 'shop/stack/worker', model.services[1].node.path])('a rule is accepted at %s', (at) => {
  expect(judge([{ ruleId: 'PS022', at, because }])).toEqual({ open: [LATEST, check('shop/stack/api')], accepted: [['PS022', 'worker', because]] });
});

test('the nearer reason counts, and the farther one is not stale for that', () => {
  const { accepted } = judge([{ ruleId: 'PS022', because: 'far' }, { ruleId: 'PS022', at: 'api', because: 'near' }]);
  expect(accepted).toEqual([['PS022', 'api', 'near'], ['PS022', 'worker', 'far']]);
});

test('an acceptance without a reason accepts nothing', () => {
  expect(judge([{ ruleId: 'PS014', because: ' ' }]).open).toEqual([
    LATEST, check('shop/stack/api'), check('shop/stack/worker'),
    "error PS032 at shop/stack: PS014 is accepted without a reason. Write: stack.accept('PS014', { because: 'why it does not matter here' }).",
  ]);
});

test.each([['PS14', 'PS014'], ['ps014', 'PS014'], ['PS039', 'PS001'], ['latest', 'PS001']])('the ID %s is that of no rule', (ruleId, guess) => {
  expect(judge([{ ruleId, because }]).open).toContain(
    `error PS032 at shop/stack: "${ruleId}" is accepted, which is the ID of no rule. Write: stack.accept('${guess}', …) with an ID of docs/rules.md.`,
  );
});

test.each([
  [{ ruleId: 'PS016', because }, 'PS016 is accepted, and'],
  [{ ruleId: 'PS014', at: 'jobs', because }, 'PS014 is accepted at "jobs", and'],
  [{ ruleId: 'PS014', at: 'nobody', because }, 'PS014 is accepted at "nobody", and'],
])('an acceptance that matches nothing is stale: %j', (acceptance, beginning) => {
  expect(judge([acceptance]).open.slice(3)).toEqual([`warning PS031 at shop/stack: ${beginning} is not found there. Remove that stack.accept(…).`]);
});

test('what was accepted about the documents is stale only when they were looked at', () => {
  const documents = [{ ruleId: 'PS051', because }, { ruleId: 'ACME7', because }];
  expect(judge(documents).open).toEqual([LATEST, check('shop/stack/api'), check('shop/stack/worker')]);
  const sound = modelOf((stack) => { service(stack, 'api', { healthCheck: HealthCheck.exec(['true']) }); });
  expect(judge(documents, sound).open).toEqual([
    'warning PS031 at shop/stack: PS051 is accepted, and is not found there. Remove that stack.accept(…).',
    'warning PS031 at shop/stack: ACME7 is accepted, and is not found there. Remove that stack.accept(…).',
  ]);
});
