import { CASES } from './cases';
import { RULES } from '../../src/validation/rules';
import { modelOf, textOf } from '../support/model';

const rules = new Map(RULES.map((rule) => [rule.info.ruleId, rule]));

describe.each(CASES.map((cases) => [cases.ruleId, cases] as const))('%s', (ruleId, { bad, good }) => {
  const check = (definition: (typeof good)[number]) => rules.get(ruleId)!.check(modelOf(definition.define, definition.props)).map(textOf);

  test.each(bad.map((definition) => [definition.name, definition] as const))('refuses %s', (_, definition) => {
    expect(check(definition)).toEqual(definition.findings);
  });

  test.each(good.map((definition) => [definition.name, definition] as const))('lets pass: %s', (_, definition) => {
    expect(check(definition)).toEqual([]);
  });
});

describe('the list of rules', () => {
  test('each rule has a case that it refuses and one that it lets pass', () => {
    const covered = CASES.filter(({ bad, good }) => good.length > 0 && bad.length > 0 && bad.every(({ findings }) => findings.length > 0));
    expect(covered.map((cases) => cases.ruleId)).toEqual(RULES.map((rule) => rule.info.ruleId));
  });

  test('IDs are unique, in order, and leave those of the model, the documents and the services alone', () => {
    const ids = RULES.map((rule) => rule.info.ruleId);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.filter((id) => !/^PS0([0-3]\d|8[2-4])$/.test(id))).toEqual([]);
  });

  test('each has a title without a full stop and a reason that is a sentence', () => {
    for (const { info } of RULES) {
      expect(info.title).toMatch(/^[A-Z].*[^.]$/);
      expect(info.reason).toMatch(/^[A-Za-z].*\.$/);
    }
  });

  test('each finding is a sentence with a correction that is one', () => {
    for (const { ruleId, bad } of CASES) {
      for (const definition of bad) {
        for (const finding of rules.get(ruleId)!.check(modelOf(definition.define, definition.props))) {
          expect(finding.message).toMatch(/\.$/);
          expect(finding.fix).toMatch(/^(Write|Remove)\b.*\.$/);
        }
      }
    }
  });
});
