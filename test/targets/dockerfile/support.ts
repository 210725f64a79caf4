import { Dockerfile, DockerfileProps, Service, Stack } from '../../../src';
import { newStack, render } from '../../support/stack';

type Files = { [file: string]: string };

/** The text of a Dockerfile that a service builds, without the header of the writer. */
export function textOf(define: (dockerfile: Dockerfile) => void, props: Partial<DockerfileProps> = {}): string {
  return filesOf(define, props)[props.file ?? 'Dockerfile'];
}

/** All files of a stack with one Dockerfile. */
export function filesOf(define: (dockerfile: Dockerfile) => void, props: Partial<DockerfileProps> = {}, stack: Stack = newStack()): Files {
  const dockerfile = new Dockerfile(stack, 'Dockerfile', { file: 'Dockerfile', ...props });
  define(dockerfile);
  new Service(stack, 'backend', { imageBuild: dockerfile.imageBuild() });
  return render(stack);
}
