import { Mode, Service, StackModel, Target, TargetOutput } from 'projen-stack';

/**
 * A Procfile: each service of development in the foreground, in a pane of its own, for overmind, honcho and their kin.
 *
 * A target reads the model and gives finished text. It knows no service, so that it works for those that nobody has thought of yet.
 */
export class ProcfileTarget extends Target {
  /**
   * @param file the name of the file
   */
  constructor(private readonly file: string = 'Procfile') {
    // The name is the key of `overrides`: { procfile: { skip: true } } on a service leaves it out.
    super('procfile');
  }

  public render(stack: StackModel): TargetOutput {
    const services = stack.services.filter((service) => service.modes.includes(Mode.DEVELOPMENT) && !this.overridesOf(service).skip);
    if (services.length === 0) return { files: [] };
    const lines = services.map((service) => `${service.serviceName}: ${this.commandOf(service)}`);
    return {
      files: [{ filePath: this.file, content: `${lines.join('\n')}\n` }],
      tasks: [{
        taskName: `${stack.taskPrefix}:processes`,
        description: 'Start every service in the foreground, each with its own colour',
        command: ['honcho', '--procfile', this.file, 'start'],
      }],
    };
  }

  /** What it waits for is started by its own line, so a service does not start it again. */
  private commandOf(service: Service): string {
    const { replicas } = service.settings(Mode.DEVELOPMENT);
    const scale = replicas === undefined ? [] : ['--scale', `${service.serviceName}=${replicas}`];
    return ['docker', 'compose', 'up', '--no-log-prefix', ...scale, ...(service.oneShot ? ['--exit-code-from', service.serviceName] : []), service.serviceName].join(' ');
  }

  private overridesOf(service: Service): { readonly skip?: boolean } {
    return service.settings(Mode.DEVELOPMENT).overrides?.[this.targetName] ?? {};
  }
}
