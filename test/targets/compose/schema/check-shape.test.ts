import { checkShape } from '../../../../src/targets/compose/schema/check-shape';

const web = (service: object) => ({ services: { web: { image: 'busybox', ...service } } });

/** Each problem as `path | message | fix`. */
const told = (document: unknown) => checkShape(document).map(({ path, message, fix }) => `${path.join('.')} | ${message} | ${fix}`);

interface Case { readonly what: string; readonly bad: unknown; readonly says: string[]; readonly good: unknown }

const CASES: Case[] = [
  {
    what: 'an unknown key that is nearly a known one',
    bad: web({ healtcheck: {} }),
    says: ['services.web.healtcheck | Compose knows no key "healtcheck" here. | Did you mean "healthcheck"? A key of your own begins with "x-": "x-healtcheck".'],
    good: web({ healthcheck: {} }),
  },
  {
    what: 'a key in another spelling',
    bad: web({ dependsOn: [] }),
    says: ['services.web.dependsOn | Compose knows no key "dependsOn" here. | Did you mean "depends_on"? A key of your own begins with "x-": "x-dependsOn".'],
    good: web({ depends_on: [] }),
  },
  {
    what: 'an unknown key like no other',
    bad: web({ gadget: 1 }),
    says: ['services.web.gadget | Compose knows no key "gadget" here. | Remove it. A key of your own begins with "x-": "x-gadget".'],
    good: web({ 'x-gadget': 1 }),
  },
  {
    what: 'an unknown key where few are known and none of one\'s own is allowed',
    bad: web({ extends: { service: 'a', from: 'b' } }),
    says: ['services.web.extends.from | Compose knows no key "from" here. | Write "service" or "file".'],
    good: web({ extends: { service: 'a', file: 'b' } }),
  },
  {
    what: 'an unknown key deep in a list of alternatives',
    bad: web({ ports: [{ publised: '80', target: 80 }] }),
    says: ['services.web.ports.0.publised | Compose knows no key "publised" here. | Did you mean "published"? A key of your own begins with "x-": "x-publised".'],
    good: web({ ports: [{ published: '80', target: 80 }] }),
  },
  {
    what: 'two unknown keys of one mapping',
    bad: web({ foo: 1, bar: 2 }),
    says: [
      'services.web.foo | Compose knows no key "foo" here. | Remove it. A key of your own begins with "x-": "x-foo".',
      'services.web.bar | Compose knows no key "bar" here. | Remove it. A key of your own begins with "x-": "x-bar".',
    ],
    good: web({ tty: true }),
  },
  {
    what: 'a name that cannot be one',
    bad: { services: { 'my web': { image: 'x' } } },
    says: ['services.my web | "my web" cannot be a name here. | Use letters, digits, ".", "_" and "-" only: "my-web".'],
    good: { services: { 'my-web': { image: 'x' } } },
  },
  {
    what: 'an empty name',
    bad: web({ environment: { '': 'x' } }),
    says: ['services.web.environment. | A name is empty. | Write a name of at least one character.'],
    good: web({ environment: { A: 'x' } }),
  },
  {
    what: 'a number for a text',
    bad: web({ image: 15 }),
    says: ['services.web.image | This must be text, and is the number 15. | Put it in quotes: "15".'],
    good: web({ image: '15' }),
  },
  {
    what: 'a value that fits none of several alternatives',
    bad: web({ ports: [true] }),
    says: ['services.web.ports.0 | This must be text, a number or a mapping, and is true. | Write text, a number or a mapping.'],
    good: web({ ports: ['80'] }),
  },
  {
    what: 'a wrong type in the alternative that was chosen',
    bad: web({ ports: [{ target: 80, published: true }] }),
    says: ['services.web.ports.0.published | This must be text or a whole number, and is true. | Write text or a whole number.'],
    good: web({ ports: [{ target: 80, published: 8080 }] }),
  },
  {
    what: 'a text for a list or mapping',
    bad: web({ environment: 'A=1' }),
    says: ['services.web.environment | This must be a list or a mapping, and is the text "A=1". | Put it in a list: ["A=1"].'],
    good: web({ environment: ['A=1'] }),
  },
  {
    what: 'null for a mapping',
    bad: { services: { web: null } },
    says: ['services.web | This must be a mapping, and is null. | Write a mapping, or leave the key out.'],
    good: { services: {} },
  },
  {
    what: 'a list for a text',
    bad: web({ user: ['a'] }),
    says: ['services.web.user | This must be text, and is a list. | Write text.'],
    good: web({ user: 'a' }),
  },
  {
    what: 'an item of a wrong type in a command',
    bad: web({ command: ['sleep', 5] }),
    says: ['services.web.command.1 | This must be text, and is the number 5. | Put it in quotes: "5".'],
    good: web({ command: ['sleep', '5'] }),
  },
  {
    what: 'a word that is not in an enumeration',
    bad: web({ depends_on: { db: { condition: 'service_helthy' } } }),
    says: ['services.web.depends_on.db.condition | "service_helthy" is not one of the values that are allowed here. | '
      + 'Did you mean "service_healthy"? Write "service_started", "service_healthy" or "service_completed_successfully".'],
    good: web({ depends_on: { db: { condition: 'service_healthy' } } }),
  },
  {
    what: 'a word where one is allowed',
    bad: web({ gpus: 'some' }),
    says: ['services.web.gpus | "some" is not the value that is allowed here. | Write "all".'],
    good: web({ gpus: 'all' }),
  },
  {
    what: 'a pattern that is known in words',
    bad: web({ pull_policy: 'sometimes' }),
    says: ['services.web.pull_policy | "sometimes" is no pull policy. | Write "always", "missing", "never", "build", "daily", "weekly", or "every_" with a duration (every_12h).'],
    good: web({ pull_policy: 'daily' }),
  },
  {
    what: 'the pattern of a container\'s name',
    bad: web({ container_name: 'a' }),
    says: ['services.web.container_name | "a" is no name for a container. | Begin with a letter or digit, and go on with at least one letter, digit, "_", "." or "-".'],
    good: web({ container_name: 'ab' }),
  },
  {
    what: 'a missing key of an enumeration, and one of a type',
    bad: web({ develop: { watch: [{}] } }),
    says: [
      'services.web.develop.watch.0 | The key "path" is missing. | Add "path": text.',
      'services.web.develop.watch.0 | The key "action" is missing. | Add "action": "rebuild", "sync", "restart", "sync+restart" or "sync+exec".',
    ],
    good: web({ develop: { watch: [{ path: '.', action: 'rebuild' }] } }),
  },
  {
    what: 'a number that is too high',
    bad: web({ oom_score_adj: 2000 }),
    says: ['services.web.oom_score_adj | 2000 is above 1000, the highest number that is allowed. | Write 1000 or less.'],
    good: web({ oom_score_adj: 1000 }),
  },
  {
    what: 'a number that is too low',
    bad: web({ cpu_count: -1 }),
    says: ['services.web.cpu_count | -1 is below 0, the lowest number that is allowed. | Write 0 or more.'],
    good: web({ cpu_count: 0 }),
  },
  {
    what: 'an item that stands twice',
    bad: web({ cap_add: ['A', 'B', 'A'] }),
    says: ['services.web.cap_add.2 | This stands in the list already, at [0]. | Remove one of the two.'],
    good: web({ cap_add: ['A', 'B'] }),
  },
  {
    what: 'the default of a variable that is wrong',
    bad: web({ cgroup: '${CGROUP:-hots}' }),
    says: ['services.web.cgroup | "hots" is not one of the values that are allowed here. | Did you mean "host"? Write "host" or "private".'],
    good: web({ cgroup: '${CGROUP:-host}' }),
  },
  {
    what: 'a variable that cannot be read',
    bad: web({ command: 'echo ${1}' }),
    says: ['services.web.command | "${1}" is no variable that Compose can read. | Write ${NAME} or ${NAME:-default}, or "$$" for a dollar sign that is meant as such.'],
    good: web({ command: 'echo $${1}' }),
  },
  {
    what: 'a variable that is not closed',
    bad: web({ command: 'echo ${A:-{}' }),
    says: ['services.web.command | "${A:-{}" is no variable that Compose can read. | Write ${NAME} or ${NAME:-default}, or "$$" for a dollar sign that is meant as such.'],
    good: web({ command: 'echo ${A:-{}}' }),
  },
  {
    what: 'a value that a file cannot hold',
    bad: web({ environment: { AT: new Date(0), HOW: () => 1, MANY: NaN } }),
    says: [
      'services.web.environment.AT | This is a Date, which a Compose file cannot hold. | Write a text, a number, true, false, a list or a mapping.',
      'services.web.environment.HOW | This is a function, which a Compose file cannot hold. | Write a text, a number, true, false, a list or a mapping.',
      'services.web.environment.MANY | This is NaN, which a Compose file cannot hold. | Write a text, a number, true, false, a list or a mapping.',
    ],
    good: web({ environment: { AT: '1970', HOW: undefined, MANY: 1e21 } }),
  },
];

