import { service } from './cases/case';
import { Finding, RuleInfo, Severity } from '../../src/model/finding';
import { HealthCheck } from '../../src/model/health-check';
import { Service } from '../../src/model/service';
import { StackModel } from '../../src/model/stack-model';
import { Rule } from '../../src/validation/rule';
import { RULES } from '../../src/validation/rules';
import { validate } from '../../src/validation/validate';
import { modelOf, textOf } from '../support/model';

const INFO: RuleInfo = { ruleId: 'ACME1', severity: Severity.ERROR, title: 'A team is named', reason: 'Somebody must answer.' };
const healthCheck = HealthCheck.exec(['true']);

/** What somebody else's package writes. */
class TeamRule extends Rule {
  constructor() {
    super(INFO);
  }

  public check(stack: StackModel): Finding[] {
    return [
      ...stack.services.filter((each) => !each.settings(each.modes[0]).labels?.team).map((each) => (
        this.findingAt(each, 'It has no team.', "Write: labels: { team: '…' }.")
      )),
      this.findingAtStack(stack, 'It has no owner.', 'Name one.'),
    ];
  }
}

/** A service that knows what is wrong with itself, and says it twice. */
class Complaining extends Service {
  public findings(): Finding[] {
    const finding = this.finding({ ...INFO, ruleId: 'ACME2' }, 'It is unhappy.', 'Be kind.');
    return [...super.findings(), finding, { ...finding }];
  }
}

test('a sound stack has no findings', () => {
  expect(validate(modelOf((stack) => { service(stack, 'app', { healthCheck }); }))).toEqual([]);
});

test('all findings come at once: rules in their order, elements, rules of others; each once', () => {
  const model = modelOf((stack) => {
    new Complaining(stack, 'Bad_Name', { image: 'app', healthCheck });
    service(stack, 'app', { healthCheck, labels: { team: 'a' }, user: 'a b' });
  });
  expect(validate(model, [new TeamRule()]).map(textOf)).toEqual([
    'error PS001 at shop/stack/Bad_Name: The service name "Bad_Name" is not a DNS label: at most 63 lower-case letters, digits and hyphens, '
      + "no hyphen at an end. Write: serviceName: 'bad-name'.",
    'error PS014 at shop/stack/Bad_Name: In production, the image "app" has no tag, which means latest. Write: image: \'app:1.2.3\' with the version that you tested.',
    "error PS027 at shop/stack/app: user \"a b\" is not a user, or a user and a group after a colon. Write: user: '1000:1000'.",
    'error ACME2 at shop/stack/Bad_Name: It is unhappy. Be kind.',
    "error ACME1 at shop/stack/Bad_Name: It has no team. Write: labels: { team: '…' }.",
    'error ACME1 at shop/stack: It has no owner. Name one.',
  ]);
});

test('a finding knows the file and line of what it is about', () => {
  const [finding] = validate(modelOf((stack) => { service(stack, 'Bad_Name', { healthCheck }); }));
  expect(finding.location).toMatch(/^test\/validation\/cases\/case\.ts:\d+$/);
  expect(finding.path).toMatch(/\/stack\/Bad_Name$/);
});

test('no service is looked at more often when there are more of them', () => {
  const looks = (count: number) => {
    let reads = 0;
    class Counting extends Service {
      public settings(mode: Parameters<Service['settings']>[0]) {
        reads++;
        return super.settings(mode);
      }
    }
    const model = modelOf((stack) => {
      let before: Service | undefined;
      for (let index = 0; index < count; index++) {
        const next = new Counting(stack, `s${index}`, { image: 'a:1', ports: [{ name: 'http', port: 80 }], healthCheck });
        if (before) next.addDependency(before);
        before = next;
      }
    });
    const findings = RULES.flatMap((rule) => rule.check(model));
    // Each but the first clashes with it on the host's port 80.
    expect(findings).toHaveLength(count - 1);
    return reads / count;
  };
  expect(looks(200)).toBeLessThan(looks(20) * 1.1);
});

test('a chain of a thousand services is walked without running out of stack', () => {
  const model = modelOf((stack) => {
    const chain = Array.from({ length: 1000 }, (_, index) => service(stack, `s${index}`, { healthCheck }));
    chain.forEach((each, index) => each.addDependency(chain[(index + 1) % chain.length]));
  });
  const [cycle, ...others] = validate(model);
  expect(others).toEqual([]);
  expect(cycle.message).toMatch(/^These services wait for each other: s0 → s1 → .* → s999 → s0\.$/);
});
