import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import type { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { Value } from '../../model/value';
import { SecretFormat, Variable } from '../../model/variable';

/** What stands in a template where a secret belongs. Whoever reads it knows that it is none. */
export const PLACEHOLDER = 'change_this_secure_password';

/** Data that a value was stored in, and the name of what holds it. */
export interface StoredData {
  readonly kind: MountKind;
  /** The name of the volume within the stack, or the path of the folder. */
  readonly place: string;
}

/**
 * Whether `scripts/env.sh init` makes the value: a secret that nobody else issues, that the stack wants, and that is not made of
 * other settings.
 */
export function isGenerated(variable: Variable): boolean {
  const { defaultValue } = variable;
  return variable.secret && variable.secretFormat === SecretFormat.HEX && variable.required && (!defaultValue || defaultValue.isLiteral);
}

/** The names of the settings without which the stack does not run in a mode. */
export function requiredIn(stack: StackModel, mode: Mode): string[] {
  const used = new Set(stack.services.flatMap((service) => service.variablesIn(mode)).map((variable) => variable.variableName));
  return stack.variables.filter((variable) => {
    const { defaultValue } = variable;
    // A literal default holds in development only, a composed one always.
    const hasDefault = defaultValue && (mode === Mode.DEVELOPMENT || !defaultValue.isLiteral);
    return used.has(variable.variableName) && variable.required && !hasDefault;
  }).map((variable) => variable.variableName);
}

/** The names of the settings that are the user or the password in a URL, where Compose cannot encode what is special. */
export function usedInUrls(stack: StackModel): string[] {
  const modes = [Mode.DEVELOPMENT, Mode.PRODUCTION];
  const values = [
    ...stack.services.flatMap((service) => modes.flatMap((mode) => service.valuesIn(mode))),
    ...stack.variables.flatMap((variable) => (variable.defaultValue ? [variable.defaultValue] : [])),
  ];
  const names = new Set(values.flatMap(credentials));
  return stack.variables.map((variable) => variable.variableName).filter((name) => names.has(name));
}

/** The variables between `://` and `@`, and every secret after `://`. */
function credentials(value: Value): string[] {
  const found: string[] = [];
  let open: string[] | undefined;
  for (const { text, variable } of value.parts) {
    if (variable) {
      if (open && variable.secret) found.push(variable.variableName);
      open?.push(variable.variableName);
      continue;
    }
    for (const [mark] of (text ?? '').matchAll(/:\/\/|@/g)) {
      if (mark === '@') found.push(...(open ?? []));
      if (mark !== '@' || open) open = [];
    }
  }
  return found;
}

const USERS = new WeakMap<StackModel, ReadonlyMap<string, Service[]>>();

/** The services that use a variable. Collected once for all variables: each asking all services would grow with their square. */
export function usersOf(stack: StackModel, variable: Variable): readonly Service[] {
  let users = USERS.get(stack);
  if (!users) {
    const collected = new Map<string, Service[]>();
    for (const service of stack.services) {
      for (const name of new Set(service.variables().map(({ variableName }) => variableName))) {
        const others = collected.get(name);
        if (others) others.push(service);
        else collected.set(name, [service]);
      }
    }
    USERS.set(stack, users = collected);
  }
  return users.get(variable.variableName) ?? [];
}

/**
 * Where the data of a variable is in a mode: the mount at the place that the variable names, as the service that uses the
 * variable has it in the end, since a stack may put a folder where a service had a volume.
 *
 * @returns undefined when nothing is stored that outlives the container
 */
export function storedData(stack: StackModel, variable: Variable, mode: Mode): StoredData | undefined {
  const { storedIn } = variable;
  if (!storedIn) return undefined;
  for (const service of usersOf(stack, variable)) {
    if (!service.modes.includes(mode)) continue;
    const mount = (service.settings(mode).mounts ?? []).find((each: Mount) => each.target === storedIn.target);
    if (mount?.kind === MountKind.VOLUME) return { kind: mount.kind, place: mount.nameFor(service.serviceName) };
    if (mount?.kind === MountKind.BIND) return { kind: mount.kind, place: mount.source! };
  }
  return undefined;
}
