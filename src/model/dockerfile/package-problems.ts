import type { Dockerfile } from './dockerfile';
import { Problem, shown } from './problem';
import { BUILD_PACKAGE } from './rules';
import { Stage } from './stage';

/** A name of Debian, with an architecture and a version if need be. */
const PACKAGE = /^[a-z0-9][a-z0-9+.-]+(?::[a-z0-9-]+)?(?:=[A-Za-z0-9.+:~-]+)?$/;

/** What is wrong with the packages. */
export function packageProblems({ stages }: Dockerfile): Problem[] {
  return stages.flatMap((stage) => {
    const { packages } = stage._content();
    const image = packages.length > 0 ? imageOf(stage, stages) : '';
    const without = withoutApt(image);
    return [
      ...packages.filter((name) => !PACKAGE.test(name)).map((name): Problem => ({
        rule: BUILD_PACKAGE,
        message: `${shown(name)} of the stage ${shown(stage.stageName)} is no name of a package.`,
        fix: name.trim().includes(' ') ? `Write one word each: addPackages(${name.trim().split(/\s+/).map((each) => `'${each}'`).join(', ')}).` : "Write names such as: addPackages('libpq5', 'gcc').",
      })),
      ...(without ? [{
        rule: BUILD_PACKAGE,
        message: `The stage ${shown(stage.stageName)} installs packages, and its image ${shown(image)} ${without}.`,
        fix: "Write a base such as 'python:3.13-slim', or the other installer: run('apk add --no-cache libpq').",
      }] : []),
    ];
  });
}

/** The image that a stage is made from at last. */
function imageOf(stage: Stage, stages: readonly Stage[], above: readonly Stage[] = []): string {
  const base = stages.find(({ stageName }) => stageName === stage.base);
  return base && !above.includes(base) ? imageOf(base, stages, [...above, stage]) : stage.base ?? '';
}

function withoutApt(image: string): string | undefined {
  if (image === 'scratch') return 'is empty';
  if (/(?:^|\/)alpine(?:[:@]|$)|:[^/]*alpine/.test(image)) return 'is Alpine, which has no apt';
  return /distroless|(?:^|\/)busybox[:@]/.test(image) ? 'has no apt' : undefined;
}
