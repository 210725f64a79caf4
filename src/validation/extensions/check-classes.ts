import { Part } from './check-origins';
import { INCOMPLETE_CLASS } from './rules';
import { Finding, Severity } from '../../model/finding';
import { TargetOutput } from '../../model/target';

/** What every element answers with a list. Those which an older copy of the library does not know are not asked for. */
const LISTS = ['variables', 'tasks', 'findings', 'gitIgnore', 'connections', 'smokeChecks', 'guides', 'troubles', 'backups'] as const;

type Members = { readonly [member: string]: unknown };

/** What an element of a stack does not give. */
export function elementFindings(part: Part): Finding[] {
  const element = part.object as Members;
  return LISTS.filter((name) => name in element || name === 'variables').flatMap((name): Finding[] => {
    if (typeof element[name] !== 'function') return [incomplete(part, `has no method ${name}()`, `Write in the class: public ${name}() { return […]; }.`)];
    const answer: unknown = (element[name] as () => unknown)();
    if (Array.isArray(answer) && answer.every((each) => each !== undefined && each !== null)) return [];
    const what = Array.isArray(answer) ? 'a list with nothing at one of its places' : wordFor(answer);
    return [incomplete(part, `gives ${what} where ${name}() gives a list`, `Write at its end: return [...super.${name}(), …].`)];
  });
}

/** What a rule does not give, before it is asked. */
export function ruleFindings(part: Part): Finding[] {
  const { info, check } = part.object as { readonly info?: Partial<Members>; readonly check?: unknown };
  const lacks = ['ruleId', 'title', 'reason'].filter((name) => typeof info?.[name] !== 'string' || info[name] === '');
  if (!Object.values(Severity).includes(info?.severity as Severity)) lacks.push('severity');
  return [
    ...(lacks.length > 0 ? [incomplete(part, `has no ${lacks.join(', no ')}`, "Write in its constructor: super({ ruleId: '…', severity: Severity.ERROR, title: '…', reason: '…' }).")] : []),
    ...(typeof check === 'function' ? [] : [incomplete(part, 'has no method check()', 'Write in the class: public check(stack) { return [this.findingAt(…)]; }.')]),
  ];
}

/** What a rule answered that is no list of findings. */
export function answerFindings(part: Part, answer: unknown): Finding[] {
  const isFinding = (each: Partial<Finding> | undefined) => (
    typeof each?.rule?.ruleId === 'string' && [each.path, each.message, each.fix].every((text) => typeof text === 'string')
  );
  if (Array.isArray(answer) && answer.every(isFinding)) return [];
  const what = Array.isArray(answer) ? 'a list with something else' : wordFor(answer);
  return [incomplete(part, `gives ${what} where check() gives a list of findings`, 'Write: return [this.findingAt(service, \'what is wrong\', \'what to write instead\')], or return [].')];
}

/** What a target does not give, before it is asked. */
export function targetFindings(part: Part): Finding[] {
  const { targetName, render } = part.object as { readonly targetName?: unknown; readonly render?: unknown };
  return [
    ...(typeof targetName === 'string' && targetName.trim() !== '' ? [] : [incomplete(part, 'has no targetName', "Write in its constructor: super('procfile').")]),
    ...(typeof render === 'function' ? [] : [incomplete(part, 'has no method render()', 'Write in the class: public render(stack) { return { files: [] }; }.')]),
  ];
}

/** What a target rendered that is no output. */
export function outputFindings(part: Part, output: Partial<TargetOutput> | undefined): Finding[] {
  const files: unknown = output?.files;
  if (!Array.isArray(files)) {
    return [incomplete(part, `gives ${wordFor(files)} for the files of render()`, "Write at its end: return { files: [{ filePath: 'Procfile', content: '…' }] }.")];
  }
  const wrong = (files as Partial<{ filePath: unknown; content: unknown }>[]).find((file) => typeof file?.filePath !== 'string' || file.filePath === '' || typeof file.content !== 'string');
  if (!wrong) return [];
  return [incomplete(part, `gives a file without ${typeof wrong.content === 'string' ? 'a filePath' : 'content'}`, "Write: { filePath: 'Procfile', content: '…' }.")];
}

function incomplete({ object, at, location, label }: Part, lacks: string, fix: string): Finding {
  const kind = label === at ? '' : ` (${label})`;
  return { rule: INCOMPLETE_CLASS, path: at, location, message: `The class ${object.constructor.name}${kind} ${lacks}.`, fix };
}

function wordFor(value: unknown): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : `${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`;
}
