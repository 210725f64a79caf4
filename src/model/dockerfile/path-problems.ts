import { posix } from 'path';
import { isFromContext, pathsReadBy, tidyPath } from './context-paths';
import type { Dockerfile } from './dockerfile';
import { Problem, shown } from './problem';
import { CONTEXT_PATH } from './rules';
import { Stage } from './stage';

/** What is wrong with what a build reads. */
export function pathProblems(dockerfile: Dockerfile): Problem[] {
  const { stages } = dockerfile;
  return [
    ...stages.flatMap((stage) => pathsReadBy(stage).flatMap((path) => pathProblem(path, `that the stage ${shown(stage.stageName)} reads`))),
    ...dockerfile._allowed().flatMap((path) => (tidyPath(path) === '.' && path !== '' ? [everything(path)] : pathProblem(path, 'that is allowed'))),
    ...dockerfile.ignoredPatterns.filter((pattern) => !isPattern(pattern)).map((pattern): Problem => ({
      rule: CONTEXT_PATH,
      message: `${shown(pattern)} is no pattern of what is ignored.`,
      fix: pattern.startsWith('!') ? `Write: allow('${pattern.slice(1)}').` : "Write a pattern such as: ignore('**/__pycache__').",
    })),
    ...stages.flatMap((stage) => [...copyProblems(stage), ...exclusionProblems(stage, dockerfile)]),
    ...stages.filter((stage) => dockerfile.allowedPaths.length === 0 && pathsReadBy(stage).some((path) => path !== '' && tidyPath(path) === '.')).map((stage): Problem => ({
      rule: CONTEXT_PATH,
      message: `The stage ${shown(stage.stageName)} copies everything that is allowed, and nothing is.`,
      fix: "Write what it needs: dockerfile.allow('src', 'pyproject.toml').",
    })),
  ];
}

/** Why a path cannot be one of the context, and could not stand in an ignore file. */
function pathProblem(path: string, where: string): Problem[] {
  const fix = "Write a path in the context, such as 'app' or 'docker/entrypoint.sh'.";
  const because = (why: string, what = fix): Problem[] => [{ rule: CONTEXT_PATH, message: `The path ${shown(path)} ${where} ${why}.`, fix: what }];
  if (typeof path !== 'string' || path.trim() === '') return because('is empty', `${fix.slice(0, -1)}; '.' is everything that is allowed.`);
  if (/^[a-z]+:\/\/|^git@/.test(path)) return because('is a URL', `Write: instruction('ADD --checksum=sha256:… ${path} /target').`);
  if (posix.isAbsolute(path) || /^[A-Za-z]:/.test(path)) return because('is absolute');
  if (posix.normalize(path).split('/').includes('..')) return because('leaves the context', 'Write a context that has it in it, and the path from there.');
  if (path.includes('$')) return because('names an argument, whose value the ignore file cannot know');
  return /[\\,"\n\r\0]|^[\s!#]|\s$|^<</.test(path) ? because('has characters that the builder reads in another way') : [];
}

function everything(path: string): Problem {
  return { rule: CONTEXT_PATH, message: `The path ${shown(path)} that is allowed is the whole context, .git and .env included.`, fix: "Write what the build needs: allow('src', 'pyproject.toml')." };
}

function isPattern(pattern: string): boolean {
  return pattern.trim() === pattern && pattern !== '' && !/^[!#]|[\n\r\0]/.test(pattern);
}

const problem = (message: string, fix: string): Problem => ({ rule: CONTEXT_PATH, message, fix });

function copyProblems(stage: Stage): Problem[] {
  return stage._content().steps.flatMap((step): Problem[] => {
    if (step.kind !== 'copy') return [];
    const outside = isFromContext(step.options) ? [] : step.sources.filter((source) => source.trim() === '' || /[\n\r\0]/.test(source));
    return [
      ...(step.sources.length === 0 ? [problem(`A copy of the stage ${shown(stage.stageName)} to ${shown(step.target)} has no sources.`, "Write: copy(['app'], 'app').")] : []),
      ...(!step.target || /[\n\r\0]/.test(step.target) ? [problem(`A copy of the stage ${shown(stage.stageName)} goes to ${shown(step.target)}.`, "Write where to: copy(['app'], 'app'); '.' is the working directory.")] : []),
      ...outside.map((source) => problem(`The path ${shown(source)} that the stage ${shown(stage.stageName)} copies is none.`, "Write a path such as: copy(['/opt/venv'], '/opt/venv', { fromStage: 'dependencies' }).")),
    ];
  });
}

/** Only `.` is taken apart, into what is allowed. */
function exclusionProblems(stage: Stage, dockerfile: Dockerfile): Problem[] {
  const allowed = dockerfile._allowed().map(tidyPath);
  return stage._content().steps.flatMap((step): Problem[] => {
    if (step.kind !== 'copy' || !step.options.exclude) return [];
    if (!isFromContext(step.options) || step.sources.length !== 1 || tidyPath(step.sources[0]) !== '.') {
      const said = step.sources.map((source) => shown(source)).join(', ');
      return [problem(`The stage ${shown(stage.stageName)} leaves something out of a copy of ${said}.`, "Write: copy(['.'], '.', { exclude: ['src'] }), or name what is copied.")];
    }
    return step.options.exclude.filter((path) => !allowed.includes(tidyPath(path))).map((path) => problem(
      `The stage ${shown(stage.stageName)} leaves ${shown(path)} out of a copy, and that is not allowed anyway.`,
      allowed.length > 0 ? `Write what allow() was given: ${allowed.map((each) => `'${each}'`).join(', ')}.` : 'Remove it.',
    ));
  });
}