describe.each(CASES)('$what', ({ bad, says, good }) => {
  test('is told', () => expect(told(bad)).toEqual(says));
  test('is accepted when it is right', () => expect(told(good)).toEqual([]));
});

test('what contains itself is told, not followed', () => {
  const labels: { [key: string]: unknown } = {};
  labels.again = labels;
  expect(told(web({ labels }))).toEqual(['services.web.labels.again | This mapping or list contains itself. | Write a copy of the part that is meant.']);
});

test('what stands in two places does not contain itself', () => {
  const labels = { a: 'b' };
  expect(told(web({ labels, annotations: labels }))).toEqual([]);
});

test.each([null, 5, 'services', [], true, undefined])('%p is no document', (document) => {
  expect(checkShape(document)).toMatchObject([{ path: [], severity: 'error', fix: expect.stringMatching(/^Write a mapping/) }]);
});

test('a text that only the operator knows is taken to be right', () => {
  expect(told(web({ cgroup: '${A}', pull_policy: '${B:?set it}', container_name: '$C', gpus: '${D?}' }))).toEqual([]);
});

test('problems come in the order of the document, whatever the order of the schema', () => {
  const document = { volumes: [], services: { z: { tty: 5, image: 5 }, a: { image: 5, attach: 5 } }, foo: 1 };
  expect(checkShape(document).map(({ path }) => path.join('.'))).toEqual(['volumes', 'services.z.tty', 'services.z.image', 'services.a.image', 'services.a.attach', 'foo']);
});

test('a key with a slash and a tilde is named as it is', () => {
  expect(checkShape(web({ labels: { 'a/b~c': [] } })).map(({ path }) => path)).toEqual([['services', 'web', 'labels', 'a/b~c']]);
});

test('the document is left alone', () => {
  const document = web({ environment: { A: '${A:-1}', B: undefined }, ports: ['${P:-1}:80'] });
  const before = structuredClone(document);
  checkShape(document);
  expect(document).toStrictEqual(before);
});
