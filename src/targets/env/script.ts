import { dotenvValue } from './dotenv';
import { isGenerated, PLACEHOLDER, requiredIn, storedData, usedInUrls } from './facts';
import { oneLine } from './template';
import { Mode } from '../../model/mode';
import { MountKind } from '../../model/mount';
import { StackModel, stackNameIn } from '../../model/stack-model';
import { HostFact, Variable } from '../../model/variable';
import { scriptWithFacts } from '../asset-script';
import { shellWord } from '../shell-word';

/** Where a secret is stored, in the words of the script. */
function dataWord(stack: StackModel, variable: Variable, mode: Mode): string {
  const data = storedData(stack, variable, mode);
  if (!data) return '-';
  return `${data.kind === MountKind.VOLUME ? 'volume' : 'bind'}:${data.place}`;
}

/** Compose's name for the stack, which begins the names of its volumes. */
function projectName(stack: StackModel, mode: Mode): string {
  return stack.overrides[mode]?.compose?.name ?? stackNameIn(stack, mode);
}

/** The table of the secrets, in columns. */
function secretRows(stack: StackModel): string[] {
  const secrets = stack.variables.filter((variable) => variable.secret);
  if (secrets.length === 0) return ['  :'];
  const table = [
    ['# key', 'made', 'default', 'data in development', 'data in production', 'how to change it later'],
    ...secrets.map((variable) => [
      `secret ${variable.variableName}`,
      isGenerated(variable) ? 'here' : 'elsewhere',
      shellWord(variable.defaultValue?.isLiteral ? dotenvValue(variable.defaultValue) : ''),
      shellWord(dataWord(stack, variable, Mode.DEVELOPMENT)),
      shellWord(dataWord(stack, variable, Mode.PRODUCTION)),
      shellWord(oneLine(variable.howToChange ?? '')),
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join(' ')}`.trimEnd());
}

/** The names of the settings that tell something about whoever runs the stack. */
function takenFrom(stack: StackModel, fact: HostFact): string {
  return stack.variables.filter((variable) => variable.hostFact === fact).map((variable) => variable.variableName).join(' ');
}

/** The part of the script that differs from stack to stack. */
function facts(stack: StackModel): string {
  return [
    '# What this stack knows of its settings, beyond .env.example. The rest of this file is the same for every stack.',
    `stack_name=${shellWord(projectName(stack, Mode.DEVELOPMENT))}`,
    `production_name=${shellWord(projectName(stack, Mode.PRODUCTION))}`,
    `placeholder=${shellWord(PLACEHOLDER)}`,
    `required_in_development=${shellWord(requiredIn(stack, Mode.DEVELOPMENT).join(' '))}`,
    `required_in_production=${shellWord(requiredIn(stack, Mode.PRODUCTION).join(' '))}`,
    `in_urls=${shellWord(usedInUrls(stack).join(' '))}`,
    `host_user=${shellWord(takenFrom(stack, HostFact.USER_ID))}`,
    `host_group=${shellWord(takenFrom(stack, HostFact.GROUP_ID))}`,
    'secrets() {',
    '  # shellcheck disable=SC2016 # the commands are shown to people, not run',
    ...secretRows(stack),
    '}',
    '',
  ].join('\n');
}

/**
 * `scripts/env.sh` for a stack: the script in `assets/` with the stack's facts in place of the example's.
 */
export function envScript(stack: StackModel): string {
  return scriptWithFacts('env/env.sh', facts(stack));
}
