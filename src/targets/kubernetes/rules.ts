import { RuleInfo, Severity } from '../../model/finding';

/** Names. */
export const KUBERNETES_NAME: RuleInfo = {
  ruleId: 'PS180',
  severity: Severity.ERROR,
  title: 'Services, ports and environments have names that Kubernetes takes',
  reason: 'A Service is found by its name in DNS, pods add to it, and the name of a port has 15 characters at most: the API server refuses others.',
};

/** Users. */
export const KUBERNETES_USER: RuleInfo = {
  ruleId: 'PS181',
  severity: Severity.ERROR,
  title: 'In a cluster, a container runs as a number other than root, without further capabilities',
  reason: 'Pod Security "restricted" refuses root, and the kubelet cannot know whether a name is root.',
};

/** Settings. */
export const KUBERNETES_SETTING: RuleInfo = {
  ruleId: 'PS182',
  severity: Severity.ERROR,
  title: 'A setting that must be set is, in every environment',
  reason: 'The defaults of development are none in a cluster, and a container would start with nothing in it.',
};

/** Waiting for work. */
export const KUBERNETES_COMPLETION: RuleInfo = {
  ruleId: 'PS183',
  severity: Severity.ERROR,
  title: 'Who waits for a service that runs once can ask whether it is done',
  reason: 'No pod sees the end of a Job: it asks the image of that service, until the answer is yes.',
};

/** Bind mounts. */
export const KUBERNETES_BIND: RuleInfo = {
  ruleId: 'PS184',
  severity: Severity.ERROR,
  title: 'What is mounted from the repository is text that is only read, and fits into a ConfigMap',
  reason: 'A pod runs on any node, and finds none of the folders of a developer\'s machine there.',
};

/** Claims. */
export const KUBERNETES_CLAIM: RuleInfo = {
  ruleId: 'PS185',
  severity: Severity.ERROR,
  title: 'What keeps data, and the kind of what runs it, stay as they are',
  reason: 'The API server refuses to change claims, and takes a workload of another kind for a new one beside the old: data would stay behind.',
};

/** Units. */
export const KUBERNETES_UNIT: RuleInfo = {
  ruleId: 'PS186',
  severity: Severity.ERROR,
  title: 'Sizes and processors are amounts that Kubernetes reads',
  reason: 'The API server refuses others, or takes "512m" for half a byte.',
};

/** Numbers of pods. */
export const KUBERNETES_REPLICAS: RuleInfo = {
  ruleId: 'PS187',
  severity: Severity.ERROR,
  title: 'The number of pods is said once, and fits what the service is',
  reason: 'A fixed number and an autoscaler undo each other with every apply; and pods that share one task or one volume would do harm.',
};

/** Options. */
export const KUBERNETES_OPTION: RuleInfo = {
  ruleId: 'PS188',
  severity: Severity.ERROR,
  title: 'What a cluster is told is about something that there is, and no secret',
  reason: 'The options are committed; and what is said of a misspelt service would have no effect.',
};

/** Documents. */
export const KUBERNETES_DOCUMENT: RuleInfo = {
  ruleId: 'PS189',
  severity: Severity.ERROR,
  title: 'What the finished manifests refer to exists, and does not clash',
  reason: 'The API server takes a Service whose port leads nowhere and a StatefulSet without its Service, and an override can bring both.',
};

/** What is lost. */
export const KUBERNETES_COUNTERPART: RuleInfo = {
  ruleId: 'PS190',
  severity: Severity.WARNING,
  title: 'What is said about a service has a counterpart in Kubernetes',
  reason: 'What has none is left out there, and should not be relied on.',
};

/** Tags. */
export const KUBERNETES_TAG: RuleInfo = {
  ruleId: 'PS191',
  severity: Severity.WARNING,
  title: 'What is built from the repository has a tag other than latest in each environment',
  reason: 'Nodes keep an image by its tag: a new one under the old tag is not seen, and there is nothing to roll back to.',
};

/** Rights. */
export const KUBERNETES_RESTRICTED: RuleInfo = {
  ruleId: 'PS192',
  severity: Severity.ERROR,
  title: 'The finished pods are what Pod Security calls restricted',
  reason: 'The namespace refuses others: the workload is taken, and no pod of it ever starts.',
};
