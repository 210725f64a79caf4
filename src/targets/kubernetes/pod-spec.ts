/** The finished pods of what runs some; undefined for everything else. */
export function podSpecOf(content: any): any {
  switch (content.kind) {
    case 'Deployment': case 'StatefulSet': case 'Job': return content.spec?.template?.spec ?? {};
    case 'CronJob': return content.spec?.jobTemplate?.spec?.template?.spec ?? {};
    default: return undefined;
  }
}
