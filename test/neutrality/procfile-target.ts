import { Mode, StackModel, Target, TargetOutput, Value, Variable } from '../../src';

/** A word of a shell. */
const quote = (word: string) => (/^[\w./:=@-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`);

/** A value in which a variable is a reference of the shell. */
const shell = (value: Value) => value.parts.map((part) => (part.variable ? `"$${part.variable.variableName}"` : quote(part.text ?? ''))).join('');

/** A value with everything filled in, since a Procfile's env file refers to nothing. */
const plain = (value: Value): string => value.parts.map((part) => part.text ?? part.variable?.defaultValue?.developmentText ?? '').join('');

/**
 * A target that lives in the tests only: a Procfile with its env file, as foreman and its kin read them. It knows the model and no
 * service, which is what it is there to prove.
 */
export class ProcfileTarget extends Target {
  constructor() {
    super('procfile');
  }

  public render(stack: StackModel): TargetOutput {
    const services = stack.services.filter((service) => service.modes.includes(Mode.DEVELOPMENT));
    const processes = services.map((service) => {
      const { command, environment, image, imageBuild, mounts, ports, overrides } = service.settings(Mode.DEVELOPMENT);
      const own = Object.entries(environment ?? {}).filter(([, value]) => !value.isLiteral || value.developmentText !== '');
      const words = [
        ...own.map(([key, value]) => `${key}=${shell(value)}`),
        'run', image ?? imageBuild?.context ?? '.',
        ...(ports ?? []).map((port) => `--port=${shell(Value.of(service.hostPortVariable(port)))}:${port.port}`),
        ...(mounts ?? []).map((mount) => quote(`--${mount.kind}=${mount.source ?? mount.nameFor(service.serviceName)}:${mount.target}`)),
        ...(command ?? []).map(shell),
        ...(overrides?.procfile?.arguments ?? []),
      ];
      return `${service.serviceName}: ${words.join(' ')}\n`;
    });
    const settings = stack.variables.map((variable: Variable) => `${variable.variableName}=${plain(Value.of(variable))}\n`);
    return {
      files: [
        { filePath: 'Procfile', content: processes.join('') },
        { filePath: 'Procfile.env', content: settings.join('') },
      ],
      tasks: [{ taskName: `${stack.taskPrefix}:procfile`, description: 'Run without containers', command: ['foreman', 'start', '--env', 'Procfile.env'] }],
      gitIgnore: ['/Procfile.log'],
    };
  }
}
