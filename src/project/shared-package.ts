import { DependencyType, javascript, JsonFile, Project } from 'projen';
import { Memory } from './memory';
import { Manifest, Section, SECTIONS } from './package-manifest';
import { isObject, Json, settle } from './three-way';

/** Where a dependency of a kind stands in package.json. Overrides are not installed, and have a field of their own. */
const SECTION_OF: { readonly [type in DependencyType]?: Section } = {
  [DependencyType.RUNTIME]: 'dependencies',
  [DependencyType.BUNDLED]: 'dependencies',
  [DependencyType.PEER]: 'peerDependencies',
  [DependencyType.BUILD]: 'devDependencies',
  [DependencyType.TEST]: 'devDependencies',
  [DependencyType.DEVENV]: 'devDependencies',
};

const TYPE_OF: { readonly [section in Section]: DependencyType } = {
  dependencies: DependencyType.RUNTIME,
  devDependencies: DependencyType.BUILD,
  peerDependencies: DependencyType.PEER,
};

/**
 * `projen new` writes it into the definition, and whoever writes that anew leaves it out, as every example does. Without it the next
 * synthesis would find nothing to import.
 */
const LIBRARY = 'projen-stack';

/** What projen's own component settles by itself, or what is settled as dependencies. */
const NOT_FIELDS = new Set<string>([...SECTIONS, 'bundledDependencies', '//']);

/** What `SharedPackage` needs to know beside projen's options. */
export interface SharedPackageOptions extends javascript.NodePackageOptions {
  /** What stands in package.json before this synthesis. */
  readonly before: Manifest;
  /** What the definition said at the last synthesis. */
  readonly memory: Memory;
  /** Whether no synthesis has written the folder yet. */
  readonly isForeign: boolean;
  /** The fields that the definition names. */
  readonly explicitFields: readonly string[];
}

/**
 * A package.json that the definition and people share.
 *
 * projen's component drops every dependency, script and field that is not in the definition. Here `npm install x` lasts: what
 * the definition does not mention is kept as it stands in the file. A committed list of what the definition said last time
 * tells its former entries, which go, from people's, which stay.
 */
export class SharedPackage extends javascript.NodePackage {
  private readonly before: Manifest;
  private readonly memory: Memory;
  private readonly explicit: Map<string, Set<string> | 'whole'>;
  private readonly keptDeps = new Set<string>();
  private readonly isForeign: boolean;

  constructor(project: Project, options: SharedPackageOptions) {
    super(project, options);
    this.before = options.before;
    this.memory = options.memory;
    this.isForeign = options.isForeign;
    // An application: `npm publish` by accident is refused.
    this.manifest.private = true;
    this.explicit = new Map(options.explicitFields.map((field) => [field, 'whole']));
    if (!project.ejected) new JsonFile(this, this.memory.path, { obj: () => this.memory.content, omitEmpty: true });
  }

  public override addField(fieldName: string, value: any): void {
    super.addField(fieldName, value);
    // The constructor of projen's class comes here too, before there is a map: those are defaults.
    this.explicit?.set(fieldName, 'whole');
  }

  public override setScript(scriptName: string, command: string): void {
    super.setScript(scriptName, command);
    this.markKey('scripts', scriptName);
  }

  public override addEngine(engine: string, version: string): void {
    super.addEngine(engine, version);
    this.markKey('engines', engine);
  }

  public override addBin(bins: { [key: string]: string }): void {
    super.addBin(bins);
    for (const key of Object.keys(bins)) this.markKey('bin', key);
  }

  public override addKeywords(...keywords: string[]): void {
    super.addKeywords(...keywords);
    if (keywords.length > 0) this.explicit?.set('keywords', 'whole');
  }

  /** Whether people have put a dependency into package.json, in any section. */
  public isPeoples(dependency: string): boolean {
    return SECTIONS.some((section) => this.peoples(section)[dependency] !== undefined);
  }

  public override preSynthesize(): void {
    super.preSynthesize();
    this.keepDependencies();
    if (this.isForeign) this.announce();
  }

