import * as path from 'path';
import { composeDocument } from './document';
import { Entry } from './service-entry';
import { Mode } from '../../model/mode';
import { StackModel } from '../../model/stack-model';

/** A thing of the machine, by the name that development and production both have for it. */
export interface SharedThing {
  readonly kind: 'project' | 'container' | 'network' | 'volume' | 'folder' | 'port';
  readonly thingName: string;
}

/**
 * What keeps the development and the production stack from running on one machine at a time: names that are the engine's and not
 * the project's, folders that containers of both write into, ports that both publish. It is read from the finished documents, since overrides
 * can bring any of it.
 */
export function sharedBetweenModes(stack: StackModel): SharedThing[] {
  const [development, production] = [Mode.DEVELOPMENT, Mode.PRODUCTION].map((mode) => composeDocument(stack, mode)?.content);
  if (!development || !production) return [];
  const both = (kind: SharedThing['kind'], names: (document: Entry) => string[]): SharedThing[] => {
    const others = new Set(names(production));
    return [...new Set(names(development))].filter((name) => others.has(name)).map((thingName) => ({ kind, thingName }));
  };
  return [
    ...both('project', ({ name }) => [String(name)]),
    ...both('container', (document) => entriesOf(document.services).flatMap(([, { container_name: name }]) => (name === undefined ? [] : [String(name)]))),
    ...both('network', (document) => fixedNames(document.networks)),
    ...both('volume', (document) => fixedNames(document.volumes)),
    ...sharedFolders(writtenFolders(development), writtenFolders(production)),
    ...both('port', (document) => entriesOf(document.services).flatMap(([, { ports }]) => list(ports).flatMap(publishedAt))),
  ];
}

function entriesOf(value: unknown): [string, Entry][] {
  return Object.entries((value ?? {}) as { [name: string]: Entry | null }).map(([name, entry]) => [name, entry ?? {}]);
}

const list = (value: unknown) => (Array.isArray(value) ? value as unknown[] : []);

/** The names that the engine knows networks or volumes by, where they are not made of the project's. */
function fixedNames(value: unknown): string[] {
  return entriesOf(value).flatMap(([key, { name, external }]) => (name !== undefined ? [String(name)] : external ? [key] : []));
}

/** The folders of the host that containers may write into; a socket is no folder. */
function writtenFolders({ services }: Entry): string[] {
  const found = entriesOf(services).flatMap(([, { volumes }]) => list(volumes).flatMap((volume) => {
    if (typeof volume !== 'string') {
      const { type, source, read_only: readOnly } = volume as Entry;
      return type === 'bind' && !readOnly ? [String(source)] : [];
    }
    const [, source, options = ''] = /^(.*?):[^:]*(?::([^:]*))?$/.exec(volume) ?? [];
    return source !== undefined && /^[./~]/.test(source) && !options.split(',').includes('ro') ? [source] : [];
  }));
  // As the host has it: Compose would fill in what a single dollar sign names.
  return [...new Set(found)].filter((source) => !source.endsWith('.sock')).map((source) => source.replace(/\$\$/g, '$'));
}

const within = (inner: string, outer: string) => !/^\.\.(\/|$)|^\//.test(path.posix.relative(outer, inner));

/** Whether two folders are one, or one lies in the other. */
export function lieTogether(one: string, other: string): boolean {
  return within(one, other) || within(other, one);
}

/** A folder that both have, or that lies in one which the other has. */
function sharedFolders(left: readonly string[], right: readonly string[]): SharedThing[] {
  const found = left.flatMap((one) => right.flatMap((other) => (within(one, other) ? [one] : within(other, one) ? [other] : [])));
  return [...new Set(found)].map((thingName) => ({ kind: 'folder', thingName }));
}

/** What a port of the host is called: the setting that moves it, or its number. */
function publishedAt(port: unknown): string[] {
  const text = typeof port === 'object' && port !== null ? String((port as Entry).published ?? '') : /^(.*):\d+(?:-\d+)?(?:\/\w+)?$/.exec(String(port))?.[1] ?? '';
  const [, setting] = /\$\{?(\w+)/.exec(text) ?? [];
  const [number] = /\d+$/.exec(text) ?? [];
  return setting ? [setting] : number ? [number] : [];
}
