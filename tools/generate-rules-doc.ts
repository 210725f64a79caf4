import { readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { FOREIGN_FILE, SETTINGS_PLACE, TASK_TAKEN } from '../src/collisions';
import { DATA_FORMAT } from '../src/data-formats';
import { CONNECTION_FORM } from '../src/model/connection';
import * as dockerfile from '../src/model/dockerfile/rules';
import { formatFinding, RuleInfo } from '../src/model/finding';
import { UNKNOWN_PROPERTY, WRONG_KIND } from '../src/model/given';
import { SAMPLE_DIRECTORY } from '../src/model/sample/sample-tree';
import { SAMPLE_OVERLAP, SAMPLE_PLACE, SAMPLE_SOUND, SAMPLE_VALUE } from '../src/samples';
import { SECTION_RULES } from '../src/section-rules';
import * as adminer from '../src/services/adminer/rules';
import * as fastapi from '../src/services/fastapi/rules';
import { POSTGRES_DATA_PATH, POSTGRES_PARAMETER, POSTGRES_VERSION } from '../src/services/postgres/rules';
import { REDIS_DATABASE, REDIS_MEMORY } from '../src/services/redis/rules';
import { SHARED_PREFIX } from '../src/services/variable-prefix';
import * as vite from '../src/services/vite/rules';
import { DOCUMENT_DOUBT, DOCUMENT_REFERENCE, DOCUMENT_SHAPE } from '../src/targets/compose/check-document';
import { DOCKERFILE_OVERRIDE } from '../src/targets/dockerfile/dockerfile-target';
import { TEMPLATE_NAME } from '../src/targets/env/env-target';
import * as kubernetes from '../src/targets/kubernetes/rules';
import { ACCEPTANCE_RULES } from '../src/validation/acceptance';
import { EXTENSION_RULES } from '../src/validation/extensions/rules';
import { RULES } from '../src/validation/rules';
import { modelOf, newStack, textOf } from '../test/support/model';
import { CASES } from '../test/validation/cases';
import { ELSEWHERE } from '../test/validation/cases/elsewhere';

/** Rules in the order of their IDs. */
function inOrder(rules: readonly RuleInfo[]): RuleInfo[] {
  return [...rules].sort((a, b) => a.ruleId.localeCompare(b.ruleId));
}

/** What single services know of themselves. */
export const SERVICE_RULES: readonly RuleInfo[] = [
  SHARED_PREFIX, POSTGRES_VERSION, POSTGRES_DATA_PATH, POSTGRES_PARAMETER, REDIS_DATABASE, REDIS_MEMORY, ...inOrder(Object.values(fastapi)),
  ...inOrder(Object.values(vite)), ...inOrder(Object.values(adminer)),
];

/** What is asked of finished documents and of the project that they are written into. */
export const OUTPUT_RULES: readonly RuleInfo[] = [
  DOCUMENT_SHAPE, DOCUMENT_REFERENCE, DOCUMENT_DOUBT, FOREIGN_FILE, TASK_TAKEN, TEMPLATE_NAME,
  SAMPLE_DIRECTORY, SAMPLE_OVERLAP, SAMPLE_VALUE, SAMPLE_PLACE, SAMPLE_SOUND, ...inOrder(Object.values(dockerfile)), DOCKERFILE_OVERRIDE,
  ...SECTION_RULES, ...inOrder([DATA_FORMAT, SETTINGS_PLACE, ...EXTENSION_RULES]),
];

const FILE = path.join(__dirname, '..', 'docs', 'rules.md');

const SECTIONS: readonly { readonly title: string; readonly about: string; readonly rules: readonly RuleInfo[] }[] = [
  {
    title: 'Every stack',
    about: 'These are asked before anything is rendered.',
    rules: inOrder([...RULES.map((rule) => rule.info), ...ACCEPTANCE_RULES, CONNECTION_FORM, UNKNOWN_PROPERTY, WRONG_KIND]),
  },
  { title: 'What is written', about: 'These are asked of the finished documents, before any of them is written.', rules: OUTPUT_RULES },
  {
    title: 'Kubernetes',
    about: 'These are asked where a stack has the target `KubernetesTarget`.',
    rules: inOrder(Object.values(kubernetes)),
  },
  { title: 'Single services', about: 'These are asked by the service that they are about.', rules: SERVICE_RULES },
];

/** What a rule really says about a definition that breaks it; undefined when no case shows it. */
function example(ruleId: string): string | undefined {
  const refused = CASES.find((cases) => cases.ruleId === ruleId)?.bad[0];
  const elsewhere = ELSEWHERE.find((each) => each.ruleId === ruleId);
  if (refused) {
    const rule = RULES.find((each) => each.info.ruleId === ruleId)!;
    return textOf(rule.check(modelOf(refused.define, refused.props))[0]);
  }
  if (!elsewhere) return undefined;
  const stack = newStack(elsewhere.props);
  elsewhere.define(stack);
  const findings = stack.findings();
  const finding = findings.find((each) => each.rule.ruleId === ruleId);
  if (!finding) throw new Error(`The case "${elsewhere.name}" of ${ruleId} shows: ${findings.map(formatFinding).join('; ') || 'nothing'}`);
  return textOf(finding);
}

function row({ ruleId, severity, title }: RuleInfo): string {
  return `| [${ruleId}](#${ruleId.toLowerCase()}) | ${severity} | ${title} |`;
}

function section({ ruleId, severity, title, reason }: RuleInfo): string[] {
  const text = example(ruleId);
  return [
    `### ${ruleId}`, '', `**${title}.** (${severity})`, '', reason, '',
    ...(text === undefined ? [] : ['```text', ...wrap(text), '```', '']),
  ];
}

/** Breaks a line between words, since a code block does not wrap. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > 110 && rest.lastIndexOf(' ', 110) > 0) {
    const at = rest.lastIndexOf(' ', 110);
    lines.push(rest.slice(0, at));
    rest = `  ${rest.slice(at + 1)}`;
    if (rest.lastIndexOf(' ', 110) < 2) break;
  }
  return [...lines, rest];
}

/** The text of docs/rules.md. */
export function rulesDocument(): string {
  return [
    '<!-- Generated by tools/generate-rules-doc.ts from the rules and their tests. Change those. -->',
    '',
    '# Rules',
    '',
    'A stack is held against all rules before the first file is written, and all findings are reported at once. An error stops the',
    'synthesis; a warning is printed. A finding that does not matter in a stack is accepted with a reason:',
    '',
    '```ts',
    "stack.accept('PS022', { at: 'backend', because: 'its host restarts it' });",
    '```',
    '',
    'A rule of your own extends `Rule` and is added with `stack.addRule(…)`; its ID has letters other than `PS`.',
    '',
    ...SECTIONS.flatMap(({ title, about, rules }) => [
      `## ${title}`, '', about, '', '| ID | severity | what must hold |', '| --- | --- | --- |', ...rules.map(row), '', ...rules.flatMap(section),
    ]),
  ].join('\n');
}

/** With --check the file is compared instead of written. */
function main(): void {
  const text = rulesDocument();
  if (!process.argv.includes('--check')) return writeFileSync(FILE, text);
  if (readFileSync(FILE, 'utf8') === text) return undefined;
  console.error('docs/rules.md is not what the rules give. Run: npx tsx tools/generate-rules-doc.ts');
  process.exitCode = 1;
  return undefined;
}

if (require.main === module) main();
