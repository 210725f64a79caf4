import { ServiceSettings } from './settings';
import { Value } from './value';
import { Variable } from './variable';

/** Everything in some settings that may name settings of the operator: the environment, the arguments, those of the image's build. */
export function valuesOf({ environment, command, entrypoint, imageBuild, rootless }: ServiceSettings): Value[] {
  return [
    ...Object.values(environment ?? {}), ...Object.values(rootless?.environment ?? {}), ...(command ?? []), ...(entrypoint ?? []),
    ...Object.values(imageBuild?.args ?? {}),
  ];
}

/** The operator's settings that some values name, each after those that its default names. */
export function variablesOf(values: readonly Value[]): Variable[] {
  return values.flatMap((value) => value.variables).flatMap((variable) => variable.withReferences);
}
