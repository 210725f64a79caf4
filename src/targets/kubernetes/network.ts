import { clusterTraffic, primarySelector } from './cloud-native-pg';
import { Manifest } from './manifest';
import { ends, Environment, isElsewhere, MODE, Plan, Workload, WorkloadKind } from './plan';
import { labelsOf, selectorOf } from './pod';
import { compact, Entry, list } from './quantities';
import { piecesOf, textIn } from './values';
import { IConnectable } from '../../model/connection';
import { isPublished } from '../../model/host-port';
import { PortProtocol, PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { applyOverrides } from '../overrides';

/** Every address: which are outside of the cluster, a manifest cannot know unless it is told which are inside. */
const ANYWHERE = '0.0.0.0/0';

/** Where nodes ask for what is theirs alone, credentials among it. */
const LINK_LOCAL = '169.254.0.0/16';

/** Where requests come from, unless it is said. */
export const INGRESS_NAMESPACE = 'ingress-nginx';

function protocol({ protocol: given }: PortSpec): string {
  return given === PortProtocol.UDP ? 'UDP' : 'TCP';
}

/** The ports that others reach: a port that is said to be for development is for nobody here. */
export function servedPorts(service: Service): PortSpec[] {
  return (service.settings(MODE).ports ?? []).filter((port) => port.publish === undefined || port.publish.length === 0 || isPublished(port, MODE));
}

/** The same as policies name them. */
function policyPorts(service: Service): Entry[] {
  return servedPorts(service).map((port) => ({ protocol: protocol(port), port: port.port }));
}

/** The name by which others find the pods of a workload. */
export function serviceObject(workload: Workload, plan: Plan): Manifest | undefined {
  const { name, kind, settings, options } = workload;
  const ports = ends(workload) ? [] : servedPorts(workload.service);
  // A StatefulSet has one in any case: its pods take their names from it.
  if (ends(workload) || (ports.length === 0 && kind !== WorkloadKind.STATEFUL_SET)) return undefined;
  const spec = kind === WorkloadKind.EXTERNAL
    ? { type: 'ExternalName', externalName: options.externalHost ?? 'set-by-the-environment.invalid' }
    : compact({
      // Without an address of its own, its name leads to the pods themselves, each of which has a name too.
      clusterIP: kind === WorkloadKind.STATEFUL_SET ? 'None' : undefined,
      selector: kind === WorkloadKind.CLUSTER ? primarySelector(name) : selectorOf(name),
      ports: list(ports.map((port) => (
        { name: port.name, port: port.port, targetPort: kind === WorkloadKind.CLUSTER ? port.port : port.name, protocol: protocol(port) }
      ))),
    });
  const content = { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: labelsOf(name, plan) }, spec };
  return { filePath: `${name}/service.yaml`, content: applyOverrides(content, settings.overrides?.kubernetes?.service ?? {}), workload };
}

/** What holds for all pods of the namespace: nothing is allowed but names, unless a policy of a service says so. */
export function namespacePolicies({ options: { dns: said = {} } }: Plan): Manifest[] {
  const policy = (name: string, spec: Entry): Manifest => ({
    filePath: `network-policies/${name}.yaml`,
    content: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec },
  });
  const { namespace = 'kube-system', podLabels = { 'k8s-app': 'kube-dns' }, port = 53, cidrs = [] } = said;
  const on = (each: number) => ['UDP', 'TCP'].map((name) => ({ protocol: name, port: each }));
  return [
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('allow-dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          podSelector: { matchLabels: podLabels },
        }],
        ports: on(port),
      }, ...(cidrs.length > 0 ? [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: on(53) }] : [])],
    }),
  ];
}

/** Who reaches a workload and whom it reaches in an environment: the connections of the definition, and nothing else. */
export function networkPolicy(workload: Workload, plan: Plan, environment: Environment): Manifest | undefined {
  const { name, settings } = workload;
  const served = ends(workload) ? [] : policyPorts(workload.service);
  const clients = plan.workloads.filter((other) => !isElsewhere(other, environment) && other.reach.includes(workload.service));
  const more = workload.kind === WorkloadKind.CLUSTER ? clusterTraffic(workload, { ipBlock: { cidr: ANYWHERE } }) : { ingress: [], egress: [] };
  const ingress = served.length === 0 ? [] : [
    ...(clients.length > 0 ? [{ from: clients.map((other) => ({ podSelector: { matchLabels: podsOf(other) } })), ports: served }] : []),
    ...(workload.exposed ? [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': plan.options.ingressNamespace ?? INGRESS_NAMESPACE } } }], ports: served }] : []),
    ...more.ingress,
  ];
  const egress = [...workload.reach.map((other) => egressTo(other, plan, environment)), ...outside(workload, plan, environment), ...more.egress];
  const said = settings.overrides?.kubernetes?.networkPolicy;
  if (ingress.length + egress.length === 0 && said === undefined) return undefined;
  const content = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels: labelsOf(name, plan) },
    spec: compact({
      podSelector: { matchLabels: podsOf(workload) },
      policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
      ingress: list(ingress),
      egress: list(egress),
    }),
  };
  return { filePath: `${name}/network-policy.yaml`, content: applyOverrides(content, said ?? {}), workload };
}

/** The labels of the pods of a workload. */
function podsOf({ kind, name }: Workload): Entry {
  return kind === WorkloadKind.CLUSTER ? { 'cnpg.io/cluster': name } : selectorOf(name);
}

/** Every address outside, as far as it is known what is inside. */
function anywhere({ options: { clusterCidrs = [] } }: Plan): Entry {
  return { ipBlock: { cidr: ANYWHERE, except: [LINK_LOCAL, ...clusterCidrs] } };
}

function egressTo(service: Service, plan: Plan, environment: Environment): Entry {
  const workload = plan.byName.get(service.serviceName);
  const external = workload !== undefined && isElsewhere(workload, environment);
  const pods = { podSelector: { matchLabels: workload ? podsOf(workload) : selectorOf(service.serviceName) } };
  return { to: [external ? anywhere(plan) : pods], ports: policyPorts(service) };
}

/** What a workload was connected to that runs elsewhere, and what it was allowed beside. */
function outside({ service, options, kind }: Workload, plan: Plan, environment: Environment): Entry[] {
  const connections = kind === WorkloadKind.CRON_JOB ? [] : service.connections();
  const elsewhere = connections.filter(({ target }) => !(target instanceof Service)).map(({ target }) => target);
  const connected = elsewhere.map((target): Entry => {
    const said = isConnectable(target) ? target.connection().port : undefined;
    const port = said && Number(textIn(environment, piecesOf(said, plan)));
    return compact({ to: [anywhere(plan)], ports: port ? [{ protocol: 'TCP', port }] : undefined });
  });
  const allowed = (options.egress ?? []).map(({ cidr, port }): Entry => (
    { to: [cidr === undefined ? anywhere(plan) : { ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: port ?? 443 }] }
  ));
  return [...new Map([...connected, ...allowed].map((each) => [JSON.stringify(each), each])).values()];
}

function isConnectable(target: object): target is IConnectable {
  return 'connection' in target;
}