  public override synthesize(): void {
    this.shareFields();
    super.synthesize();
  }

  private keepDependencies(): void {
    const defined = (section: Section) => this.project.deps.all.filter((dep) => SECTION_OF[dep.type] === section).map((dep) => dep.name);
    const peers = defined('peerDependencies');
    const installed = [...defined('dependencies'), ...defined('devDependencies')];
    for (const section of SECTIONS) {
      for (const [name, range] of Object.entries(this.peoples(section))) {
        // A peer is installed by one of the other two sections as well.
        if ((section === 'peerDependencies' ? peers : installed).includes(name)) continue;
        const type = section === 'dependencies' && this.before.bundled.includes(name) ? DependencyType.BUNDLED : TYPE_OF[section];
        this.project.deps.addDependency(`${name}@${range}`, type);
        this.keptDeps.add(`${section} ${name}`);
      }
    }
    this.memory.setDependencies(() => Object.fromEntries(SECTIONS.map((section) => [
      section, defined(section).filter((name) => !this.keptDeps.has(`${section} ${name}`)).sort(),
    ])));
  }

  /** The entries of a section that the definition has not put there, and the one without which there is no definition. */
  private peoples(section: Section): { readonly [name: string]: string } {
    const former = new Set(this.memory.dependencies(section).filter((name) => name !== LIBRARY));
    return Object.fromEntries(Object.entries(this.before[section]).filter(([name]) => !former.has(name)));
  }

  private announce(): void {
    const scripts = Object.keys(this.before.fields.scripts ?? {});
    if (this.keptDeps.size + scripts.length === 0) return;
    const hidden = scripts.filter((script) => this.project.tasks.tryFind(script) !== undefined);
    const commands = hidden.map((script) => `"${this.project.projenCommand} ${script}"`).join(', ');
    this.project.logger.info(`package.json: ${this.keptDeps.size} dependencies and ${scripts.length} scripts stay as they stand there.`
      + (hidden.length > 0 ? ` The tasks of the same name are run by ${commands}.` : ''));
  }

  private shareFields(): void {
    const said: Json = {};
    this.memory.setFields(() => said);
    const theirs: Json = Object.fromEntries(Object.entries(this.before.fields).filter(([field]) => !NOT_FIELDS.has(field)));
    if (isObject(theirs.scripts)) theirs.scripts = this.withoutTasks(theirs.scripts);
    const fields = new Set([...Object.keys(this.manifest), ...Object.keys(theirs)].filter((field) => !NOT_FIELDS.has(field)));
    for (const field of fields) {
      const written = this.manifest[field];
      // At the last moment: tasks may still come.
      this.manifest[field] = () => {
        const ours = clean(written);
        if (ours !== undefined) said[field] = field === 'scripts' ? this.withoutTasks(ours as Json) : ours;
        const marked = this.explicit.get(field);
        return settle({
          ours,
          base: this.memory.field(field),
          theirs: theirs[field],
          explicit: (key) => marked === 'whole' || (key !== undefined && marked?.has(key) === true),
        });
      };
    }
  }

  /** The scripts that do not just call the task of their name: projen writes those anew. */
  private withoutTasks(scripts: Json): Json {
    const calls = (script: string) => ['projen', this.project.projenCommand].map((command) => `${command} ${script}`);
    return Object.fromEntries(Object.entries(scripts).filter(([script, command]) => !calls(script).includes(command as string)));
  }

  private markKey(field: string, key: string): void {
    const marked = this.explicit?.get(field);
    if (marked === 'whole') return;
    this.explicit?.set(field, new Set([...(marked ?? []), key]));
  }
}

/** A part of the manifest without functions and without undefined; an empty object counts as nothing said. */
function clean(value: unknown): unknown {
  const settled = typeof value === 'function' ? value() : value;
  if (settled === undefined || settled === null) return undefined;
  if (isObject(settled)) {
    const entries = Object.entries(settled).map(([key, item]) => [key, clean(item)] as const).filter(([, item]) => item !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return settled;
}
