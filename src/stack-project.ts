import { InitProject, javascript, Project } from 'projen';
import { checkOptions, toPackageName } from './project/check-options';
import { StackProjectOptions, StackTemplate } from './project/options';
import { StackProjenrc } from './project/projenrc';
import { SharedPackage } from './project/shared-package';
import { SharedTextFile } from './project/shared-text-file';
import { readFolder } from './project/takeover';
import { addServices, Template, TEMPLATES } from './project/templates';
import {
  asksForScripts, INSTALL_SCRIPTS, isYarnBerry, nameOf, optionsOf, PROJENRC_COMPILER_OPTIONS, RUN_PROJENRC, TOOLCHAIN, TYPE_CHECKING,
} from './project/toolchain';
import { Stack } from './stack';

/** Files in which people write, too: they do not count as generated. */
const SHARED = new Set(['/package.json', '/.gitignore', '/.gitattributes']);

/**
 * A project around one stack: a `.projenrc.ts`, a package.json that installs what it needs, and the stack's files.
 *
 * `npx projen new --from projen-stack` makes one, with the services of a template in its `.projenrc.ts`.
 *
 * `package.json`, `.gitignore` and `.gitattributes` are shared with people, in new folders and in existing ones alike. What the
 * definition says is written there; everything else is kept as it stands in the file: dependencies (also those that
 * `npm install` adds later), scripts, fields, and every line outside of the marks of the generated part. Where both speak about the
 * same thing, the definition wins over the file, and the file wins over defaults: a script called `build` stays what it
 * is, and `npx projen build` runs the task of that name. What is taken out of the definition goes; what is
 * yours goes when you delete it from the file. `.projen/shared.json` remembers what the definition said last time.
 *
 * What cannot be shared is refused before any file is written, with the list of it and what to do: malformed
 * JSON, the lockfile of another package manager, a range that means "any version", a file that the project would overwrite.
 *
 * @pjid stack
 */
export class StackProject extends Project {
  /**
   * The stack: services are added to it.
   */
  public readonly stack: Stack;

  /**
   * package.json.
   */
  public readonly package: javascript.NodePackage;

  private readonly creation?: InitProject;
  private readonly template: Template;

  /**
   * @throws when an option is invalid, or when the folder holds what cannot be taken over; nothing has been written then
   */
  constructor(options: StackProjectOptions) {
    super(options);
    // projen hands the creation to `projectCreation()` when the files are written; the services must be there before.
    this.creation = this.initProject;
    checkOptions(options, this.creation);
    this.template = TEMPLATES[options.template ?? StackTemplate.DATABASES];

    const packageManager = options.packageManager ?? javascript.NodePackageManager.NPM;
    const folder = readFolder({
      outdir: this.outdir,
      packageManager,
      ownFiles: ownFiles(this, packageManager),
      isCreation: this.creation !== undefined,
    });

    const shared = new SharedPackage(this, {
      ...optionsOf(packageManager),
      packageManager,
      packageName: options.packageName ?? toPackageName(options.name),
      description: options.description,
      licensed: options.license !== undefined,
      license: options.license,
      // What projen assumes for a library that is published.
      entrypoint: '',
      npmProvenance: false,
      autoDetectBin: false,
      addPackageManagerToDevEngines: false,
      peerDependencyOptions: { pinnedDevDependency: false },
      deps: options.deps,
      devDeps: options.devDeps,
      before: folder.manifest,
      memory: folder.memory,
      isForeign: folder.isForeign,
      explicitFields: (['description', 'license', 'packageName'] as const)
        .filter((option) => options[option] !== undefined)
        .map((option) => option === 'packageName' ? 'name' : option),
    });
    this.package = shared;

    new SharedTextFile(this, this.gitignore, folder.gitignore);
    new SharedTextFile(this, this.gitattributes, folder.gitattributes);
    // A person's `.*` would hide the folder, and no line about a file in it could bring that back.
    this.gitignore.include('/.projen/');

    // A project that leaves projen has no definition that anything could run.
    if (!this.ejected) {
      this.addToolchain(options, shared);
      if (this.parent === undefined) this.addProjenrc();
    }

    this.stack = new Stack(this, 'stack', { workflow: this.parent === undefined, ...options.stackProps });
    // A project type that builds on this one may well name a template each time.
    if (options.template !== undefined && this.creation === undefined && this.constructor === StackProject) {
      this.logger.warn('StackProject: only `projen new` reads "template". Remove the option, and write the services you want below it.');
    }
  }

  /**
   * Marks files as generated for GitHub, except those that people write in, too.
   */
  public override annotateGenerated(glob: string): void {
    if (!SHARED.has(glob)) this.gitattributes.addAttributes(glob, 'linguist-generated');
  }

  /**
   * Adds the services of the template when `projen new` makes the project; later they are lines of the definition.
   */
  public override preSynthesize(): void {
    if (this.creation !== undefined) addServices(this.stack, this.template);
    super.preSynthesize();
  }

  private addToolchain(options: StackProjectOptions, shared: SharedPackage): void {
    const given = new Set([...options.deps ?? [], ...options.devDeps ?? []].map(nameOf));
    const projen = options.projenVersion === undefined ? 'projen' : `projen@${options.projenVersion}`;
    const wanted = this.parent === undefined ? [projen, ...TOOLCHAIN, ...TYPE_CHECKING] : [];
    for (const spec of wanted) {
      const isExplicit = spec === projen && options.projenVersion !== undefined;
      if (isExplicit || (!given.has(nameOf(spec)) && !shared.isPeoples(nameOf(spec)))) shared.addDevDeps(spec);
    }
    if (this.parent === undefined && asksForScripts(shared.packageManager)) shared.addAllowedScripts(...INSTALL_SCRIPTS);
  }

  private addProjenrc(): void {
    const projenrc = new StackProjenrc(this, this.template);
    projenrc.tsconfig.file.addOverride('compilerOptions', PROJENRC_COMPILER_OPTIONS);
    // Only the definition: a project's own sources have their own compiler.
    projenrc.tsconfig.file.addOverride('include', [projenrc.filePath, 'projenrc/**/*.ts']);
    this.defaultTask?.reset();
    this.defaultTask?.addSteps({ execArgs: [...RUN_PROJENRC] });
    this.addTask('projenrc:check', {
      description: 'Type-check the definition, which `npx projen` runs unchecked to be fast',
      steps: [{ execArgs: [...this.package.execCommand.split(' '), 'tsc', '--project', projenrc.tsconfig.fileName] }],
    });
  }
}

/** The files that are written as a whole, whatever is in the stack. */
function ownFiles(project: Project, packageManager: javascript.NodePackageManager): string[] {
  return [
    ...(project.parent === undefined ? ['tsconfig.projen.json'] : []),
    ...(packageManager === javascript.NodePackageManager.PNPM ? ['pnpm-workspace.yaml'] : []),
    ...(isYarnBerry(packageManager) ? ['.yarnrc.yml'] : []),
  ];
}
