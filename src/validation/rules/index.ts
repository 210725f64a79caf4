import { ServiceNameRule } from './ps001-service-name';
import { ServiceNameUniqueRule } from './ps002-service-name-unique';
import { EnvironmentKeyRule } from './ps003-environment-key';
import { VariableNameRule } from './ps004-variable-name';
import { VariableDefinitionRule } from './ps005-variable-definition';
import { TextRule } from './ps006-text';
import { LiteralSecretRule } from './ps007-literal-secret';
import { PortNumberRule } from './ps008-port-number';
import { PortNameRule } from './ps009-port-name';
import { HostPortRule } from './ps010-host-port';
import { DurationRule } from './ps011-duration';
import { SizeRule } from './ps012-size';
import { ImageRule } from './ps013-image';
import { ImageTagRule } from './ps014-image-tag';
import { DependencyTargetRule } from './ps015-dependency-target';
import { DependencyCycleRule } from './ps016-dependency-cycle';
import { DependencyConditionRule } from './ps017-dependency-condition';
import { OneShotAwaitedRule } from './ps018-one-shot-awaited';
import { VolumeNameRule } from './ps019-volume-name';
import { MountPathRule } from './ps020-mount-path';
import { ContainerNameRule } from './ps021-container-name';
import { ProductionCareRule } from './ps022-production-care';
import { NetworkRule } from './ps023-network';
import { ProfileRule } from './ps024-profile';
import { HealthCheckRule } from './ps025-health-check';
import { ReplicasRule } from './ps026-replicas';
import { RunOptionsRule } from './ps027-run-options';
import { ModesRule } from './ps028-modes';
import { StackNameRule } from './ps029-stack-name';
import { MapKeyRule } from './ps030-map-key';
import { DevelopmentImageTagRule } from './ps033-image-tag-development';
import { ListRule } from './ps034-list';
import { BuildPathRule } from './ps035-build-path';
import { StackDirectoryRule } from './ps036-stack-directory';
import { SmokeCheckPortRule } from './ps082-smoke-check-port';
import { SmokeCheckExpressionRule } from './ps083-smoke-check-expression';
import { SmokeCheckTargetRule } from './ps084-smoke-check-target';
import { Rule } from '../rule';

/** The rules that hold in every stack, in the order in which they are asked. */
export const RULES: readonly Rule[] = [
  new ServiceNameRule(),
  new ServiceNameUniqueRule(),
  new EnvironmentKeyRule(),
  new VariableNameRule(),
  new VariableDefinitionRule(),
  new TextRule(),
  new LiteralSecretRule(),
  new PortNumberRule(),
  new PortNameRule(),
  new HostPortRule(),
  new DurationRule(),
  new SizeRule(),
  new ImageRule(),
  new ImageTagRule(),
  new DependencyTargetRule(),
  new DependencyCycleRule(),
  new DependencyConditionRule(),
  new OneShotAwaitedRule(),
  new VolumeNameRule(),
  new MountPathRule(),
  new ContainerNameRule(),
  new ProductionCareRule(),
  new NetworkRule(),
  new ProfileRule(),
  new HealthCheckRule(),
  new ReplicasRule(),
  new RunOptionsRule(),
  new ModesRule(),
  new StackNameRule(),
  new MapKeyRule(),
  new DevelopmentImageTagRule(),
  new ListRule(),
  new BuildPathRule(),
  new StackDirectoryRule(),
  new SmokeCheckPortRule(),
  new SmokeCheckExpressionRule(),
  new SmokeCheckTargetRule(),
];
