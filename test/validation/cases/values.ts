import { badOne, one, RuleCases, service } from './case';
import { Mount } from '../../../src/model/mount';
import { Value } from '../../../src/model/value';
import { Variable } from '../../../src/model/variable';

const text = Value.literal;
const setting = (name: string, defaultText: string) => Value.of(new Variable(name, { defaultValue: text(defaultText) }));
const settings = (...defaults: string[]) => Object.fromEntries(defaults.map((each, index) => [`K${index}`, setting(`X${index}`, each)]));

export const VALUE_CASES: RuleCases[] = [
  {
    ruleId: 'PS006',
    bad: [
      badOne('an empty JSON object as a default', { environment: settings('{}') }, [
        'error PS006 at shop/stack/app: The default of X0 "{}" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X0 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
      ]),
      badOne('defaults with braces that are miscounted', { environment: settings('}', '{', '{{a}}', 'a{', '}{', '{"a":{}}') }, [
        'error PS006 at shop/stack/app: The default of X0 "}" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X0 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
        'error PS006 at shop/stack/app: The default of X1 "{" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X1 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
        'error PS006 at shop/stack/app: The default of X2 "{{a}}" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X2 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
        'error PS006 at shop/stack/app: The default of X3 "a{" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X3 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
        'error PS006 at shop/stack/app: The default of X4 "}{" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X4 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
        'error PS006 at shop/stack/app: The default of X5 "{\\"a\\":{}}" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for X5 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
      ]),
      badOne('a default of two lines', { environment: settings('a\nb') }, [
        'error PS006 at shop/stack/app: The default of X0 "a\\nb" holds a newline, at which Compose stops reading. Write: a default of one line, or for X0 give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
      ]),
      badOne('a composed default', {
        environment: { A: Value.of(new Variable('A', { defaultValue: Value.concat(text('}'), setting('B', 'b')) })) },
      }, [
        'error PS006 at shop/stack/app: The default of A "}${V}" has braces that Compose miscounts, so that it would be cut off. Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or for A give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }.',
      ]),
      badOne('characters that no file can carry', {
        environment: { A: text('a\0b'), B: text('\u0085'), C: text('\ud800'), D: setting('D', '\x7f') },
        command: [text('\uffff')],
        labels: { a: '\x9f' },
        mounts: [Mount.config('c', '/c', 'x\0')],
      }, [
        'error PS006 at shop/stack/app: environment.A holds the character U+0000, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: environment.B holds the character U+0085, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: environment.C holds the character U+D800, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: command[0] holds the character U+FFFF, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: labels.a holds the character U+009F, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: mounts[0].content holds the character U+0000, which no file can carry. Write the text without it, or encoded (base64, say) if the program can decode it.',
        'error PS006 at shop/stack/app: The default of D holds the character U+007F, which no file can carry. Write the default without it.',
      ]),
    ],
    good: [
      one('what Compose carries in a default', { environment: settings('{ }', '{a}', '$', '${a}', '"', '\'', '\\', '#', ' ', ':-?', '\t', 'é😀', '{{a}', '{"a": 1}') }),
      one('what YAML carries in a literal', { environment: { A: text('{}}{\n\r\t\x01\x1f"\'\\#:\u2028\u{1f600}$') } }),
      one('a variable between braces', { environment: { A: Value.of(new Variable('A', { defaultValue: Value.concat(text('{'), setting('B', 'b'), text('}')) })) } }),
    ],
  },
  {
    ruleId: 'PS007',
    bad: [
      badOne('a literal password', { environment: { DB_PASSWORD: text('hunter2') } }, [
        "error PS007 at shop/stack/app: The environment key DB_PASSWORD is a secret with a literal value. Write: environment: { DB_PASSWORD: Value.of(service.addSecret('DB_PASSWORD')) }.",
      ]),
      badOne('other names', {
        environment: { jwtSecret: text('a1b2'), API_KEY_2: text('sk-1'), PGPASSWORD: text('x1'), GITHUB_TOKEN: text('t1'), SMTP_PASS: text('p1') },
      }, [
        "error PS007 at shop/stack/app: The environment key jwtSecret is a secret with a literal value. Write: environment: { jwtSecret: Value.of(service.addSecret('JWT_SECRET')) }.",
        "error PS007 at shop/stack/app: The environment key API_KEY_2 is a secret with a literal value. Write: environment: { API_KEY_2: Value.of(service.addSecret('API_KEY_2')) }.",
        "error PS007 at shop/stack/app: The environment key PGPASSWORD is a secret with a literal value. Write: environment: { PGPASSWORD: Value.of(service.addSecret('PGPASSWORD')) }.",
        "error PS007 at shop/stack/app: The environment key GITHUB_TOKEN is a secret with a literal value. Write: environment: { GITHUB_TOKEN: Value.of(service.addSecret('GITHUB_TOKEN')) }.",
        "error PS007 at shop/stack/app: The environment key SMTP_PASS is a secret with a literal value. Write: environment: { SMTP_PASS: Value.of(service.addSecret('SMTP_PASS')) }.",
      ]),
      badOne('in a URL', { environment: { BROKER: text('amqp://app:guest@mq:5672/') }, command: [text('--db=postgres://u:p@h/d')] }, [
        "error PS007 at shop/stack/app: The environment key BROKER is a URL with a literal password. Write: Value.concat(Value.literal('scheme://user:'), Value.of(service.addSecret('BROKER_PASSWORD')), Value.literal('@host/')).",
        "error PS007 at shop/stack/app: A URL with a literal password is among the arguments. Write: Value.concat(Value.literal('scheme://user:'), Value.of(service.addSecret('APP_PASSWORD')), Value.literal('@host/')).",
      ]),
      badOne('a variable that is not marked', { environment: { A: setting('APP_SECRET', 's1'), B: setting('CACHE', 'redis://:pw@redis') } }, [
        "error PS007 at shop/stack/app: The variable APP_SECRET has a secret as its default and is not marked as one. Write: service.addSecret('APP_SECRET'), or secret: true in its options.",
        "error PS007 at shop/stack/app: The variable CACHE has a secret as its default and is not marked as one. Write: service.addSecret('CACHE'), or secret: true in its options.",
      ]),
      badOne('a logging option', { logging: { driver: 'splunk', options: { 'splunk-token': 'a1' } } }, [
        'error PS007 at shop/stack/app: The logging option splunk-token is a secret with a literal value. Write: overrides: { compose: { logging: { options: { \'splunk-token\': \'${SPLUNK_TOKEN:?}\' } } } }.',
      ]),
      badOne('build arguments', {
        imageBuild: { args: { NPM_TOKEN: text('npm_1'), KEY: Value.of(new Variable('LICENCE', { secret: true })) } },
      }, [
        "error PS007 at shop/stack/app: The build argument NPM_TOKEN is a secret with a literal value; whoever has the image can read it. Write: environment: { … } for what is needed at run time, or a build secret: overrides: { compose: { build: { secrets: ['npm_token'] } } }.",
        "error PS007 at shop/stack/app: The build argument KEY carries the secret LICENCE; whoever has the image can read it. Write: environment: { … } for what is needed at run time, or a build secret: overrides: { compose: { build: { secrets: ['key'] } } }.",
      ]),
    ],
    good: [
      one('ordinary logging options', { logging: { options: { 'max-size': '10m' } } }),
      {
        name: 'secrets of the operator',
        define: (stack) => {
          const app = service(stack, 'app');
          const password = app.addSecret('DB_PASSWORD');
          app.addEnvironment('DB_PASSWORD', Value.of(password));
          app.addEnvironment('DATABASE_URL', Value.concat(text('postgresql://app:'), Value.of(password), text('@db/app')));
        },
      },
      one('names that only look so', {
        environment: {
          PASSWORD_FILE: text('/run/secrets/a'),
          TOKEN_URL: text('http://a/b'),
          ACCESS_TOKEN_EXPIRE_MINUTES: text('30'),
          JWT_ALGORITHM: text('HS256'),
          BYPASS: text('abc'),
          AWS_ACCESS_KEY_ID: text('AKIA'),
          ALLOW_EMPTY_PASSWORD: text('yes'),
          TLS_PRIVATE_KEY: text('/certs/tls.key'),
          DB_PASSWORD: text(''),
          SITE: text('https://example.com:8443/a@b'),
          PARTITION_KEY: text('id'),
        },
      }),
    ],
  },
  {
    ruleId: 'PS030',
    bad: [
      badOne('empty names', { labels: { '': 'a' }, sysctls: { '': '1' }, extraHosts: { '': '10.0.0.1' }, imageBuild: { args: { '': text('a') } } }, [
        "error PS030 at shop/stack/app: The name of a label is empty. Write: labels: { 'com.example.team': '…' }.",
        "error PS030 at shop/stack/app: The name of an extra host is empty. Write: extraHosts: { 'api.local': '10.0.0.1' }.",
        "error PS030 at shop/stack/app: The name of a kernel parameter is empty. Write: sysctls: { 'net.core.somaxconn': '1024' }.",
        'error PS030 at shop/stack/app: The name of a build argument is empty. Write: args: { VERSION: … }.',
      ]),
      badOne('names that no driver or tool has', { logging: { options: { '@ ': 'a', 'x-a': '1' } }, labels: { '>': 'a' } }, [
        'error PS030 at shop/stack/app: The name ">" of a label has characters that it cannot have. Write: labels: { \'com.example.team\': \'…\' }.',
        'error PS030 at shop/stack/app: The name "@ " of a logging option has characters that it cannot have. Write: logging: { options: { \'max-size\': \'10m\' } }.',
        'error PS030 at shop/stack/app: The name "x-a" of a logging option has characters that it cannot have. Write: logging: { options: { \'max-size\': \'10m\' } }.',
      ]),
      badOne('names and addresses that are none', { labels: { 'a b': 'a' }, extraHosts: { 'a:b': '10.0.0.1', 'db': 'localhost' } }, [
        'error PS030 at shop/stack/app: The name "a b" of a label has characters that it cannot have. Write: labels: { \'com.example.team\': \'…\' }.',
        'error PS030 at shop/stack/app: The name "a:b" of an extra host has characters that it cannot have. Write: extraHosts: { \'api.local\': \'10.0.0.1\' }.',
        'error PS030 at shop/stack/app: The extra host "db" has the address "localhost", which is no IP address. Write: extraHosts: { \'db\': \'host-gateway\' } for the host itself, or an IP address.',
      ]),
    ],
    good: [one('ordinary ones', {
      labels: { 'com.example/team': '' },
      sysctls: { 'net.core.somaxconn': '1024' },
      extraHosts: { 'host.docker.internal': 'host-gateway', 'six': '::1' },
      imageBuild: { args: { VERSION: text('1') } },
    })],
  },
];
