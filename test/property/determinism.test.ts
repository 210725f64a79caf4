import * as fc from 'fast-check';
import { Project } from 'projen';
import { writableText } from './texts';
import { ConnectionStyle, HealthCheck, Mount, PostgresService, RedisCache, Service, Severity, Stack, Value } from '../../src';
import { tempFolder, synthIn } from '../support/synth';
import '../support/seed';

interface Definition {
  readonly texts: { [key: string]: string };
  readonly names: string[];
  readonly password: string;
  readonly databases: string[];
}

const key = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/).map((each) => `KEY_${each}`);
const definition: fc.Arbitrary<Definition> = fc.record({
  texts: fc.dictionary(key, writableText, { maxKeys: 6, noNullPrototype: true }),
  names: fc.uniqueArray(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 1, maxLength: 4 }),
  password: fc.stringMatching(/^[A-Za-z0-9_]{1,12}$/),
  databases: fc.uniqueArray(fc.stringMatching(/^[a-z]{2,8}$/), { maxLength: 3 }),
});

function define({ texts, names, password, databases }: Definition, outdir: string): { project: Project; stack: Stack } {
  const project = new Project({ name: 'twice', outdir });
  const stack = new Stack(project);
  const postgres = new PostgresService(stack, 'store-sql', { version: '17', developmentPassword: password, databases });
  const redis = new RedisCache(stack, 'store-keys');
  for (const name of names) {
    const service = new Service(stack, `app-${name}`, {
      image: 'busybox:1.37',
      environment: Object.fromEntries(Object.entries(texts).map(([each, text]) => [each, Value.literal(text)])),
      mounts: [Mount.volume('data', '/data'), Mount.config('settings', '/settings', Object.values(texts).join('\n'))],
      healthCheck: HealthCheck.shell('true'),
    });
    service.connect(postgres);
    service.connect(redis, { style: ConnectionStyle.URL });
  }
  return { project, stack };
}

const sound = (stack: Stack) => stack.findings().every((finding) => finding.rule.severity !== Severity.ERROR);

test('the same definition gives the same bytes: anew, elsewhere, and over what is there', () => {
  let compared = 0;
  fc.assert(fc.property(definition, (given) => {
    const folder = tempFolder();
    if (!sound(define(given, tempFolder()).stack)) return;
    const first = synthIn(folder, (outdir) => define(given, outdir).project);
    expect(Object.keys(first)).toEqual(expect.arrayContaining(['compose.yaml', 'compose.prod.yaml', '.env.example', 'scripts/env.sh']));
    expect(synthIn(tempFolder(), (outdir) => define(given, outdir).project)).toEqual(first);
    expect(synthIn(folder, (outdir) => define(given, outdir).project)).toEqual(first);
    compared++;
  }), { numRuns: 20 });
  expect(compared).toBeGreaterThan(10);
}, 60_000);

test('looking at a stack changes nothing of what comes out', () => {
  fc.assert(fc.property(definition, (given) => {
    const { stack } = define(given, tempFolder());
    const text = () => JSON.stringify(stack.evaluate().outputs);
    const first = text();
    stack.findings();
    stack.model();
    expect(text()).toBe(first);
  }), { numRuns: 20 });
});
