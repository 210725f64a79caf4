import { envScript } from './script';
import { envTemplate, TEMPLATE } from './template';
import { Finding, RuleInfo, Severity } from '../../model/finding';
import { StackModel } from '../../model/stack-model';
import { OutputFile, OutputTask, Target, TargetOutput } from '../../model/target';

/** A template is a file of its own in the stack's folder. */
export const TEMPLATE_NAME: RuleInfo = {
  ruleId: 'PS062',
  severity: Severity.ERROR,
  title: 'A template of the settings is not the file that people fill in',
  reason: 'A template is written again at every synthesis and is committed; .env holds what a person wrote, and secrets.',
};

/**
 * Renders the operator's settings: a template of `.env` that explains every key, and a script that makes and checks `.env`
 * without this library.
 */
export class EnvTarget extends Target {
  constructor() {
    super('env');
  }

  public render(stack: StackModel): TargetOutput {
    if (stack.variables.length === 0) return { files: [] };
    const templates = [...new Set([TEMPLATE, ...stack.envTemplates])];
    return {
      files: [
        ...templates.map((filePath): OutputFile => ({ filePath, content: envTemplate(stack, filePath), copied: true })),
        { filePath: 'scripts/env.sh', content: envScript(stack), executable: true },
      ],
      findings: stack.envTemplates.flatMap((name) => nameFindings(stack, name)),
      tasks: envTasks(stack),
      gitIgnore: ['.env', '.env.*', ...templates.map((name) => `!${name}`)],
    };
  }
}

/** What is wrong with the name of a further template. */
function nameFindings(stack: StackModel, name: string): Finding[] {
  if (/^\.env\.[A-Za-z0-9_.-]+$/.test(name) && !name.endsWith('.local')) return [];
  return [{
    rule: TEMPLATE_NAME,
    path: stack.path,
    location: stack.location,
    message: `${JSON.stringify(name)} cannot be a template of the settings.`,
    fix: "Write a name that begins with .env. and does not end with .local, without a folder: envTemplates: ['.env.docker'].",
  }];
}

/** `env:init` and `env:check`; a stack that is not the project's only one puts its id in front. */
function envTasks(stack: StackModel): OutputTask[] {
  const prefix = stack.taskPrefix === 'stack' ? '' : `${stack.taskPrefix}:`;
  return [
    { taskName: `${prefix}env:init`, description: 'Create or complete .env, with random secrets; keeps what is there', command: ['bash', 'scripts/env.sh', 'init'] },
    { taskName: `${prefix}env:check`, description: 'Name the settings in .env that are missing, placeholders or unsafe', command: ['bash', 'scripts/env.sh', 'check'] },
  ];
}
