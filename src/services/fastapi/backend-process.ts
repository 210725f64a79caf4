import { Construct } from 'constructs';
import type { FastApiBackend } from './fastapi-backend';
import { mergeSettings } from '../../model/merge';
import { Mode } from '../../model/mode';
import { Mount } from '../../model/mount';
import { Service } from '../../model/service';
import { ServiceConnection } from '../../model/service-connection';
import { ServiceProps } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';

/**
 * Another program of a backend: the same image, environment, mounts and rights, with a command of its own.
 *
 * Whatever is said about the backend, before or after this was made, holds here too, unless this service says otherwise.
 */
export class BackendProcess extends Service {
  /** The backend whose image is run. */
  public readonly backend: FastApiBackend;

  private readonly derived = new WeakMap<ServiceSettings, { readonly from: ServiceSettings; readonly settings: ServiceSettings }>();

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name unless the properties say otherwise
   * @param backend the backend whose image is run
   * @param props how the container is run where it differs
   */
  constructor(scope: Construct, id: string, backend: FastApiBackend, props: ServiceProps = {}) {
    super(scope, id, Service.merge({ modes: backend.modes }, props));
    this.backend = backend;
  }

  /**
   * Everything that was said about how the container is run in a mode, over what was said about the backend.
   *
   * @param mode the mode
   */
  public settings(mode: Mode): ServiceSettings {
    const own = super.settings(mode);
    const from = this.backend.settings(mode);
    const known = this.derived.get(own);
    if (known?.from === from) return known.settings;
    const settings = mergeSettings(this.inherited(from), own);
    this.derived.set(own, { from, settings });
    return settings;
  }

  /**
   * What it opens connections to: what was said about it, and of what the backend reaches that which it needs too.
   */
  public connections(): ServiceConnection[] {
    const inherited = this.backend.connections().filter(({ target }) => !(target instanceof Service) || this.waitsFor(target));
    return [...super.connections(), ...inherited];
  }

  /**
   * Whether this program waits for something that the backend waits for.
   *
   * @param service what the backend waits for
   */
  protected waitsFor(service: Service): boolean {
    return service.node.path !== this.node.path;
  }

  /**
   * Whether this program reads something that the backend has mounted.
   *
   * @param _mount what the backend has mounted
   */
  protected reads(_mount: Mount): boolean {
    return true;
  }

  private inherited(from: ServiceSettings): ServiceSettings {
    const {
      environment, mounts, networks, user, rootless, secretFiles, workingDir, readOnly, capDrop, capAdd, securityOpt, extraHosts, platform, dependsOn,
    } = from;
    return {
      imageOf: this.backend,
      environment,
      mounts: mounts?.filter((mount) => this.reads(mount)),
      networks,
      user,
      rootless,
      secretFiles,
      workingDir,
      readOnly,
      capDrop,
      capAdd,
      securityOpt,
      extraHosts,
      platform,
      dependsOn: dependsOn?.filter(({ service }) => this.waitsFor(service)),
    };
  }
}
