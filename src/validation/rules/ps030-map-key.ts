import { isIP } from 'net';
import { Severity } from '../../model/finding';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** Every key of a map is a name. */
export class MapKeyRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS030',
      severity: Severity.ERROR,
      title: 'Labels, extra hosts, kernel parameters, logging options and build arguments have names that can be written',
      reason: 'Compose refuses an empty key; a host needs an address, and the engine joins the others with an equals sign.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const { labels, extraHosts, sysctls, imageBuild, logging } = settings;
    return [
      ...keys('a label', labels, /^[A-Za-z0-9_][A-Za-z0-9_./:@-]*$/, "labels: { 'com.example.team': '…' }"),
      ...keys('an extra host', extraHosts, /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/, "extraHosts: { 'api.local': '10.0.0.1' }"),
      ...keys('a kernel parameter', sysctls, /^[A-Za-z0-9_./-]+$/, "sysctls: { 'net.core.somaxconn': '1024' }"),
      ...keys('a logging option', logging?.options, /^(?!x-)[A-Za-z0-9][A-Za-z0-9_.-]*$/, "logging: { options: { 'max-size': '10m' } }"),
      ...keys('a build argument', imageBuild?.args, /^[A-Za-z_][A-Za-z0-9_]*$/, 'args: { VERSION: … }'),
      ...Object.entries(extraHosts ?? {}).filter(([, address]) => address !== 'host-gateway' && isIP(address) === 0).map(([host, address]) => ({
        message: `The extra host ${quote(host)} has the address ${quote(address)}, which is no IP address.`,
        fix: `Write: extraHosts: { ${literal(host)}: 'host-gateway' } for the host itself, or an IP address.`,
      })),
    ];
  }
}

function keys(what: string, map: { readonly [key: string]: unknown } | undefined, pattern: RegExp, example: string): Problem[] {
  return Object.keys(map ?? {}).filter((key) => !pattern.test(key)).map((key) => ({
    message: key === '' ? `The name of ${what} is empty.` : `The name ${quote(key)} of ${what} has characters that it cannot have.`,
    fix: `Write: ${example}.`,
  }));
}
