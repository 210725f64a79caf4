import { Definition, Refused, RuleCases, service } from './case';
import { Mode } from '../../../src/model/mode';
import { ServiceProps } from '../../../src/model/service-props';
import { SmokeCheck } from '../../../src/model/smoke-check';

const HTTP = { name: 'http', port: 8000 };

function checked(name: string, checks: SmokeCheck[], props: ServiceProps = { ports: [HTTP] }): Definition {
  return { name, define: (stack) => { for (const check of checks) service(stack, `app${stack.node.children.length}`, props).addSmokeCheck(check); } };
}

const refused = (name: string, checks: SmokeCheck[], findings: string[], props?: ServiceProps): Refused => ({
  ...checked(name, checks, props), findings: findings.map((finding, index) => finding.replace('AT', `at shop/stack/app${index}`)),
});

const expecting = (expect: string) => SmokeCheck.http('answers', { expect });

export const SMOKE_CASES: RuleCases[] = [
  {
    ruleId: 'PS082',
    bad: [
      refused('a port that there is not', [SmokeCheck.http('answers', { port: 'htp' }), SmokeCheck.tcp('answers', { port: 'x', send: 'a', expect: 'b' })], [
        'error PS082 AT: In development, the smoke check "answers" asks the port "htp", which the service does not have. Write: port: \'http\'.',
        'error PS082 AT: In development, the smoke check "answers" asks the port "x", which the service does not have. Write: port: \'http\'.',
      ]),
      refused('no port at all', [SmokeCheck.http('answers')], [
        'error PS082 AT: In development, the smoke check "answers" has no port to ask. Write SmokeCheck.exec(…), which asks from inside, or publish a port in development.',
      ], {}),
      refused('a port that is not published', [SmokeCheck.reload('follows', { file: 'a.py', append: 'x', path: '/', expect: 'x' })], [
        'error PS082 AT: In development, the smoke check "follows" asks the port "http", which is not published in development. '
        + 'Write SmokeCheck.exec(…), which asks from inside, or publish a port in development.',
      ], { ports: [{ ...HTTP, publish: [Mode.PRODUCTION] }] }),
    ],
    good: [
      checked('a published port, by its name or as the first', [SmokeCheck.http('answers'), SmokeCheck.http('answers', { port: 'http' })]),
      checked('a program in the container, without any port', [SmokeCheck.exec('works', { command: ['true'] })], {}),
      checked('a service of production alone', [SmokeCheck.http('answers')], { modes: [Mode.PRODUCTION] }),
    ],
  },
  {
    ruleId: 'PS083',
    bad: [
      refused('what other dialects have', ['\\d+', '(?:a)', 'a*?', 'a\\n'].map(expecting), [
        'error PS083 AT: In development, the smoke check "answers" expects "\\\\d+", which has a class of other dialects. '
        + 'Write: [0-9] for \\d, [A-Za-z0-9_] for \\w, [[:space:]] for \\s.',
        'error PS083 AT: In development, the smoke check "answers" expects "(?:a)", which has a group of other dialects. Write: a plain group, ( and ).',
        'error PS083 AT: In development, the smoke check "answers" expects "a*?", which has a quantifier of other dialects. Remove the second sign.',
        'error PS083 AT: In development, the smoke check "answers" expects "a\\\\n", which has an escape that stands for something else there. '
        + 'Remove it: the answer is looked at line by line, without NUL bytes.',
      ]),
      refused('what nobody can read', ['(a', '[a', '*a'].map(expecting), [
        'error PS083 AT: In development, the smoke check "answers" expects "(a", which cannot be read (unterminated group). '
        + 'Write a closing sign for every ( and [, and \\ before a sign that is meant as it is.',
        'error PS083 AT: In development, the smoke check "answers" expects "[a", which cannot be read (unterminated character class). '
        + 'Write a closing sign for every ( and [, and \\ before a sign that is meant as it is.',
        'error PS083 AT: In development, the smoke check "answers" expects "*a", which cannot be read (nothing to repeat). '
        + 'Write a closing sign for every ( and [, and \\ before a sign that is meant as it is.',
      ]),
      refused('several lines', [expecting('a\nb')], [
        'error PS083 AT: In development, the smoke check "answers" expects "a\\nb", which has more than one line. Write what one line must match.',
      ]),
    ],
    good: [checked('extended regular expressions', ['', '^[SN]', '"a": *"b"', 'a{2,3}|b+', '[]a-z\\d]', '[[:digit:]?*+]+', 'auth\\[driver\\]', '^\\(\\?$'].map(expecting))],
  },
  {
    ruleId: 'PS084',
    bad: [
      refused('nothing to run', [SmokeCheck.exec('works', { command: [] }), SmokeCheck.persistence('keeps', { write: [' '], read: ['true'], expect: 'x' })], [
        "error PS084 AT: In development, the smoke check \"works\" has nothing to run. Write: command: ['program', 'argument'].",
        "error PS084 AT: In development, the smoke check \"keeps\" has nothing to run. Write: write: ['program', 'argument'].",
      ]),
      refused('no path of a URL', [SmokeCheck.http('answers', { path: 'health me' })], [
        'error PS084 AT: In development, the smoke check "answers" asks "health me", which is no path of a URL. Write: path: \'/health%20me\'.',
      ]),
      refused('characters that are no bytes', [SmokeCheck.tcp('answers', { send: '€', expect: 'x' })], [
        'error PS084 AT: In development, the smoke check "answers" sends "€", which is not made of bytes. '
        + 'Write one character from \\0 to \\xff for each byte: send: \'PING\\r\\n\'.',
      ]),
      refused('files elsewhere', ['../a.py', '/etc/passwd', '', 'a/../../b'].map((file) => SmokeCheck.reload('follows', { file, append: 'x', path: '/', expect: 'x' })),
        ['"../a.py"', '"/etc/passwd"', '""', '"a/../../b"'].map((file) => (
          `error PS084 AT: In development, the smoke check "follows" changes ${file}, which is not a file in the folder of the stack. `
          + "Write a path relative to that folder: file: 'backend/app/main.py'."
        ))),
    ],
    good: [
      checked('all kinds', [
        SmokeCheck.exec('works', { command: ['true'] }), SmokeCheck.http('answers', { path: '/a?b=c%20d' }), SmokeCheck.tcp('answers', { send: '\0\xff', expect: 'x' }),
        SmokeCheck.persistence('keeps', { write: ['a'], read: ['b'], expect: 'x' }), SmokeCheck.reload('follows', { file: './a/b.py', append: 'x', path: '/', expect: 'x' }),
      ]),
    ],
  },
];
