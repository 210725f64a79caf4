import { Instruction } from './steps';

/**
 * Installs packages of Debian or Ubuntu. What apt downloads stays in the engine's cache and never in a layer: the lists and the
 * archives, and the index of both, which is larger than most packages.
 *
 * @see https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages
 */
export function packagesInstruction(packages: readonly string[]): Instruction {
  return {
    note: [
      '# Versions are those of the base image\'s distribution, whose archive keeps the latest only.',
      '# hadolint ignore=DL3008',
    ],
    lines: [
      'RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \\',
      '    --mount=type=cache,target=/var/lib/apt/lists,sharing=locked \\',
      '    rm -f /etc/apt/apt.conf.d/docker-clean \\',
      '    && apt-get update \\',
      '    && apt-get install --yes --no-install-recommends \\',
      ...packages.map((name, index) => `        ${name}${index < packages.length - 1 ? ' \\' : ''}`),
    ],
  };
}
