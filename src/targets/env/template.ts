import { dotenvValue } from './dotenv';
import { isGenerated, PLACEHOLDER, StoredData, storedData } from './facts';
import { sectionsOf } from './sections';
import { Mode } from '../../model/mode';
import { MountKind } from '../../model/mount';
import { pathOf } from '../../model/path';
import { StackModel } from '../../model/stack-model';
import { Variable } from '../../model/variable';

/** The template that every stack has. */
export const TEMPLATE = '.env.example';

const WIDTH = 100;
const RULE = `# ${'-'.repeat(WIDTH - 2)}`;

/** A text that may have been written in several lines, in one. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A sentence as comment lines of the usual width; words that are longer stay whole. */
function comment(text: string): string[] {
  const lines = [''];
  for (const word of oneLine(text).split(' ')) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => `# ${line}`);
}

/** What a person must know before they use a template. */
function header(stack: StackModel, fileName: string): string[] {
  const isMain = fileName === TEMPLATE;
  const target = isMain ? '.env' : `${fileName}.local`;
  const options = isMain ? '' : ` --env-file ${target}`;
  const purpose = isMain
    ? [`# The settings of the stack "${stack.stackName}". Compose reads them from .env.`]
    : [
      `# The settings of the stack "${stack.stackName}" for a second environment beside .env.`,
      `# Compose reads them with: docker compose --env-file ${target} up`,
    ];
  return [
    ...purpose,
    '#',
    `# Make ${target} with random passwords; what is in it already stays:`,
    `#   ./scripts/env.sh init${options}`,
    `# or copy this file to ${target} and fill it in. Then look for what is missing or unsafe:`,
    `#   ./scripts/env.sh check${options}`,
    '#',
    '# WARNING: everybody can read the passwords in this file and in the Compose file. They are for a local',
    `# machine only. Anywhere else every password must be your own. Never commit ${target}.`,
    '# A strong password:',
    '#   openssl rand -hex 24',
    '# or, without openssl:',
    "#   od -An -N24 -tx1 /dev/urandom | tr -d ' \\n'",
    ...reachedByName(stack),
  ];
}

/** Under which names those are reached that others connect to: the mistake that is made most. */
function reachedByName(stack: StackModel): string[] {
  const services = new Set(stack.elements.flatMap((element) => element.connections()).map(({ target }) => pathOf(target)));
  const names = stack.services.filter((service) => services.has(pathOf(service))).map((service) => service.serviceName);
  if (names.length === 0) return [];
  if (names.length === 1) return ['#', ...comment(`Containers reach ${names[0]} by that name; programs on this machine find it at localhost.`)];
  const all = `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  return ['#', ...comment(`Containers reach ${all} by these names; programs on this machine find them at localhost.`)];
}

/** The comment above a key. */
function explanation(variable: Variable, stack: StackModel): string[] {
  const marks = [...(variable.secret ? ['(secret)'] : []), ...(variable.required ? [] : ['(optional)'])];
  const data = storedData(stack, variable, Mode.DEVELOPMENT) ?? storedData(stack, variable, Mode.PRODUCTION);
  return [
    ...comment([variable.description, ...marks].join(' ')),
    ...(data ? comment(`Kept in ${placeOf(data)} from the first start on: a later change here alone has no effect.`) : []),
    // A command stays in one line, so that it can be copied.
    ...(data && variable.howToChange ? [`# To change it: ${oneLine(variable.howToChange)}`] : []),
  ];
}

function placeOf({ kind, place }: StoredData): string {
  return kind === MountKind.VOLUME ? `the volume ${place}` : `the folder ${place}`;
}

/** What stands after `KEY=` in a template. */
export function templateValue(variable: Variable): string {
  if (isGenerated(variable)) return PLACEHOLDER;
  return variable.defaultValue ? dotenvValue(variable.defaultValue) : '';
}

/**
 * A template of the settings: a section for each part of the stack, and above every key what it means.
 *
 * @param fileName the name of the file, which says what it is for
 */
export function envTemplate(stack: StackModel, fileName: string): string {
  const sections = sectionsOf(stack).flatMap(({ title, variables }) => [
    '', RULE, ...comment(title), RULE,
    ...variables.flatMap((variable) => ['', ...explanation(variable, stack), `${variable.variableName}=${templateValue(variable)}`]),
  ]);
  return [...header(stack, fileName), ...sections, ''].join('\n');
}
