import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { ELSEWHERE } from './cases/elsewhere';
import { rulesDocument } from '../../tools/generate-rules-doc';
import { newStack } from '../support/model';

const ROOT = path.join(__dirname, '..', '..');
const headings = [...rulesDocument().matchAll(/^### (\S+)$/gm)].map((match) => match[1]);

test('docs/rules.md is what the rules give', () => {
  // If this fails: npx tsx tools/generate-rules-doc.ts
  expect(readFileSync(path.join(ROOT, 'docs', 'rules.md'), 'utf8')).toBe(rulesDocument());
});

test('every rule ID in the sources is documented, once', () => {
  // If this fails: add the RuleInfo to a list in tools/generate-rules-doc.ts.
  const sources = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const ids = sources.flatMap((file) => [...readFileSync(path.join(ROOT, 'src', file), 'utf8').matchAll(/ruleId: '([A-Z]+\d+)'/g)].map((match) => match[1]));
  expect(ids.length).toBeGreaterThan(40);
  expect([...ids].sort()).toEqual([...headings].sort());
});

test('the document names no folder of a machine', () => {
  expect(rulesDocument()).not.toMatch(/never-written|Project#/);
});

test.each(ELSEWHERE.map((each) => [each.ruleId, each] as const))('%s is found where it is asked', (ruleId, { define, props }) => {
  const stack = newStack(props);
  define(stack);
  expect(stack.findings().map((finding) => finding.rule.ruleId)).toContain(ruleId);
});
