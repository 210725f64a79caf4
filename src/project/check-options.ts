import { InitProject, javascript } from 'projen';
import { StackProjectOptions, StackTemplate } from './options';
import { nameOf } from './toolchain';
import { problemsOf } from '../model/given';

/** What npm accepts as the name of a package. */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/**
 * Refuses options that the project could not be made from.
 *
 * @param init what `projen new` was called with: it turns a value that no enum has into undefined, which the options cannot show
 * @throws with all findings, each with what to write instead
 */
export function checkOptions(options: StackProjectOptions, init?: InitProject): void {
  const given = (option: keyof StackProjectOptions): unknown => options[option] ?? init?.args[option];
  // What a template may be is said below, with the words of the command line; the other one is how projen hands on what was typed there.
  const unread = problemsOf('StackProjectOptions', { ...options, template: undefined, __new__: undefined } as StackProjectOptions);
  const problems = unread.length > 0 ? unread : [
    ...checkName(options),
    ...checkChoice('template', given('template'), Object.values(StackTemplate)),
    ...checkChoice('packageManager', given('packageManager'), Object.values(javascript.NodePackageManager)),
    ...(['deps', 'devDeps'] as const).flatMap((option) => checkDependencies(option, options[option] ?? [])),
    ...(options.projenVersion?.trim() === '' ? ['projenVersion is empty. Write a version such as "0.103.25", or leave it out.'] : []),
  ];
  if (problems.length > 0) {
    throw new Error(`StackProject cannot be made from its options:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** The name of a package that is nearest to the name of a project. */
export function toPackageName(name: string): string {
  if (PACKAGE_NAME.test(name)) return name;
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 214);
}

function checkName({ name, packageName }: StackProjectOptions): string[] {
  if (typeof name !== 'string' || name.trim() === '') return ['name is empty. Write the name of the project: name: \'shop\'.'];
  if (packageName !== undefined && (!PACKAGE_NAME.test(packageName) || packageName.length > 214)) {
    return [`packageName "${packageName}" is not what npm accepts. Write "${toPackageName(packageName) || 'shop'}".`];
  }
  if (packageName === undefined && toPackageName(name) === '') {
    return [`name "${name}" has no letter or digit that package.json could be named by. Write packageName: 'shop' beside it.`];
  }
  return [];
}

function checkChoice(option: string, value: unknown, choices: readonly string[]): string[] {
  if (value === undefined || choices.includes(value as string)) return [];
  return [`${option} "${String(value)}" is unknown. Write one of: ${choices.join(', ')}.`];
}

function checkDependencies(option: string, specs: readonly string[]): string[] {
  return specs
    .filter((spec) => typeof spec !== 'string' || !(spec.startsWith('file:') || PACKAGE_NAME.test(nameOf(spec).toLowerCase())))
    .map((spec) => `${option} holds "${String(spec)}", which names no package. Write a name, or a name and a range: "express@^5".`);
}
