import { Environment, Plan, Workload } from './plan';
import { compact, Entry, escapeReferences } from './quantities';
import { SecretFiles } from '../../model/secret-files';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';

/** A piece of a value as a cluster keeps it: text, a setting that an environment says, or a key of the Secret. */
export interface Piece {
  readonly text?: string;
  readonly setting?: Variable;
  readonly secret?: Variable;
}

/** The environment of a container: what goes into a ConfigMap, and what stands in the manifest. */
export interface ContainerValues {
  /** What the ConfigMap holds, by key. */
  readonly settings: ReadonlyMap<string, readonly Piece[]>;
  /** What stands in the manifest: references to the Secret first, so that what follows can name them. */
  readonly env: readonly Entry[];
  readonly command?: string[];
  readonly args?: string[];
  /** The keys of the Secret that it needs. */
  readonly secrets: readonly Variable[];
  /** Those of them that it finds in files, by the names of the files. */
  readonly files: ReadonlyMap<string, Variable>;
}

/** Where files with secrets are. */
export const SECRETS_FOLDER = '/run/secrets';

/** A value in pieces; what is composed of other settings by default is taken apart. */
export function piecesOf(value: Value, plan: Plan): Piece[] {
  return value.parts.flatMap(({ text, variable }): Piece[] => {
    if (!variable) return [{ text: text ?? '' }];
    const { defaultValue } = variable;
    if (defaultValue && !defaultValue.isLiteral && !plan.wholes.has(variable.variableName)) return piecesOf(defaultValue, plan);
    return [variable.secret ? { secret: variable } : { setting: variable }];
  });
}

/** What a setting is in an environment; undefined when nobody says it and it must be said. */
export function settingText(variable: Variable, { settings }: Environment): string | undefined {
  return settings[variable.variableName] ?? (variable.required ? undefined : '');
}

/** The text of pieces without a secret in an environment. */
export function textIn(environment: Environment, pieces: readonly Piece[]): string {
  return pieces.map(({ text, setting }) => text ?? (setting && settingText(setting, environment)) ?? '').join('');
}

/** Collects what the values of a container need of the ConfigMap and of the Secret. */
class Collector {
  public readonly settings = new Map<string, readonly Piece[]>();
  public readonly references: Entry[] = [];
  public readonly composed: Entry[] = [];
  public readonly secrets = new Map<string, Variable>();
  public readonly files = new Map<string, Variable>();
  public readonly pointers = new Map<string, string>();
  private readonly helpers = new Map<string, string>();

  constructor(private readonly own: ReadonlyMap<string, readonly Piece[]>, private readonly plan: Plan, private readonly secretFiles?: SecretFiles) {
    for (const [key, pieces] of own) this.addKey(key, pieces);
  }

  /** Text in which what is not literal is a reference to the container's environment. */
  public text(pieces: readonly Piece[]): string {
    return pieces.map(({ text, setting, secret }, index) => {
      if (text !== undefined) return escapeReferences(text, index < pieces.length - 1);
      return `$(${setting ? this.helper(setting, { setting }) : this.helper(secret!, { secret })})`;
    }).join('');
  }

  private addKey(key: string, pieces: readonly Piece[]): void {
    const [first] = pieces;
    const secret = pieces.length === 1 ? first?.secret : undefined;
    if (secret && this.secretFiles?.takes(key)) {
      this.addFile(key, secret, this.secretFiles);
    } else if (secret) {
      this.addReference(key, secret, !secret.required);
    } else if (pieces.some((piece) => piece.secret)) {
      this.composed.push({ name: key, value: this.text(pieces) });
    } else if (pieces.some((piece) => /[\r\n]/.test(piece.text ?? ''))) {
      this.composed.push({ name: key, value: this.text(pieces) });
    } else {
      this.settings.set(key, pieces);
    }
  }

  private addFile(key: string, secret: Variable, secretFiles: SecretFiles): void {
    this.files.set(key, secret);
    if (!this.plan.made.has(secret.variableName)) this.secrets.set(secret.variableName, secret);
    // No setting that an environment could say otherwise.
    for (const [name, value] of Object.entries(secretFiles.pointer(key, SECRETS_FOLDER))) this.pointers.set(name, value);
  }

  private addReference(key: string, secret: Variable, optional: boolean): void {
    const made = this.plan.made.get(secret.variableName);
    if (!made) this.secrets.set(secret.variableName, secret);
    this.references.push({
      name: key,
      valueFrom: {
        secretKeyRef: compact({
          name: made?.secretName ?? this.plan.secretName, key: made?.key ?? secret.variableName, optional: optional || undefined,
        }),
      },
    });
  }

  /** The key under which the environment of the container has a variable; it is added when it is not there. */
  private helper(variable: Variable, piece: Piece): string {
    const known = this.helpers.get(variable.variableName);
    if (known) return known;
    const same = this.own.get(variable.variableName);
    // What is in a file is in no key of the environment.
    const inFile = same?.length === 1 && same[0].secret !== undefined && this.secretFiles?.takes(variable.variableName);
    const isOwn = !inFile && same?.length === 1 && (same[0].setting ?? same[0].secret)?.variableName === variable.variableName;
    const key = same && !isOwn ? `${variable.variableName}_VALUE` : variable.variableName;
    this.helpers.set(variable.variableName, key);
    if (isOwn) return key;
    if (piece.secret) this.addReference(key, piece.secret, false);
    else this.settings.set(key, [piece]);
    return key;
  }
}

/** What the environment, the command and the arguments of a container are. */
export function valuesOf({ settings }: Workload, plan: Plan): ContainerValues {
  const own = new Map(Object.entries(settings.environment ?? {}).map(([key, value]) => [key, piecesOf(value, plan)]));
  const collector = new Collector(own, plan, settings.secretFiles);
  const words = (values: readonly Value[] | undefined) => values?.map((value) => collector.text(piecesOf(value, plan)));
  const command = words(settings.entrypoint);
  const args = words(settings.command);
  return {
    settings: collector.settings,
    env: [...[...collector.pointers].map(([name, value]) => ({ name, value })), ...collector.references, ...collector.composed],
    command,
    args,
    secrets: [...collector.secrets.values()],
    files: collector.files,
  };
}
