import * as path from 'path';
import { IConstruct } from 'constructs';
import { Component } from 'projen';
import { collectVariables } from './model/collect-variables';
import { StackElement } from './model/element';
import { Finding, Severity } from './model/finding';
import { complaintsOf, understood, WRONG_KIND } from './model/given';
import { markAsStack, requireStack } from './model/group';
import { callerLocation } from './model/location';
import { mergeMaps } from './model/merge';
import { Mode, MODES } from './model/mode';
import { stackNameFor } from './model/names';
import { NetworkSpec } from './model/network';
import { markOrigin } from './model/origin';
import { pathOf } from './model/path';
import { Service } from './model/service';
import { StackModel } from './model/stack-model';
import { Target } from './model/target';
import { taskCommandOf } from './model/task-command';
import { definitionRunOf } from './project/definition-run';
import { rememberedSamples } from './samples';
import { AcceptOptions, StackOutcome, StackProps } from './stack-props';
import { Synthesizer } from './synthesizer';
import { CarryOver } from './targets/compose/carry-over';
import { ComposeTarget } from './targets/compose/compose-target';
import { DockerfileTarget } from './targets/dockerfile/dockerfile-target';
import { EnvTarget } from './targets/env/env-target';
import { ReadmeTarget } from './targets/readme/readme-target';
import { ScriptsTarget } from './targets/scripts/scripts-target';
import { TextTarget } from './targets/text/text-target';
import { WorkflowTarget } from './targets/workflow/workflow-target';
import { askTarget, extensionFindings, isAboutExtension } from './validation/extensions';
import { Rule } from './validation/rule';
import { Acceptance, applyAcceptances, validate } from './validation/validate';

/**
 * A group of services that run together, in any projen project.
 *
 * Services are constructs below it. At synthesis the stack collects them, holds all rules against them, and only when none is
 * broken writes its files.
 */
export class Stack extends Component {
  /**
   * The stack that a construct stands in.
   *
   * @param construct a service, or any construct below a stack
   * @throws when no stack stands above it
   */
  public static of(construct: IConstruct): Stack {
    return requireStack(construct, construct.node.id, construct.constructor.name) as Stack;
  }

  /** The name of the stack: Compose's project name. */
  public readonly stackName: string;

  /** The folder of the generated files, relative to the project; empty when it is the project's own. */
  public readonly directory: string;

  /** The file and line that made this stack, when known. */
  public readonly sourceLocation?: string;

  private readonly props: StackProps;
  private readonly compose: ComposeTarget;
  private readonly targetList: Target[];
  private readonly ruleList: Rule[] = [];
  private readonly networkList: NetworkSpec[];
  private readonly acceptances: Acceptance[] = [];
  private readonly overrideLayers: { readonly mode?: Mode; readonly overrides: { [target: string]: any } }[] = [];

  /**
   * @param scope the project
   * @param id the id; it begins the names of the stack's tasks (`stack:up`)
   * @param props name, folder, networks
   */
  constructor(scope: IConstruct, id: string = 'stack', props: StackProps = {}) {
    super(scope, id);
    markAsStack(this, () => path.join(this.project.outdir, this.directory), (directory) => (
      rememberedSamples(this.project, path.posix.join(this.directory, directory))
    ));
    markOrigin(this);
    props = understood('StackProps', props, this, new.target !== Stack);
    this.props = props;
    this.sourceLocation = callerLocation();
    this.stackName = props.stackName ?? stackNameFor(this.project.name, id);
    this.directory = (props.directory ?? '').replace(/^\.(\/|$)/, '').replace(/\/+$/, '');
    this.networkList = [...(props.networks ?? [])];
    this.compose = new ComposeTarget({ file: props.composeFile, productionFile: props.productionComposeFile });
    this.targetList = [
      this.compose,
      new DockerfileTarget(),
      new TextTarget(),
      new EnvTarget(),
      new ScriptsTarget({ file: props.composeFile, productionFile: props.productionComposeFile }),
      new ReadmeTarget({ ...props.readme, composeFile: props.composeFile, productionComposeFile: props.productionComposeFile }),
      ...(props.workflow ? [new WorkflowTarget({ composeFile: props.composeFile, definition: definitionRunOf(this.project) })] : []),
      ...(props.targets ?? []),
    ];
    if (props.overrides) this.overrideLayers.push({ overrides: props.overrides });
    Synthesizer.of(this.project.root);
  }

  /**
   * Declares a network; services that name none of their own join it.
   *
   * @param network the network
   */
  public addNetwork(network: NetworkSpec): void {
    this.networkList.push(understood('NetworkSpec', network, this));
  }

