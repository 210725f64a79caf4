import * as ts from 'typescript';
import { SourceText, toSource } from '../../src/project/literal';
import { StackTemplate } from '../../src/project/options';
import { readPeoplesText } from '../../src/project/shared-text-file';
import { addServices, importedNames, sourceLines, Template, TEMPLATES, use } from '../../src/project/templates';
import { settle } from '../../src/project/three-way';

describe('source text', () => {
  test.each([
    [{ a: 'it\'s "so" \\ \n\u2028', b: [1, -0.5, true, null], c: {}, d: [] }],
    [{ 'not-a-name': 'x', '$ok': 'x', '1': 'y' }],
    [{ long: ['a'.repeat(60), 'b'.repeat(60)], deep: { deeper: { text: 'c'.repeat(90) } } }],
    ['${not} a `template`'],
  ])('of %j is read back as it was', (value) => {
    expect(ts.transpile(`(${toSource(value)})`)).not.toContain('undefined');
    expect(new Function(`return ${toSource(value)};`)()).toEqual(value);
  });

  test('is one line while that is short', () => {
    expect(toSource({ version: '17', on: new SourceText('postgres'), off: undefined })).toBe("{ version: '17', on: postgres }");
    expect(toSource(['x'.repeat(100)], '  ')).toBe(`[\n    '${'x'.repeat(100)}',\n  ]`);
  });
});

describe('templates', () => {
  class Database {
    constructor(public readonly stack: unknown, public readonly id: string) {}
  }
  class Backend {
    constructor(public readonly stack: unknown, public readonly id: string, public readonly props: any) {
      made.push(this);
    }
  }
  const made: Backend[] = [];
  const template: Template = {
    services: [
      { type: Database as never, id: 'main-db', comment: 'The database.' },
      { type: Backend as never, id: 'backend', props: { database: use('main-db'), also: [use('main-db')], port: 8000 }, comment: 'The backend.' },
    ],
  };

  test('refer to services that they have added', () => {
    addServices('stack' as never, template);
    const [backend] = made.splice(0);
    expect(backend.props).toEqual({ database: expect.any(Database), also: [expect.any(Database)], port: 8000 });
    expect(backend.props.database).toBe(backend.props.also[0]);
  });

  test('are lines that a person would write', () => {
    expect(sourceLines(template)).toEqual([
      '// The database.',
      "const mainDb = new Database(stack, 'main-db');",
      '',
      '// The backend.',
      "new Backend(stack, 'backend', { database: mainDb, also: [mainDb], port: 8000 });",
    ]);
    expect(importedNames(template)).toEqual(['Database', 'Backend']);
  });

  test('cannot refer to what comes later', () => {
    const wrong: Template = { services: [template.services[1], template.services[0]] };
    expect(() => addServices('stack' as never, wrong)).toThrow('The template uses "main-db" before it adds it.');
  });

  test('have a member of the enum each, named as projen derives it from the value', () => {
    expect(Object.keys(TEMPLATES)).toEqual(Object.values(StackTemplate));
    for (const [member, value] of Object.entries(StackTemplate)) expect(value.toUpperCase().replace(/-/g, '_')).toBe(member);
  });
});

describe('settling a field', () => {
  const by = (...keys: string[]) => (key?: string) => key !== undefined && keys.includes(key);
  const nobody = () => false;

  test.each([
    ['the definition wins', { ours: 1, base: 2, theirs: 3, explicit: () => true }, 1],
    ['a default gives way', { ours: 1, theirs: 3, explicit: nobody }, 3],
    ['a default that was written before is renewed', { ours: 1, base: 2, theirs: 2, explicit: nobody }, 1],
    ['a default that a person changed stays changed', { ours: 1, base: 1, theirs: 3, explicit: nobody }, 3],
    ['a default that a person deleted comes back', { ours: 1, base: 1, explicit: nobody }, 1],
    ['what is said no longer goes', { base: 2, theirs: 2, explicit: nobody }, undefined],
    ['what a person changed since stays', { base: 2, theirs: 3, explicit: nobody }, 3],
    ['what only people say stays', { theirs: { a: [] }, explicit: nobody }, { a: [] }],
    ['an empty object stays', { theirs: {}, explicit: nobody }, {}],
    ['null stays', { theirs: null, explicit: nobody }, null],
    ['keys are settled one by one', { ours: { a: 1, b: 1 }, base: { b: 2, c: 2 }, theirs: { a: 3, b: 2, c: 2, d: 4 }, explicit: by('b') }, { a: 3, b: 1, d: 4 }],
    ['an object whose keys all go goes', { base: { a: 1 }, theirs: { a: 1 }, explicit: nobody }, undefined],
    ['the definition may change the kind', { ours: 'x', theirs: { a: 1 }, explicit: () => true }, 'x'],
  ])('%s', (_, versions, expected) => {
    expect(settle(versions)).toEqual(expected);
  });
});

describe('a shared text', () => {
  const MARK = `# ${['~~ Generated', 'by projen'].join(' ')}. To modify, edit x\n`;
  const END = '# ~~ End of the generated part. What stands above and below it is yours, and stays.';
  const read = (text: string | undefined, wasShared = true) => {
    const problems: string[] = [];
    return { ...readPeoplesText(text, '.gitignore', wasShared, (problem) => problems.push(problem)), problems: problems.length };
  };

  test.each<[string, string | undefined, boolean, object]>([
    ['none', undefined, false, { above: '', below: '', problems: 0 }],
    ['a person\'s', 'a\r\nb', false, { above: 'a\r\nb', below: '', problems: 0 }],
    ['both', `a\n${MARK}x\n${END}\nb`, true, { above: 'a\n', below: 'b', problems: 0 }],
    ['checked out with CRLF', `a\r\n${MARK}x\r\n${END}\r\nb\r\n`, true, { above: 'a\r\n', below: 'b\r\n', problems: 0 }],
    ['projen\'s own', `a\n${MARK}x\n`, false, { above: 'a\n', below: '', problems: 0 }],
    ['without its end', `a\n${MARK}x\n`, true, { above: `a\n${MARK}x\n`, below: '', problems: 1 }],
    ['without its beginning', `x\n${END}\n`, true, { above: `x\n${END}\n`, below: '', problems: 1 }],
    ['in the wrong order', `${END}\n${MARK}`, true, { above: `${END}\n${MARK}`, below: '', problems: 1 }],
  ])('%s', (_, text, wasShared, expected) => {
    expect(read(text, wasShared)).toEqual(expected);
  });
});
