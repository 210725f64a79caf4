import { Exposure } from './choices';
import { Manifest } from './manifest';
import { INGRESS_NAMESPACE, servedPorts } from './network';
import { Environment, isElsewhere, Plan, Workload } from './plan';
import { labelsOf } from './pod';
import { compact } from './quantities';
import { applyOverrides } from '../overrides';

/** How browsers reach a workload in an environment; undefined where it has no host name. */
export function exposureObject(workload: Workload, plan: Plan, environment: Environment): Manifest | undefined {
  const { name } = workload;
  const host = environment.hosts?.[name];
  const [port] = servedPorts(workload.service);
  if (!workload.exposed || host === undefined || !port || isElsewhere(workload, environment)) return undefined;
  const { certificateIssuer, ingressClass, gateway } = plan.options;
  const { ingress: saidIngress = {}, httpRoute: saidRoute = {} } = workload.settings.overrides?.kubernetes ?? {};
  const labels = labelsOf(name, plan);
  if (plan.exposure === Exposure.GATEWAY) {
    const [namespace, gatewayName] = (gateway ?? 'gateway/public').split('/');
    return {
      filePath: `${name}-http-route.yaml`,
      content: applyOverrides({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name, labels },
        spec: {
          parentRefs: [{ name: gatewayName, namespace }],
          hostnames: [host],
          rules: [{ backendRefs: [{ name, port: port.port }] }],
        },
      }, saidRoute),
      workload,
    };
  }
  const annotations = {
    ...(certificateIssuer ? { 'cert-manager.io/cluster-issuer': certificateIssuer } : {}),
    // Else it refuses what is larger than 1 MiB, whatever the service takes.
    ...(isIngressNginx(plan) && port.maxRequestSize ? { 'nginx.ingress.kubernetes.io/proxy-body-size': port.maxRequestSize.toLowerCase() } : {}),
  };
  return {
    filePath: `${name}-ingress.yaml`,
    content: applyOverrides({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: compact({ name, labels, annotations: Object.keys(annotations).length > 0 ? annotations : undefined }),
      spec: compact({
        ingressClassName: ingressClass,
        tls: [{ hosts: [host], secretName: `${name}-tls` }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: port.name } } } }] } }],
      }),
    }, saidIngress),
    workload,
  };
}

/** Whether ingress-nginx passes requests on: its class is named, or the namespace is its own and no other class is. */
function isIngressNginx({ options: { ingressClass, ingressNamespace } }: Plan): boolean {
  return (ingressClass ?? ingressNamespace ?? INGRESS_NAMESPACE) === (ingressClass === undefined ? INGRESS_NAMESPACE : 'nginx');
}
