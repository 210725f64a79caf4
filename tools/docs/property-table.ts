import { Assembly, Property } from './assembly';

const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();

function row({ name, type, docs, optional }: Property, assembly: Assembly): string {
  const value = docs?.default?.replace(/^- /, '') ?? (optional ? '' : '**required**');
  return `| \`${name}\` | \`${cell(assembly.written(type))}\` | ${cell(value)} | ${cell(docs?.summary ?? '')} |`;
}

/** The properties of a struct, a line each. */
export function propertyTable(properties: readonly Property[], assembly: Assembly): string[] {
  return ['| property | type | default | meaning |', '| --- | --- | --- | --- |', ...properties.map((property) => row(property, assembly))];
}
