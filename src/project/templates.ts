import { IConstruct } from 'constructs';
import { SourceText, toSource } from './literal';
import { StackTemplate } from './options';
import { FastApiBackend } from '../services/fastapi/fastapi-backend';
import { PostgresService } from '../services/postgres/postgres-service';
import { RedisCache } from '../services/redis/redis-cache';
import { ViteFrontend } from '../services/vite/vite-frontend';

/** A construct that a template adds. Its source line and its instance come from this one description, so that they cannot differ. */
export interface TemplateService {
  /** The class, exported by this library under its own name. */
  readonly type: new (scope: IConstruct, serviceId: string, props?: any) => unknown;
  /** The id in the stack. */
  readonly id: string;
  /** The properties; `use('id')` stands for a service that the template has added before. */
  readonly props?: { readonly [key: string]: unknown };
  /** What is worth knowing, for the line above. */
  readonly comment: string;
}

/** What a template is made of. */
export interface Template {
  readonly services: readonly TemplateService[];
  /** What stands in the place of services when there is none. */
  readonly hint?: readonly string[];
}

/** A service that was added before, in the properties of a later one. */
export class Use {
  constructor(public readonly id: string) {}
}

/** Refers to a service that the template has added before. */
export function use(id: string): Use {
  return new Use(id);
}

const DATABASES: readonly TemplateService[] = [
  {
    type: PostgresService,
    id: 'postgres',
    props: { version: '17' },
    comment: 'PostgreSQL, reachable on localhost:5432. A volume keeps its data; `version` is the major release.',
  },
  {
    type: RedisCache,
    id: 'redis',
    comment: 'Redis, reachable on localhost:6379.',
  },
];

const BACKEND: TemplateService = {
  type: FastApiBackend,
  id: 'backend',
  props: { database: use('postgres'), cache: use('redis') },
  comment: 'A FastAPI backend on localhost:8000. Its sample application is in backend/, and is yours: it is written once.',
};

/** All templates. A further one is one more entry, and one more member of `StackTemplate`. */
export const TEMPLATES: { readonly [name in StackTemplate]: Template } = {
  [StackTemplate.DATABASES]: { services: DATABASES },
  [StackTemplate.BACKEND]: { services: [...DATABASES, BACKEND] },
  [StackTemplate.FULL_STACK]: {
    services: [
      ...DATABASES,
      BACKEND,
      {
        type: ViteFrontend,
        id: 'frontend',
        props: { api: use('backend') },
        comment: 'Pages on localhost:3000, which pass requests for /api on to the backend. Their sample in frontend/ is yours, too.',
      },
    ],
  },
  [StackTemplate.EMPTY]: {
    services: [],
    hint: [
      "Services go here. The first could be a database; PostgresService is imported from 'projen-stack', as StackProject is:",
      "new PostgresService(stack, 'postgres', { version: '17' });",
    ],
  },
};

/** Adds the services of a template to a stack. */
export function addServices(stack: IConstruct, template: Template): void {
  const made = new Map<string, unknown>();
  for (const { type: Type, id, props } of template.services) {
    const settled = replaceUses(props, (other) => {
      if (!made.has(other)) throw new Error(`The template uses "${other}" before it adds it.`);
      return made.get(other);
    });
    made.set(id, settled === undefined ? new Type(stack, id) : new Type(stack, id, settled));
  }
}

/** The lines that do in `.projenrc.ts` what `addServices` does. */
export function sourceLines(template: Template): string[] {
  if (template.services.length === 0) return (template.hint ?? []).map((line) => `// ${line}`);
  return template.services.flatMap((service, index) => {
    const props = replaceUses(service.props, (other) => new SourceText(toVariable(other)));
    const call = `new ${service.type.name}(stack, ${toSource(service.id)}${props === undefined ? '' : `, ${toSource(props)}`});`;
    const isUsed = template.services.some((other) => uses(other.props).includes(service.id));
    const line = isUsed ? `const ${toVariable(service.id)} = ${call}` : call;
    return [...(index > 0 ? [''] : []), `// ${service.comment}`, line];
  });
}

/** The names that the lines of a template import. */
export function importedNames(template: Template): string[] {
  return [...new Set(template.services.map((service) => service.type.name))];
}

function uses(value: unknown): string[] {
  if (value instanceof Use) return [value.id];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(uses);
}

function replaceUses(value: unknown, replace: (id: string) => unknown): unknown {
  if (value instanceof Use) return replace(value.id);
  if (Array.isArray(value)) return value.map((item) => replaceUses(item, replace));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceUses(item, replace)]));
}

function toVariable(id: string): string {
  return id.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
}
