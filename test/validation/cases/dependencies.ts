import { RuleCases, service } from './case';
import { DependencyCondition } from '../../../src/model/dependency';
import { HealthCheck } from '../../../src/model/health-check';
import { Mode } from '../../../src/model/mode';
import { Stack } from '../../../src/stack';

const check = { healthCheck: HealthCheck.exec(['true']) };

export const DEPENDENCY_CASES: RuleCases[] = [
  {
    ruleId: 'PS015',
    bad: [
      {
        name: 'a service of another stack',
        define: (stack) => { service(stack, 'api').addDependency(service(new Stack(stack.project, 'other'), 'db')); },
        findings: [
          'error PS015 at shop/stack/api: It depends on "db", which is no service of this stack but shop/other/db. Write: new …Service(stack, …) in this stack, or a connection to something external (ExternalPostgres, ExternalRedis) instead.',
        ],
      },
      {
        name: 'itself',
        define: (stack) => { const api = service(stack, 'api'); api.addDependency(api); },
        findings: [
          'error PS015 at shop/stack/api: The service "api" depends on itself. Remove that dependency.',
        ],
      },
      {
        name: 'one that is not there in production',
        define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db', { modes: [Mode.DEVELOPMENT] })); },
        findings: [
          'error PS015 at shop/stack/api: In production, it depends on "db", which exists in development only. Write: modes: [Mode.DEVELOPMENT, Mode.PRODUCTION] on db, fewer modes on api, or the dependency in one mode alone: addSettings({ dependsOn: [{ service: … }] }, mode).',
        ],
      },
      {
        name: 'one in a profile',
        define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db', { profiles: ['full'] })); },
        findings: [
          'error PS015 at shop/stack/api: It depends on "db", which runs only with \'full\', and it runs without a profile. Write: no profiles on db, or profiles: [\'full\'] on api.',
        ],
      },
      {
        name: 'one in another profile',
        define: (stack) => { service(stack, 'api', { profiles: ['web', 'full'] }).addDependency(service(stack, 'db', { profiles: ['full'] })); },
        findings: [
          'error PS015 at shop/stack/api: It depends on "db", which runs only with \'full\', and it runs with \'web\' too. Write: profiles: [\'full\', \'web\'] on db.',
        ],
      },
    ],
    good: [
      { name: 'an ordinary one', define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db')); } },
      { name: 'a shared profile', define: (stack) => { service(stack, 'api', { profiles: ['web'] }).addDependency(service(stack, 'db', { profiles: ['web', 'full'] })); } },
      {
        name: 'in the mode where it is',
        define: (stack) => {
          const db = service(stack, 'db', { modes: [Mode.DEVELOPMENT] });
          service(stack, 'api', { development: { dependsOn: [{ service: db }] } });
        },
      },
    ],
  },
  {
    ruleId: 'PS016',
    bad: [
      {
        name: 'two',
        define: (stack) => { const [a, b] = ['a', 'b'].map((id) => service(stack, id)); a.addDependency(b); b.addDependency(a); },
        findings: [
          'error PS016 at shop/stack/a: These services wait for each other: a → b → a. Remove one of these dependencies; b could retry until a answers.',
        ],
      },
      {
        name: 'three in production alone, and one that leads to them',
        define: (stack) => {
          const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => service(stack, id));
          a.addDependency(b);
          b.addDependency(c);
          c.addDependency(d);
          d.addSettings({ dependsOn: [{ service: b }] }, Mode.PRODUCTION);
        },
        findings: [
          'error PS016 at shop/stack/b: In production, these services wait for each other: b → c → d → b. Remove one of these dependencies; d could retry until b answers.',
        ],
      },
    ],
    good: [{
      name: 'a diamond',
      define: (stack) => {
        const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => service(stack, id));
        for (const [from, to] of [[a, b], [a, c], [b, d], [c, d], [a, d]]) from.addDependency(to);
      },
    }],
  },
  {
    ruleId: 'PS017',
    bad: [
      {
        name: 'healthy without a check',
        define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db'), DependencyCondition.HEALTHY); },
        findings: [
          'error PS017 at shop/stack/api: It waits until "db" is healthy, which has no health check. Write: healthCheck: HealthCheck.http(\'/health\') (or tcp, exec) on db, or condition: DependencyCondition.STARTED.',
        ],
      },
      {
        name: 'healthy with no check in production',
        define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db', { ...check, production: { healthCheck: HealthCheck.none() } }), DependencyCondition.HEALTHY); },
        findings: [
          'error PS017 at shop/stack/api: In production, it waits until "db" is healthy, which has HealthCheck.none(). Write: healthCheck: HealthCheck.http(\'/health\') (or tcp, exec) on db, or condition: DependencyCondition.STARTED.',
        ],
      },
      {
        name: 'completed, of one that goes on',
        define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db'), DependencyCondition.COMPLETED); },
        findings: [
          'error PS017 at shop/stack/api: It waits until "db" has completed, which is not a service that runs once. Write: oneShot: true on db, or condition: DependencyCondition.STARTED.',
        ],
      },
    ],
    good: [
      { name: 'healthy', define: (stack) => { service(stack, 'api').addDependency(service(stack, 'db', check), DependencyCondition.HEALTHY); } },
      { name: 'what holds by default', define: (stack) => { const api = service(stack, 'api'); api.addDependency(service(stack, 'db')); api.addDependency(service(stack, 'job', { oneShot: true })); } },
    ],
  },
  {
    ruleId: 'PS018',
    bad: [
      {
        name: 'nobody waits',
        define: (stack) => { service(stack, 'backend-migrate', { oneShot: true }); },
        findings: [
          'error PS018 at shop/stack/backend-migrate: The service "backend-migrate" runs once, and nothing waits for its completion. Write: dependsOn: [{ service: backendMigrate }] on a service that needs it, or profiles: [\'tools\'] to run it by hand.',
        ],
      },
      {
        name: 'somebody waits in development alone, or only for the start',
        define: (stack) => {
          const job = service(stack, 'job', { oneShot: true });
          service(stack, 'api', { development: { dependsOn: [{ service: job }] } });
          const seed = service(stack, 'seed', { oneShot: true });
          service(stack, 'web').addDependency(seed, DependencyCondition.STARTED);
        },
        findings: [
          'error PS018 at shop/stack/seed: The service "seed" runs once, and nothing waits for its completion. Write: dependsOn: [{ service: seed }] on a service that needs it, or profiles: [\'tools\'] to run it by hand.',
          'error PS018 at shop/stack/job: In production, the service "job" runs once, and nothing waits for its completion. Write: dependsOn: [{ service: job }] on a service that needs it, or profiles: [\'tools\'] to run it by hand.',
        ],
      },
    ],
    good: [
      { name: 'somebody waits', define: (stack) => { service(stack, 'api').addDependency(service(stack, 'job', { oneShot: true })); } },
      { name: 'run by hand', define: (stack) => { service(stack, 'job', { oneShot: true, profiles: ['tools'] }); } },
    ],
  },
];
