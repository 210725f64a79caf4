import { posix } from 'path';
import type { Dockerfile, DockerfileProps } from './dockerfile';
import { Problem, shown } from './problem';
import { DOCKERFILE_PLACE } from './rules';

/** What is wrong with where a Dockerfile lies. */
export function placeProblems(dockerfile: Dockerfile, given: DockerfileProps, others: readonly Dockerfile[]): Problem[] {
  const problem = (message: string, fix: string): Problem => ({ rule: DOCKERFILE_PLACE, message, fix });
  const { file, context } = dockerfile;
  if (isOutside(given.file) || /(?:^|\/)\.?\/?$/.test(given.file)) {
    return [problem(`The file ${shown(given.file)} is no file below the folder of the stack, written with "/".`, "Write a path such as: file: 'backend/Dockerfile'.")];
  }
  if (given.context !== undefined && isOutside(given.context)) {
    return [problem(`The context ${shown(given.context)} is no folder below that of the stack, written with "/".`, "Write a path such as: context: 'backend'; '.' is the stack's own.")];
  }
  if (context !== '.' && !file.startsWith(`${context}/`)) {
    const inside = posix.join(context, posix.basename(file));
    return [problem(`The file ${shown(file)} lies outside of its context ${shown(context)}.`, `Write file: '${inside}', or a context that has both in it, such as '${common(file, context)}'.`)];
  }
  const twin = others.find((other) => other !== dockerfile && other.file === file);
  return twin ? [problem(`The file ${shown(file)} is described twice, by ${twin.node.path.split('/').slice(-2).join('/')} too.`, 'Write another file for one of them, or add the stages of one to the other.')] : [];
}

function isOutside(path: string): boolean {
  return path.trim() === '' || /[\\$\n\r\0]|^[A-Za-z]:|^\s|\s$/.test(path) || posix.isAbsolute(path) || posix.normalize(path).split('/').includes('..');
}

/** The nearest folder that has both in it. */
function common(file: string, context: string): string {
  const parts = file.split('/');
  const others = context.split('/');
  const differs = parts.findIndex((part, index) => part !== others[index]);
  return parts.slice(0, differs).join('/') || '.';
}
