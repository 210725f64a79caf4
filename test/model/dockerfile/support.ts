import { Dockerfile, DockerfileProps, Service, Stack, StageOptions } from '../../../src';
import { textOf } from '../../support/model';
import { newStack } from '../../support/stack';

/** A Dockerfile that a service builds, with one stage that has nothing wrong in it. */
export function builder(props: Partial<DockerfileProps> = {}, stack: Stack = newStack()): Dockerfile {
  const dockerfile = new Dockerfile(stack, 'Dockerfile', { file: 'backend/Dockerfile', ...props });
  new Service(stack, 'backend', { imageBuild: dockerfile.imageBuild() });
  return dockerfile;
}

/** The same with a stage. */
export function builderOf(options: Partial<StageOptions> = {}): Dockerfile {
  const dockerfile = builder();
  dockerfile.addStage('production', { base: 'python:3.13-slim', ...options });
  return dockerfile;
}

/** What a Dockerfile finds wrong with itself, as people read it. */
export function said(dockerfile: Dockerfile): string[] {
  return dockerfile.findings().map((finding) => textOf(finding).replace('shop/stack/', ''));
}
