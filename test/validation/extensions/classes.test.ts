import { Construct } from 'constructs';
import { Finding, IConnectable, Rule, Service, ServiceProps, Severity, Stack, StackElement, StackModel, Target } from '../../../src';
import { lines, messageOf, newStack } from '../../support/stack';
import { withoutPost } from '../../support/synth';

/** Classes as JavaScript and Python let them be written: the compiler would refuse most of these. */
const loosely = <T>(value: unknown): T => value as T;

function findings(define: (stack: Stack) => void): string[] {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29' });
  define(stack);
  return lines(stack.findings(), 'PS013', 'PS089').map((line) => line.replace('error ', '').replace(' (test/validation/extensions/classes.test.ts:LINE)', ''));
}

describe('a service', () => {
  class ImagelessService extends Service {
    constructor(scope: Construct, id: string, props: ServiceProps = {}) {
      super(scope, id, Service.merge({ description: 'Forgot its image' }, props));
    }
  }

  test('that forgets its image is named with its class', () => {
    expect(findings((stack) => { new ImagelessService(stack, 'search'); })).toEqual([
      'PS013 at shop/stack/search: The service "search", of the class ImagelessService, has neither an image nor a way to build one. '
      + "Write in what the class gives to super: image: 'name:tag', or imageBuild: { context: './folder' }.",
    ]);
    expect(findings((stack) => { new ImagelessService(stack, 'search', { image: 'search:1' }); })).toEqual([]);
  });

  class SilentService extends Service {
    public findings(): Finding[] {
      return loosely(undefined);
    }

    public gitIgnore(): string[] {
      return loosely('node_modules');
    }

    public smokeChecks() {
      return loosely<any>([undefined]);
    }
  }

  test('that forgets to return is named with its class and the method, and nothing else is asked', () => {
    expect(findings((stack) => { new SilentService(stack, 'search'); })).toEqual([
      'PS089 at shop/stack/search: The class SilentService gives nothing where findings() gives a list. Write at its end: return [...super.findings(), …].',
      'PS089 at shop/stack/search: The class SilentService gives a string where gitIgnore() gives a list. Write at its end: return [...super.gitIgnore(), …].',
      'PS089 at shop/stack/search: The class SilentService gives a list with nothing at one of its places where smokeChecks() gives a list. Write at its end: return [...super.smokeChecks(), …].',
    ]);
  });

  test('and cannot be accepted, nor written', () => {
    const stack = newStack();
    new SilentService(stack, 'search', { image: 'search:1' });
    stack.accept('PS089', { because: 'it should not help' });
    expect(messageOf(() => withoutPost(() => stack.project.synth()))).toMatch(/: 3 errors\.\n {2}error PS089 at shop\/stack\/search /);
  });
});

test('an element that has no settings to give must say so', () => {
  // @ts-expect-error JavaScript knows no abstract method.
  class Elsewhere extends loosely<new (scope: Construct, id: string) => StackElement>(StackElement) {}
  expect(findings((stack) => { new Elsewhere(stack, 'mail'); })).toEqual([
    'PS089 at shop/stack/mail: The class Elsewhere has no method variables(). Write in the class: public variables() { return […]; }.',
  ]);
});

describe('a target', () => {
  // @ts-expect-error JavaScript knows no abstract method.
  class Nameless extends loosely<new (name?: string) => Target>(Target) {}

  test('without a name and without render()', () => {
    expect(findings((stack) => stack.addTarget(new Nameless()))).toEqual([
      "PS089 at shop/stack: The class Nameless (the target) has no targetName. Write in its constructor: super('procfile').",
      'PS089 at shop/stack: The class Nameless (the target) has no method render(). Write in the class: public render(stack) { return { files: [] }; }.',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'gives nothing for the files of render(). Write at its end: return { files: [{ filePath: \'Procfile\', content: \'…\' }] }.'],
    ['a text', { files: 'text' }, 'gives a string for the files of render(). Write at its end: return { files: [{ filePath: \'Procfile\', content: \'…\' }] }.'],
    ['a file without content', { files: [{ filePath: 'Procfile' }] }, "gives a file without content. Write: { filePath: 'Procfile', content: '…' }."],
    ['a file without a path', { files: [{ content: '' }] }, "gives a file without a filePath. Write: { filePath: 'Procfile', content: '…' }."],
  ])('that renders %s', (_, output, message) => {
    class Careless extends Target {
      public render() {
        return loosely<any>(output);
      }
    }
    expect(findings((stack) => stack.addTarget(new Careless('careless')))).toEqual([`PS089 at shop/stack: The class Careless (the target careless) ${message}`]);
  });
});

describe('a rule', () => {
  const sound = { ruleId: 'ACME001', severity: Severity.ERROR, title: 'Nothing', reason: 'None.' };

  test('without its info, and without check()', () => {
    // @ts-expect-error JavaScript knows no abstract method.
    class Vague extends loosely<new (info?: object) => Rule>(Rule) {}
    const write = "Write in its constructor: super({ ruleId: '…', severity: Severity.ERROR, title: '…', reason: '…' }).";
    expect(findings((stack) => { stack.addRule(new Vague()); stack.addRule(new Vague({ ...sound, severity: 'fatal', title: '' })); })).toEqual([
      `PS089 at shop/stack: The class Vague (the rule) has no ruleId, no title, no reason, no severity. ${write}`,
      'PS089 at shop/stack: The class Vague (the rule) has no method check(). Write in the class: public check(stack) { return [this.findingAt(…)]; }.',
      `PS089 at shop/stack: The class Vague (the rule ACME001) has no title, no severity. ${write}`,
      'PS089 at shop/stack: The class Vague (the rule ACME001) has no method check(). Write in the class: public check(stack) { return [this.findingAt(…)]; }.',
    ]);
  });

  test.each<[string, unknown, string]>([['nothing', undefined, 'nothing'], ['texts', ['wrong'], 'a list with something else'], ['half a finding', [{ rule: sound }], 'a list with something else']])('that finds %s', (_, answer, what) => {
    class Careless extends Rule {
      public check(_stack: StackModel) {
        return loosely<Finding[]>(answer);
      }
    }
    expect(findings((stack) => stack.addRule(new Careless(sound)))).toEqual([
      `PS089 at shop/stack: The class Careless (the rule ACME001) gives ${what} where check() gives a list of findings. `
      + "Write: return [this.findingAt(service, 'what is wrong', 'what to write instead')], or return [].",
    ]);
  });
});

test.each<[string, unknown]>([['Broker', new (class Broker {})()], ['Broker', new (class Broker { public connection() { return undefined; } })()], ['undefined', undefined]])(
  'what a service is connected to must give a connection: %s', (name, target) => {
    const web = new Service(newStack(), 'web', { image: 'nginx:1.29' });
    expect(() => web.connect(target as IConnectable)).toThrow(
      `shop/stack/web cannot be connected to ${name}: its connection() gives no Connection. Write in the class ${name}: public connection() { return new Connection({ … }); }.`,
    );
  },
);
