import { Construct, IConstruct } from 'constructs';
import { connectService } from './connect';
import { CONNECTION_FORM, ConnectOptions, IConnectable } from './connection';
import { DatabaseServer } from './database-server';
import { DependencyCondition } from './dependency';
import { StackElement } from './element';
import { Endpoint, endpointOf } from './endpoint';
import { Finding } from './finding';
import { understood, UNKNOWN_PROPERTY } from './given';
import { HealthCheckKind } from './health-check';
import { hostPortVariable, isPublished } from './host-port';
import { mergeProps } from './merge';
import { Mode, MODES } from './mode';
import { Mount } from './mount';
import { PortSpec } from './port';
import { misspelt, refusesOtherProperties } from './property-names';
import { ServiceProps } from './service-props';
import { ServiceRole } from './service-role';
import { ServiceSettings } from './settings';
import { SettingsLayers } from './settings-layers';
import { ServiceTask } from './task';
import { Value } from './value';
import { valuesOf, variablesOf } from './values-of';
import { Variable } from './variable';

const SERVICE = Symbol.for('projen-stack.Service');

/**
 * One container and how it is run, in a form that knows no file format: each target renders it in its own way.
 *
 * A service is used as it is, or subclassed: give what the image needs to `super` with `Service.merge`, so that whoever uses the
 * subclass can still say otherwise.
 */
export class Service extends StackElement {
  /**
   * The properties of a subclass under those of its user, by the one merge rule: scalars replace, maps merge by key, ports
   * merge by name, mounts by target, dependencies by service, other lists replace. What the user says for both modes covers what
   * the subclass says for one.
   *
   * @param defaults what the subclass says
   * @param props what its user says, and what wins
   */
  public static merge(defaults: ServiceProps, props: ServiceProps): ServiceProps {
    return mergeProps(defaults, props);
  }

  /**
   * All services below a construct, in the order in which they were made.
   *
   * @param scope a stack, or any construct in one
   */
  public static servicesOf(scope: IConstruct): Service[] {
    return scope.node.findAll().filter((construct): construct is Service => SERVICE in construct);
  }

  /** The name by which others reach it. */
  public readonly serviceName: string;

  /** What the service is, in a few words. */
  public readonly description?: string;

  /** The modes in which the service exists. */
  public readonly modes: Mode[];

  /** What part it plays in the stack; undefined when nothing was said. */
  public readonly role?: ServiceRole;

  /** Whether it does its work once and ends with 0. */
  public readonly oneShot: boolean;

  /** Whether a second one at the same time would do harm. */
  public readonly singleton: boolean;

  private readonly layers: SettingsLayers;
  private readonly shortcuts: ServiceTask[] = [];
  private readonly refusals: Finding[] = [];
  /** The settings of the operator that are named by merged ones: asked for as often as those. */
  private readonly named = new WeakMap<ServiceSettings, Variable[]>();

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name unless the properties say otherwise
   * @param props how the container is run
   * @throws when no stack stands above it
   */
  constructor(scope: Construct, id: string, props: ServiceProps = {}) {
    super(scope, id);
    Object.defineProperty(this, SERVICE, { value: true });
    props = understood('ServiceProps', props, this, true);
    const { serviceName, description, role, modes, oneShot, singleton, development, production, ...settings } = props;
    this.serviceName = serviceName ?? id;
    this.description = description;
    this.role = role;
    this.modes = modes ?? [...MODES];
    this.oneShot = oneShot ?? false;
    this.singleton = singleton ?? false;
    this.layers = new SettingsLayers(this.oneShot);
    const refused = misspelt(this.constructor, settings, development, production);
    this.refusals.push(...refused.map(({ message, fix }) => this.finding(UNKNOWN_PROPERTY, message, fix)));
    this.layers.add(settings);
    this.layers.add(development ?? {}, Mode.DEVELOPMENT);
    this.layers.add(production ?? {}, Mode.PRODUCTION);
  }

  /**
   * Says more about how the container is run. What is said later wins, over the properties too, in any order of calls before
   * synthesis; what is said for one mode wins over what is said for both.
   *
   * @param settings what to add or replace, by the one merge rule
   * @param mode the mode that it is about; both when undefined
   */
  public addSettings(settings: ServiceSettings, mode?: Mode): void {
    this.layers.add(understood('ServiceSettings', settings, this), mode);
  }

  /**
   * Sets a key of the environment.
   *
   * @param key the name of the key
   * @param value what it holds
   * @param mode the mode that it is about; both when undefined
   */
  public addEnvironment(key: string, value: Value, mode?: Mode): void {
    this.addSettings({ environment: { [key]: value } }, mode);
  }

  /**
   * Adds a port, or says more about one of the same name.
   *
   * @param port the port
   */
  public addPort(port: PortSpec): void {
    this.addSettings({ ports: [port] });
  }

  /**
   * Adds a mount, or replaces the one of the same target.
   *
   * @param mount the mount
   * @param mode the mode that it is about; both when undefined
   */
  public addMount(mount: Mount, mode?: Mode): void {
    this.addSettings({ mounts: [mount] }, mode);
  }