  /**
   * Lets a further target render this stack.
   *
   * @param target the target
   */
  public addTarget(target: Target): void {
    this.targetList.push(target);
  }

  /**
   * Lets a further rule judge this stack.
   *
   * @param rule the rule
   */
  public addRule(rule: Rule): void {
    this.ruleList.push(rule);
  }

  /**
   * Says something about the whole stack in a target's own words; what is said later wins.
   *
   * @param overrides keyed by the target's name
   * @param mode the mode that it is about; both when undefined
   */
  public addOverrides(overrides: { [target: string]: any }, mode?: Mode): void {
    this.overrideLayers.push({ mode, overrides });
  }

  /**
   * Takes a finding as it is: it is neither printed nor does it stop the synthesis.
   *
   * @param ruleId the rule, such as `PS022`
   * @param options where, and why
   */
  public accept(ruleId: string, options: AcceptOptions): void {
    const given = understood('AcceptOptions', options, this);
    this.acceptances.push({ ...given, because: given.because ?? '', ruleId });
  }

  /**
   * Everything that was defined so far, as rules and targets see it.
   */
  public model(): StackModel {
    const elements = StackElement.elementsOf(this);
    return {
      stackName: this.stackName,
      path: pathOf(this),
      location: this.sourceLocation,
      directory: this.directory,
      taskPrefix: this.node.id,
      taskCommand: taskCommandOf(this),
      ejected: this.project.ejected,
      services: Service.servicesOf(this),
      elements,
      networks: [...this.networkList],
      variables: collectVariables(elements),
      envTemplates: [...(this.props.envTemplates ?? [])],
      targetNames: this.targetList.map((target) => target.targetName),
      overrides: Object.fromEntries(MODES.map((mode) => [mode, this.overridesFor(mode)])),
    };
  }

  /**
   * Everything that is wrong with this stack and was not accepted, without writing anything: for whoever tests a definition.
   */
  public findings(): Finding[] {
    return this.evaluate().findings;
  }

  /**
   * Holds all rules against the definition, renders it if none is broken, and judges what came out. Writes nothing.
   */
  public evaluate(): StackOutcome {
    const { findings, outputs } = this._render();
    return { findings: this._unaccepted(findings), outputs };
  }

  /**
   * What the definition comes to, with all findings, accepted or not.
   *
   * @internal
   */
  public _render(): StackOutcome {
    const misread = this.misread();
    if (misread.some(({ rule }) => rule === WRONG_KIND)) return { findings: misread, outputs: [] };
    const unsound = extensionFindings(this, { rules: this.ruleList, targets: this.targetList });
    if (unsound.length > 0) return { findings: unsound, outputs: [] };
    const model = this.model();
    const broken = [...misread, ...validate(model, this.ruleList)];
    const sound = this._unaccepted(broken).every((finding) => finding.rule.severity !== Severity.ERROR);
    const first = sound ? this.targetList.map((target) => askTarget(target, model)) : [];
    const outputs = sound ? [...first, ...this.targetList.map((target) => askTarget(target, model, first))] : [];
    return { findings: [...broken, ...outputs.flatMap((output) => output.findings ?? [])], outputs };
  }

  /**
   * Those of some findings that were not accepted, and what is wrong with the acceptances.
   *
   * @internal
   */
  public _unaccepted(findings: Finding[]): Finding[] {
    return findings.some(isFinal) ? findings : applyAcceptances(this.model(), findings, this.acceptances).open;
  }

  /**
   * How the data of a service is carried over to the format that the definition comes to.
   *
   * @internal
   */
  public _carryOver(moved: CarryOver): string {
    return this.compose._carryOver(this.model(), moved);
  }

  /** What was said to this stack, and to anything in it, and is not understood. */
  private misread(): Finding[] {
    const seen = new Set<object>();
    return [this, ...StackElement.elementsOf(this)].flatMap((each) => (
      complaintsOf(each, seen).map((complaint) => ({ ...complaint, path: pathOf(each) }))
    ));
  }

  private overridesFor(mode: Mode): { [target: string]: any } {
    return this.overrideLayers.filter((layer) => layer.mode === undefined || layer.mode === mode)
      .reduce((merged, layer) => mergeMaps(merged, layer.overrides), {});
  }
}

/** Whether a finding says that nothing else could be asked. It cannot be accepted. */
function isFinal(finding: Finding): boolean {
  return finding.rule === WRONG_KIND || isAboutExtension(finding);
}
