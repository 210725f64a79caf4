import { badOne, one, RuleCases, service } from './case';
import { Mode } from '../../../src/model/mode';
import { Value } from '../../../src/model/value';
import { Variable } from '../../../src/model/variable';

const value = Value.literal('x');

export const NAME_CASES: RuleCases[] = [
  {
    ruleId: 'PS001',
    bad: [
      {
        name: 'capitals and an underscore',
        define: (stack) => { service(stack, 'Backend_API'); },
        findings: [
          'error PS001 at shop/stack/Backend_API: The service name "Backend_API" is not a DNS label: at most 63 lower-case letters, digits and hyphens, no hyphen at an end. Write: serviceName: \'backend-api\'.',
        ],
      },
      {
        name: '64 letters',
        define: (stack) => { service(stack, 'a', { serviceName: 'a'.repeat(64) }); },
        findings: [
          'error PS001 at shop/stack/a: The service name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is not a DNS label: at most 63 lower-case letters, digits and hyphens, no hyphen at an end. Write: serviceName: \'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\'.',
        ],
      },
      {
        name: 'nothing that could be kept',
        define: (stack) => { service(stack, 'a', { serviceName: '-' }); },
        findings: [
          'error PS001 at shop/stack/a: The service name "-" is not a DNS label: at most 63 lower-case letters, digits and hyphens, no hyphen at an end. Write: serviceName: \'service\'.',
        ],
      },
    ],
    good: [
      { name: '63 letters', define: (stack) => { service(stack, 'a', { serviceName: 'a'.repeat(63) }); } },
      { name: 'digits and a hyphen', define: (stack) => { service(stack, '0-a9'); } },
    ],
  },
  {
    ruleId: 'PS002',
    bad: [{
      name: 'three of one name',
      define: (stack) => { for (const id of ['api', 'b', 'c', 'api-2']) service(stack, id, id === 'api-2' ? {} : { serviceName: 'api' }); },
      findings: [
        'error PS002 at shop/stack/b: The service name "api" is already that of shop/stack/api. Write: serviceName: \'api-3\'.',
        'error PS002 at shop/stack/c: The service name "api" is already that of shop/stack/api. Write: serviceName: \'api-4\'.',
      ],
    }],
    good: [{ name: 'two of different names', define: (stack) => { service(stack, 'api'); service(stack, 'web'); } }],
  },
  {
    ruleId: 'PS003',
    bad: [
      badOne('a space', { environment: { 'db host': value } }, [
        'error PS003 at shop/stack/app: The environment key "db host" has characters other than letters, digits, "_", "." and "-", or begins with a digit. Write: environment: { DB_HOST: … }.',
      ]),
      badOne('an equals sign, a digit first, nothing', { environment: { 'A=B': value, '1A': value, '': value } }, [
        'error PS003 at shop/stack/app: The environment key "A=B" has characters other than letters, digits, "_", "." and "-", or begins with a digit. Write: environment: { A_B: … }.',
        'error PS003 at shop/stack/app: The environment key "1A" has characters other than letters, digits, "_", "." and "-", or begins with a digit. Write: environment: { _1_A: … }.',
        'error PS003 at shop/stack/app: The environment key "" has characters other than letters, digits, "_", "." and "-", or begins with a digit. Write: environment: { _: … }.',
      ]),
      badOne('in one mode', { production: { environment: { 'A B': value } } }, [
        'error PS003 at shop/stack/app: In production, the environment key "A B" has characters other than letters, digits, "_", "." and "-", or begins with a digit. Write: environment: { A_B: … }.',
      ]),
    ],
    good: [one('what shells and some images use', { environment: { 'DB_HOST': value, '_a1': value, 'discovery.type': value, 'a-b': value } })],
  },
  {
    ruleId: 'PS004',
    bad: [
      {
        name: 'a hyphen',
        define: (stack) => { service(stack, 'app').addVariable('LOG-LEVEL'); },
        findings: [
          'error PS004 at shop/stack/app: The variable name "LOG-LEVEL" is not made of letters, digits and underscores, or begins with a digit. Write: \'LOG_LEVEL\'.',
        ],
      },
      {
        name: 'what the shell sets',
        define: (stack) => { service(stack, 'app').addVariable('USER'); },
        findings: [
          'error PS004 at shop/stack/app: The variable name "USER" is not free: every shell sets it. Write: \'APP_USER\'.',
        ],
      },
      {
        name: 'what Compose reads',
        define: (stack) => { service(stack, 'app').addVariable('COMPOSE_PROFILES'); },
        findings: [
          'error PS004 at shop/stack/app: The variable name "COMPOSE_PROFILES" is not free: Compose and Docker read it themselves. Write: \'APP_COMPOSE_PROFILES\'.',
        ],
      },
      badOne('of a port', { ports: [{ name: 'http', port: 80, variableName: '8PORT' }] }, [
        'error PS004 at shop/stack/app: The variable name "8PORT" is not made of letters, digits and underscores, or begins with a digit. Write: \'_8_PORT\'.',
      ]),
      badOne('named by a default', {
        environment: { A: Value.of(new Variable('A', { defaultValue: Value.of(new Variable('B C')) })) },
      }, [
        'error PS004 at shop/stack/app: The variable name "B C" is not made of letters, digits and underscores, or begins with a digit. Write: \'B_C\'.',
      ]),
    ],
    good: [{ name: 'an ordinary one', define: (stack) => { service(stack, 'app').addVariable('USER_NAME'); } }],
  },
  {
    ruleId: 'PS005',
    bad: [
      {
        name: 'two defaults',
        define: (stack) => {
          service(stack, 'api').addVariable('LOG_LEVEL', { defaultValue: Value.literal('info') });
          service(stack, 'worker').addVariable('LOG_LEVEL', { defaultValue: Value.literal('debug') });
        },
        findings: [
          'error PS005 at shop/stack/worker: The variable LOG_LEVEL has two definitions: default "debug" here, default "info" at shop/stack/api. Write: one Variable, made once and used by both, or another name for one of them.',
        ],
      },
      {
        name: 'one of them a secret, and a reference against the same text',
        define: (stack) => {
          service(stack, 'api').addVariable('KEY_ID');
          service(stack, 'worker').addSecret('KEY_ID');
          const host = new Variable('HOST_NAME');
          service(stack, 'a').addVariable('URL', { defaultValue: Value.of(host) });
          service(stack, 'b').addVariable('URL', { defaultValue: Value.literal('${HOST_NAME}') });
        },
        findings: [
          'error PS005 at shop/stack/worker: The variable KEY_ID has two definitions: default "dev_key_id", secret (hex) here, without a default, not secret at shop/stack/api. Write: one Variable, made once and used by both, or another name for one of them.',
          'error PS005 at shop/stack/b: The variable URL has two definitions: default "$${HOST_NAME}" here, default "${HOST_NAME}" at shop/stack/a. Write: one Variable, made once and used by both, or another name for one of them.',
        ],
      },
    ],
    good: [
      {
        name: 'equal in everything but description and section',
        define: (stack) => {
          service(stack, 'api').addVariable('LOG_LEVEL', { defaultValue: Value.literal('info'), description: 'a' });
          service(stack, 'worker').addVariable('LOG_LEVEL', { defaultValue: Value.concat(Value.literal('in'), Value.literal('fo')), section: 'b' });
        },
      },
    ],
  },
  {
    ruleId: 'PS009',
    bad: [
      badOne('two of one name', { ports: [{ name: 'http', port: 80 }, { name: 'http', port: 81 }] }, [
        'error PS009 at shop/stack/app: Two ports have the name "http". Write: name: \'http-2\' on one of them.',
      ]),
      badOne('no label', { ports: [{ name: 'Admin UI', port: 80 }, { name: '', port: 81 }] }, [
        'error PS009 at shop/stack/app: The port name "Admin UI" is not a DNS label: lower-case letters, digits and hyphens. Write: name: \'admin-ui\'.',
        'error PS009 at shop/stack/app: The port name "" is not a DNS label: lower-case letters, digits and hyphens. Write: name: \'http\'.',
      ]),
    ],
    good: [one('two names', { ports: [{ name: 'http', port: 80 }, { name: 'admin-ui', port: 81 }] })],
  },
  {
    ruleId: 'PS024',
    bad: [badOne('a space, one letter, a comma', { profiles: ['dev tools', 'x', 'a,b', '', 'ä'] }, [
      'error PS024 at shop/stack/app: The profile "dev tools" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Write: profiles: [\'dev-tools\'].',
      'error PS024 at shop/stack/app: The profile "x" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Write: profiles: [\'tools\'].',
      'error PS024 at shop/stack/app: The profile "a,b" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Write: profiles: [\'a-b\'].',
      'error PS024 at shop/stack/app: The profile "" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Write: profiles: [\'tools\'].',
      'error PS024 at shop/stack/app: The profile "ä" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Write: profiles: [\'tools\'].',
    ])],
    good: [one('what the specification takes', { profiles: ['tools', 'a_b.c-1'] })],
  },
  {
    ruleId: 'PS028',
    bad: [
      badOne('no mode', { modes: [] }, [
        'error PS028 at shop/stack/app: It exists in no mode. Write: modes: [Mode.DEVELOPMENT], or remove the service.',
      ]),
      badOne('overrides of no target', { overrides: { kubernetes: {} } }, [
        'error PS028 at shop/stack/app: overrides has the key "kubernetes", which is no target of this stack. Write: overrides: { compose: { … } }; the targets are: compose, dockerfile, text, env, scripts, readme.',
      ]),
      {
        name: 'of the stack',
        props: { overrides: { Compose: {} } },
        define: () => undefined,
        findings: [
          'error PS028 at shop/stack: overrides has the key "Compose", which is no target of this stack. Write: overrides: { compose: { … } }; the targets are: compose, dockerfile, text, env, scripts, readme.',
        ],
      },
      badOne('in one mode', { production: { overrides: { composer: {} } } }, [
        'error PS028 at shop/stack/app: In production, overrides has the key "composer", which is no target of this stack. Write: overrides: { compose: { … } }; the targets are: compose, dockerfile, text, env, scripts, readme.',
      ]),
    ],
    good: [
      one('overrides of Compose', { overrides: { compose: { labels: {} } }, modes: [Mode.PRODUCTION] }),
      { name: 'of the stack', props: { overrides: { compose: {} } }, define: () => undefined },
    ],
  },
  {
    ruleId: 'PS029',
    bad: [
      {
        name: 'capitals',
        props: { stackName: 'My Shop' },
        define: () => undefined,
        findings: [
          'error PS029 at shop/stack: The stack name "My Shop" is not made of lower-case letters, digits, "_" and hyphens, a letter or digit first. Write: stackName: \'my-shop\'.',
        ],
      },
      {
        name: 'nothing',
        props: { stackName: '' },
        define: () => undefined,
        findings: [
          'error PS029 at shop/stack: The stack name "" is not made of lower-case letters, digits, "_" and hyphens, a letter or digit first. Write: stackName: \'app\'.',
        ],
      },
      {
        name: 'a hyphen first',
        props: { stackName: '-shop' },
        define: () => undefined,
        findings: [
          'error PS029 at shop/stack: The stack name "-shop" is not made of lower-case letters, digits, "_" and hyphens, a letter or digit first. Write: stackName: \'shop\'.',
        ],
      },
    ],
    good: [{ name: 'what Compose takes', props: { stackName: '1shop_a-b' }, define: () => undefined }],
  },
];
