import { existsSync, writeFileSync } from 'fs';
import * as path from 'path';
import { InitProject, InitProjectOptionHints, Project, typescript } from 'projen';
import { SourceText, toSource } from './literal';
import { importedNames, sourceLines, Template } from './templates';

/** Options that only `projen new` reads, or that are what the constructor assumes anyway. */
const NOT_WRITTEN: { readonly [option: string]: (value: unknown) => boolean } = {
  template: () => true,
  outdir: () => true,
  packageManager: (value) => value === 'npm',
};

/**
 * The `.projenrc.ts` of a `StackProject`, written once, by `projen new`, with the services of a template in it.
 */
export class StackProjenrc extends typescript.ProjenrcTs {
  constructor(project: Project, private readonly template: Template) {
    super(project);
  }

  public override projectCreation(init: InitProject): void {
    const file = path.join(this.project.outdir, this.filePath);
    if (existsSync(file)) return;
    writeFileSync(file, renderProjenrc(init, this.template));
    this.project.logger.info(`The definition was written to ${file}: services are added there.`);
  }
}

/** The text of `.projenrc.ts`. */
export function renderProjenrc(init: InitProject, template: Template): string {
  const imports = new Map<string, Set<string>>();
  const use = (fqn: string): string => {
    const [module, ...names] = fqn.split('.');
    imports.set(module, (imports.get(module) ?? new Set()).add(names[0]));
    return names.join('.');
  };
  const className = use(init.fqn);
  for (const name of importedNames(template)) use(`${LIBRARY}.${name}`);
  const options = renderOptions(init, use);
  return [
    ...[...imports].sort(([a], [b]) => a < b ? -1 : 1).map(([module, names]) => importLine(module, [...names].sort())),
    '',
    `const project = new ${className}(${options});`,
    'const { stack } = project;',
    '',
    ...sourceLines(template),
    '',
    'project.synth();',
    '',
  ].join('\n');
}

/** The name of this package, as people import it. */
const LIBRARY = 'projen-stack';

function importLine(module: string, names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from '${module}';`;
  return line.length <= 120 ? line : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${module}';`;
}

function renderOptions(init: InitProject, use: (fqn: string) => string): string {
  const given = init.type.options.filter(({ name }) => init.args[name] !== undefined && !NOT_WRITTEN[name]?.(init.args[name]));
  const lines = given.map(({ name, fqn }) => {
    const value: unknown = init.args[name];
    // A text for an option of a named type is the value of an enum; its member is the value in capitals.
    const isMember = fqn !== undefined && typeof value === 'string';
    return `${name}: ${toSource(isMember ? new SourceText(`${use(fqn)}.${value.toUpperCase().replace(/-/g, '_')}`) : value, '  ')},`;
  });
  const names = new Set(given.map(({ name }) => name));
  const hints = init.comments === InitProjectOptionHints.NONE ? [] : init.type.options
    .filter(({ name, featured, deprecated }) => featured && !deprecated && !names.has(name) && !(name in NOT_WRITTEN))
    .map(({ name, docs }) => `// ${name}: …, ${docs ?? ''}`.trimEnd());
  // The name first, the others as projen sorts them: by letters.
  lines.sort((a, b) => Number(b.startsWith('name:')) - Number(a.startsWith('name:')));
  return `{\n${[...lines, ...hints].map((line) => `  ${line}\n`).join('')}}`;
}
