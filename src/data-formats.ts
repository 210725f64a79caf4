import { Rendered } from './collisions';
import { StackMemory } from './files/stack-memory';
import { DataFormat } from './model/data-format';
import { Finding, RuleInfo, Severity } from './model/finding';
import { pathOf } from './model/path';
import { Service } from './model/service';
import type { Stack } from './stack';
import { dataMount } from './targets/compose/carry-over';

/** Data is read by the version that made it. */
export const DATA_FORMAT: RuleInfo = {
  ruleId: 'PS085',
  severity: Severity.ERROR,
  title: 'Data that is there can be read by the version in the definition',
  reason: 'A server of another major version refuses the data of the one before, or worse, starts with an empty place beside it. '
    + '.projen/stack.json remembers the version that was written last.',
};

/** The section of the memory: by the stack's folder and the service's name, what the data is. */
const SECTION = 'data';

/** A service that keeps data of a format. */
interface Store {
  readonly stack: Stack;
  readonly service: Service;
  readonly format: DataFormat;
  readonly key: string;
}

/**
 * The formats of all data of a tree of projects, held against those that were remembered.
 */
export class DataFormats {
  private readonly stores: Store[];

  /** @param rendered the stacks; the memories of their projects have been loaded */
  constructor(rendered: readonly Rendered[]) {
    this.stores = rendered.flatMap(({ stack }) => Service.servicesOf(stack).flatMap((service): Store[] => {
      const format = service.dataFormat?.();
      if (!format || !service.modes.some((mode) => dataMount(service, format, mode))) return [];
      return [{ stack, service, format, key: [stack.directory || '.', service.serviceName].join('/') }];
    }));
  }

  /** Data that the definition could not read any more. It cannot be accepted: the data would seem to be lost. */
  public errors(stack: Stack): Finding[] {
    return this.stores.filter((store) => store.stack === stack).flatMap((store): Finding[] => {
      const { service, format } = store;
      const from = this.remembered(store);
      if (from === undefined || [format.formatVersion, format.migratedFrom, ...format.readsVersions ?? []].includes(from)) return [];
      const otherwise = format.migratedFrom === undefined ? '' : ` The definition says migratedFrom: '${format.migratedFrom}', which is another one.`;
      return [{
        rule: DATA_FORMAT,
        path: pathOf(service),
        location: service.sourceLocation,
        message: `The data of ${service.serviceName} is of ${format.product} ${from}, which ${format.product} ${format.formatVersion} cannot read.${otherwise}`,
        fix: stack._carryOver({ service, format, from }),
      }];
    });
  }

  /** Remembers what is written now. What is not defined any more is kept: so is its data. */
  public commit(): void {
    for (const { stack, format, key } of this.stores) {
      const memory = StackMemory.of(stack.project);
      memory.setSection(SECTION, { ...memory.section(SECTION), [key]: { product: format.product, version: format.formatVersion } });
    }
  }

  private remembered({ stack, format, key }: Store): string | undefined {
    const entry = StackMemory.of(stack.project).section(SECTION)[key] as { product?: unknown; version?: unknown } | undefined;
    return entry?.product === format.product && typeof entry.version === 'string' ? entry.version : undefined;
  }
}
