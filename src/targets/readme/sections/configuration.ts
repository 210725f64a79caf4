import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { MountKind } from '../../../model/mount';
import { stackNameIn } from '../../../model/stack-model';
import { Variable } from '../../../model/variable';
import { storedData, usersOf } from '../../env/facts';
import { sectionsOf } from '../../env/sections';
import { Chapter } from '../chapter';
import { BlockKind, shellBlocks } from '../compose-words';
import { code, enumeration, plain, prose, table } from '../markdown';

/** Every setting of the operator: its default, what it means, who uses it. */
export function configuration(chapter: Chapter): string[] {
  const variables = sectionsOf(chapter.stack).flatMap((section) => section.variables);
  const guides = chapter.guideBlocks(GuideTopic.CONFIGURATION);
  if (variables.length === 0) return guides;
  return [
    prose('Settings come from the shell, else from `.env`, else from the default. The defaults are for development; production has none. Docker Compose reads `.env` in this '
      + 'folder, and `./scripts/env.sh check` says what in it is missing or unsafe.'),
    table(['setting', 'default', 'meaning', 'used by'], variables.map((variable) => row(chapter, variable))),
    ...stored(chapter, variables),
    ...furtherTemplates(chapter),
    ...guides,
  ];
}

function row({ stack }: Chapter, variable: Variable): string[] {
  // Declaring a setting is not using it: what no container gets is for whoever reads .env.
  const users = usersOf(stack, variable).filter((service) => (
    service.modes.some((mode) => service.variablesIn(mode).some(({ variableName }) => variableName === variable.variableName))
  ));
  const marks = [...(variable.secret ? ['secret'] : []), ...(variable.required ? [] : ['optional'])];
  return [
    code(variable.variableName),
    defaultOf(variable),
    `${plain(variable.description)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`,
    users.map(({ serviceName }) => code(serviceName)).join(', '),
  ];
}

function defaultOf({ defaultValue, required }: Variable): string {
  const text = defaultValue?.developmentText ?? '';
  if (text !== '') return code(text);
  return required && !defaultValue ? 'none: must be set' : 'empty';
}

/** Templates beside the usual one: each is the settings of a second environment. */
function furtherTemplates(chapter: Chapter): string[] {
  const kind = BlockKind.SITUATIONAL;
  return chapter.stack.envTemplates.flatMap((template) => [
    prose(`${code(template)} is the template of a second environment, whose settings are in ${code(`${template}.local`)} in the place of \`.env\`:`),
    ...shellBlocks([
      chapter.shell('', `./scripts/env.sh init --env-file ${template}.local`, { kind }),
      chapter.compose('', `--env-file ${template}.local up --detach --wait`, { kind }),
    ]),
  ]);
}

/** Settings that data was made with: a later change alone does nothing. */
function stored({ stack }: Chapter, variables: readonly Variable[]): string[] {
  const byPlace = new Map<string, Variable[]>();
  for (const variable of variables) {
    const data = storedData(stack, variable, Mode.DEVELOPMENT);
    if (!data) continue;
    const place = data.kind === MountKind.VOLUME ? `the volume ${code(`${stackNameIn(stack, Mode.DEVELOPMENT)}_${data.place}`)}` : `the folder ${code(data.place)}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), variable]);
  }
  return [...byPlace].map(([place, kept]) => prose(
    `${enumeration(kept.map(({ variableName }) => code(variableName)))} ${kept.length === 1 ? 'is' : 'are'} kept in ${place} from the first start on: a later `
    + 'change of the setting alone has no effect.',
  ));
}