  /**
   * Says something in a target's own words; what is said later wins.
   *
   * @param overrides keyed by the target's name (`compose`), merged into what was said before
   * @param mode the mode that it is about; both when undefined
   */
  public addOverrides(overrides: { [target: string]: any }, mode?: Mode): void {
    this.addSettings({ overrides }, mode);
  }

  /**
   * Makes this service wait for another one.
   *
   * @param service the other one
   * @param condition what is waited for; by default completed for one that runs once, healthy when it has a health check, else started
   */
  public addDependency(service: Service, condition?: DependencyCondition): void {
    this.addSettings({ dependsOn: [{ service, condition }] });
  }

  /**
   * Adds a shortcut that runs a program inside the running container.
   *
   * @param task the shortcut
   */
  public addTask(task: ServiceTask): void {
    this.shortcuts.push(understood('ServiceTask', task, this));
  }

  /**
   * Gives this service what it must know to reach something, and makes it wait until that is healthy.
   *
   * @param target a database, a cache, a broker
   * @param options in parts or as a URL, and how the keys are called
   */
  public connect(target: IConnectable, options: ConnectOptions = {}): void {
    const refusal = connectService(this, target, understood('ConnectOptions', options, this));
    if (refusal) this.refusals.push(this.finding(CONNECTION_FORM, 'A connection cannot be given in this form.', refusal));
  }

  /**
   * The services whose addresses this one is given in a mode: those that its values name.
   *
   * @param mode the mode
   */
  public addressed(mode: Mode): Service[] {
    const values = [...this.valuesIn(mode), ...this.variablesIn(mode).flatMap((variable) => variable.defaultValue ?? [])];
    return [...new Set(values.flatMap((value) => value.hosts))];
  }

  /**
   * A port of this service as others reach it.
   *
   * @param portName the name of the port
   * @throws when there is no port of that name
   */
  public endpoint(portName: string): Endpoint {
    return endpointOf(this, portName);
  }

  /**
   * The operator's setting that moves a port on the host.
   *
   * @param port a port of this service
   */
  public hostPortVariable(port: PortSpec): Variable {
    const first = this.settings(Mode.DEVELOPMENT).ports?.[0]?.name ?? port.name;
    return hostPortVariable(this.serviceName, port, port.name === first, this.settingsTitle());
  }

  /**
   * The heading of the settings that it declares: its description, or else its name.
   */
  public settingsTitle(): string {
    return this.description ?? this.serviceName;
  }

  /**
   * Everything that was said about how the container is run in a mode, merged.
   *
   * @param mode the mode
   */
  public settings(mode: Mode): ServiceSettings {
    return this.layers.of(mode);
  }

  /**
   * The operator's settings: those declared here, and those that the environment, the arguments and the ports name.
   */
  public variables(): Variable[] {
    return [...new Set([...this.declaredVariables(), ...this.modes.flatMap((mode) => this.variablesIn(mode))])];
  }

  /**
   * The operator's settings that have an effect in a mode, each after those that its default names.
   *
   * @param mode the mode
   */
  public variablesIn(mode: Mode): Variable[] {
    if (!this.modes.includes(mode)) return [];
    const settings = this.settings(mode);
    if (this.named.has(settings)) return [...this.named.get(settings)!];
    const ports = (settings.ports ?? []).filter((port) => isPublished(port, mode)).map((port) => this.hostPortVariable(port));
    const variables = [...new Set([...variablesOf(this.valuesIn(mode)), ...ports])];
    this.named.set(settings, variables);
    return [...variables];
  }

  /**
   * Everything in a mode that may name settings of the operator: the environment, the arguments, those of the image's build.
   *
   * @param mode the mode
   */
  public valuesIn(mode: Mode): Value[] {
    return valuesOf(this.settings(mode));
  }

  /**
   * The shortcuts of this service, in the order in which they were added.
   */
  public tasks(): ServiceTask[] {
    return [...this.shortcuts];
  }

  /**
   * What waits for this service by default: completed when it runs once, healthy when it has a health check, else started.
   *
   * @param mode the mode
   */
  public readiness(mode: Mode): DependencyCondition {
    const check = this.settings(mode).healthCheck;
    if (this.oneShot) return DependencyCondition.COMPLETED;
    return check && check.kind !== HealthCheckKind.NONE ? DependencyCondition.HEALTHY : DependencyCondition.STARTED;
  }

  /**
   * What it is as a database server, for those who run such a server in a way of their own. A subclass that is one gives it.
   *
   * @param _mode the mode
   * @returns undefined when it is none
   */
  public databaseServer(_mode: Mode): DatabaseServer | undefined {
    return undefined;
  }

  /**
   * What this service finds wrong with itself. Subclasses add what only they know to what `super.findings()` gives.
   */
  public findings(): Finding[] {
    return [...super.findings(), ...this.refusals];
  }
}

refusesOtherProperties(Service, 'ServiceProps');
