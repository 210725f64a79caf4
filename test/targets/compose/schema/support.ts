import { checkReferences } from '../../../../src/targets/compose/schema/check-references';
import { checkShape } from '../../../../src/targets/compose/schema/check-shape';

/** A document of one service. */
export const web = (service: object, rest: object = {}) => ({ services: { web: { image: 'busybox', ...service } }, ...rest });

/** A document of services that have an image. */
export const services = (entries: { [name: string]: object }, rest: object = {}) => ({
  services: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { image: 'busybox', ...entry }])), ...rest,
});

/** Each problem as `severity path | message | fix`. */
export const told = (document: unknown) => checkReferences(document).map(({ severity, path, message, fix }) => `${severity} ${path.join('.')} | ${message} | ${fix}`);

export interface Case {
  readonly what: string;
  readonly bad: unknown;
  readonly says: string[];
  readonly good: unknown[];
}

/** A failing and a passing document for each; all of them have the right shape, so it is this check that speaks. */
export function describeCases(cases: Case[]): void {
  describe.each(cases)('$what', ({ bad, says, good }) => {
    test('is told', () => {
      expect(checkShape(bad)).toEqual([]);
      expect(told(bad)).toEqual(says);
    });

    test.each(good.map((document) => [JSON.stringify(document), document]))('%s passes', (_, document) => {
      expect(checkShape(document)).toEqual([]);
      expect(told(document)).toEqual([]);
    });
  });
}
