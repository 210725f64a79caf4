import { readFileSync } from 'fs';
import * as path from 'path';

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly see?: string;
  readonly default?: string;
  readonly stability?: string;
}

interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
}

/** A member of a struct, as jsii describes it. */
export interface Property {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly type: TypeReference;
}

interface Type {
  readonly name: string;
  readonly docs?: Docs;
  readonly properties?: readonly Property[];
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly { readonly type: TypeReference }[] };
}

/** What jsii knows of the public API; the library must have been compiled. */
export class Assembly {
  private readonly types: { readonly [fqn: string]: Type };

  constructor(file = path.join(__dirname, '..', '..', '.jsii')) {
    this.types = JSON.parse(readFileSync(file, 'utf8')).types;
  }

  /** A type by its name. */
  type(name: string): Type {
    const found = Object.values(this.types).find((each) => each.name === name);
    if (!found) throw new Error(`The library has no public type ${name}.`);
    return found;
  }

  /** The struct that a class takes as its last argument. */
  propsOf(className: string): Type {
    const parameters = this.type(className).initializer?.parameters ?? [];
    const last = parameters[parameters.length - 1]?.type.fqn;
    if (!last) throw new Error(`${className} takes no properties.`);
    return this.types[last];
  }

  /** The members of a struct, and of those that it extends but those that every service has. */
  membersOf({ properties = [], interfaces = [] }: Type): Property[] {
    const inherited = interfaces.map((fqn) => this.types[fqn]).filter((each) => !['ServiceSettings', 'ServiceIdentity', 'ServiceProps'].includes(each.name));
    return [...properties, ...inherited.flatMap((each) => this.membersOf(each))];
  }

  /** A type as one writes it in TypeScript. */
  written({ fqn, primitive, collection }: TypeReference): string {
    if (fqn) return this.types[fqn]?.name ?? fqn.split('.').pop()!;
    if (!collection) return primitive === 'any' || primitive === 'json' ? 'any' : primitive!;
    const element = this.written(collection.elementtype);
    return collection.kind === 'array' ? `${element}[]` : `{ [name: string]: ${element} }`;
  }
}
