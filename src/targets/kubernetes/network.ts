import { Exposure } from './choices';
import { Manifest } from './manifest';
import { ends, Environment, MODE, Plan, Workload, WorkloadKind } from './plan';
import { labelsOf, selectorOf } from './pod';
import { compact, Entry, list } from './quantities';
import { IConnectable } from '../../model/connection';
import { isPublished } from '../../model/host-port';
import { PortProtocol, PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { applyOverrides } from '../overrides';

/** Every address but none of the cluster's own is needed to reach something outside; which those are, a manifest cannot know. */
const ANYWHERE = '0.0.0.0/0';

function protocol({ protocol: given }: PortSpec): string {
  return given === PortProtocol.UDP ? 'UDP' : 'TCP';
}

/** The ports that others reach: a port that is said to be for development is for nobody here. */
export function servedPorts(service: Service): PortSpec[] {
  return (service.settings(MODE).ports ?? []).filter((port) => port.publish === undefined || port.publish.length === 0 || isPublished(port, MODE));
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
      selector: selectorOf(name),
      ports: list(ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.name, protocol: protocol(port) }))),
    });
  const content = { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: labelsOf(name, plan) }, spec };
  return { filePath: `${name}/service.yaml`, content: applyOverrides(content, settings.overrides?.kubernetes?.service ?? {}), workload };
}

/** What holds for all pods of the namespace: nothing is allowed but names, unless a policy of a service says so. */
export function namespacePolicies(): Manifest[] {
  const policy = (name: string, spec: Entry): Manifest => ({
    filePath: `network-policies/${name}.yaml`,
    content: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec },
  });
  const dns = (name: string) => ({ protocol: name, port: 53 });
  return [
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('allow-dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        }],
        ports: [dns('UDP'), dns('TCP')],
      }],
    }),
  ];
}

/** Who reaches a workload and whom it reaches: the connections of the definition, and nothing else. */
export function networkPolicy(workload: Workload, plan: Plan): Manifest | undefined {
  const { name } = workload;
  const served = (ends(workload) ? [] : servedPorts(workload.service)).map((port) => ({ protocol: protocol(port), port: port.port }));
  const clients = plan.workloads.filter((other) => other.kind !== WorkloadKind.EXTERNAL && other.reach.includes(workload.service));
  const pod = (other: string) => ({ podSelector: { matchLabels: selectorOf(other) } });
  const ingress = served.length === 0 ? [] : [
    ...(clients.length > 0 ? [{ from: clients.map((other) => pod(other.name)), ports: served }] : []),
    ...(workload.exposed ? [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': plan.options.ingressNamespace ?? 'ingress-nginx' } } }], ports: served }] : []),
  ];
  const egress = [...workload.reach.map((other) => egressTo(other, plan)), ...outside(workload)];
  if (ingress.length + egress.length === 0) return undefined;
  return {
    filePath: `${name}/network-policy.yaml`,
    content: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels: labelsOf(name, plan) },
      spec: compact({
        podSelector: { matchLabels: selectorOf(name) },
        policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
        ingress: list(ingress),
        egress: list(egress),
      }),
    },
    workload,
  };
}

function egressTo(service: Service, plan: Plan): Entry {
  const ports = servedPorts(service).map((port) => ({ protocol: protocol(port), port: port.port }));
  const external = plan.byName.get(service.serviceName)?.kind === WorkloadKind.EXTERNAL;
  return { to: [external ? { ipBlock: { cidr: ANYWHERE } } : { podSelector: { matchLabels: selectorOf(service.serviceName) } }], ports };
}

/** What a workload was connected to that runs elsewhere, and what it was allowed beside. */
function outside({ service, options }: Workload): Entry[] {
  const elsewhere = service.connections().filter(({ target }) => !(target instanceof Service)).map(({ target }) => target);
  const connected = elsewhere.map((target): Entry => {
    const port = isConnectable(target) ? Number(target.connection().parts?.PORT?.developmentText) : 0;
    return compact({ to: [{ ipBlock: { cidr: ANYWHERE } }], ports: port > 0 ? [{ protocol: 'TCP', port }] : undefined });
  });
  const allowed = (options.egress ?? []).map(({ cidr, port }): Entry => (
    { to: [{ ipBlock: { cidr: cidr ?? ANYWHERE } }], ports: [{ protocol: 'TCP', port: port ?? 443 }] }
  ));
  return [...new Map([...connected, ...allowed].map((each) => [JSON.stringify(each), each])).values()];
}

function isConnectable(target: object): target is IConnectable {
  return 'connection' in target;
}

/** How browsers reach a workload in an environment; undefined where it has no host name. */
export function exposureObject(workload: Workload, plan: Plan, environment: Environment): Manifest | undefined {
  const { name } = workload;
  const host = environment.hosts?.[name];
  const [port] = servedPorts(workload.service);
  if (!workload.exposed || host === undefined || !port || workload.kind === WorkloadKind.EXTERNAL) return undefined;
  const { certificateIssuer, ingressClass, gateway } = plan.options;
  const labels = labelsOf(name, plan);
  if (plan.exposure === Exposure.GATEWAY) {
    const [namespace, gatewayName] = (gateway ?? 'gateway/public').split('/');
    return {
      filePath: `${name}-http-route.yaml`,
      content: {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name, labels },
        spec: {
          parentRefs: [{ name: gatewayName, namespace }],
          hostnames: [host],
          rules: [{ backendRefs: [{ name, port: port.port }] }],
        },
      },
      workload,
    };
  }
  return {
    filePath: `${name}-ingress.yaml`,
    content: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: compact({ name, labels, annotations: certificateIssuer ? { 'cert-manager.io/cluster-issuer': certificateIssuer } : undefined }),
      spec: compact({
        ingressClassName: ingressClass,
        tls: [{ hosts: [host], secretName: `${name}-tls` }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: port.name } } } }] } }],
      }),
    },
    workload,
  };
}
