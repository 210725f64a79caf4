import { carry, understood } from './given';

/**
 * Where the data of a `Mount` lives.
 */
export enum MountKind {
  /** A volume that the engine manages and that outlives the container. */
  VOLUME = 'volume',
  /** A folder (or file) of the host. */
  BIND = 'bind',
  /** Memory: gone when the container stops. */
  TMPFS = 'tmpfs',
  /** A small file whose text is part of the definition. */
  CONFIG = 'config',
}

/** Options of `Mount.volume`. */
export interface VolumeMountOptions {
  /**
   * Whether the container may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A remark for whoever reads the generated file.
   *
   * @default - none
   */
  readonly note?: string;

  /**
   * The name of the volume within the stack, for a volume that several services share.
   *
   * @default - the service's name, an underscore and the name of the mount: `postgres_data`
   */
  readonly volumeName?: string;
}

/** Options of `Mount.tmpfs`. */
export interface TmpfsMountOptions {
  /**
   * The most that it may hold, as Compose writes sizes (`64M`).
   *
   * @default - the engine's: half of the memory
   */
  readonly size?: string;

  /**
   * The permissions of the folder in octal digits (`1777`).
   *
   * @default - the engine's: 1777
   */
  readonly fileMode?: string;
}

/** Options of `Mount.bind`. */
export interface BindMountOptions {
  /**
   * Whether the container may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * A remark for whoever reads the generated file.
   *
   * @default - none
   */
  readonly note?: string;

  /**
   * Whether the folder holds data that the container writes, rather than sources: git ignores it, and a reset deletes it.
   *
   * @default false
   */
  readonly holdsData?: boolean;

  /**
   * Whether the folder is there, empty, in a fresh clone, so that it belongs to whoever cloned. One that the engine makes
   * belongs to root, and a container without root's rights cannot write into it.
   *
   * @default false
   */
  readonly keepsFolder?: boolean;
}

interface MountFields extends VolumeMountOptions, TmpfsMountOptions, BindMountOptions {
  readonly kind: MountKind;
  readonly target: string;
  readonly mountName?: string;
  readonly source?: string;
  readonly content?: string;
}

/**
 * Something that a container finds at a path: a volume, a folder of the host, memory, or a small file.
 */
export class Mount {
  /**
   * A volume that the engine manages and that outlives the container.
   *
   * @param name what it holds, within the service: `data`
   * @param target the absolute path in the container
   * @param options read-only, a shared name, a remark
   */
  public static volume(name: string, target: string, options: VolumeMountOptions = {}): Mount {
    const given = understood('VolumeMountOptions', options);
    return carry(given, new Mount({ ...given, kind: MountKind.VOLUME, mountName: name, target }));
  }

  /**
   * A folder of the host. A single file goes stale when an editor replaces it: mount its folder.
   *
   * @param source the path on the host; one that begins with `.` is relative to the Compose file
   * @param target the absolute path in the container
   * @param options read-only, a remark, whether it holds data
   */
  public static bind(source: string, target: string, options: BindMountOptions = {}): Mount {
    const given = understood('BindMountOptions', options);
    return carry(given, new Mount({ ...given, kind: MountKind.BIND, source, target }));
  }

  /**
   * Memory that is gone when the container stops.
   *
   * @param target the absolute path in the container
   * @param options size and permissions
   */
  public static tmpfs(target: string, options: TmpfsMountOptions = {}): Mount {
    const given = understood('TmpfsMountOptions', options);
    return carry(given, new Mount({ ...given, kind: MountKind.TMPFS, target }));
  }

  /**
   * A small file whose text is part of the definition; the container can only read it.
   *
   * @param name what it is, within the service: `settings`
   * @param target the absolute path of the file in the container
   * @param content the text, exactly as the program is to read it
   */
  public static config(name: string, target: string, content: string): Mount {
    return new Mount({ kind: MountKind.CONFIG, mountName: name, target, content, readOnly: true });
  }

  /** Where the data lives. */
  public readonly kind: MountKind;
  /** The absolute path in the container. */
  public readonly target: string;
  /** The name within the service, of a volume or a config. */
  public readonly mountName?: string;
  /** The name within the stack, of a volume that several services share. */
  public readonly volumeName?: string;
  /** The path on the host, of a bind. */
  public readonly source?: string;
  /** The text, of a config. */
  public readonly content?: string;
  /** Whether the container may only read it. */
  public readonly readOnly: boolean;
  /** The most that a tmpfs may hold. */
  public readonly size?: string;
  /** The permissions of a tmpfs, in octal digits. */
  public readonly fileMode?: string;
  /** A remark for whoever reads the generated file. */
  public readonly note?: string;
  /** Whether the container keeps data here, rather than reading sources. */
  public readonly holdsData: boolean;
  /** Whether the folder of a bind is there, empty, in a fresh clone. */
  public readonly keepsFolder: boolean;

  private constructor(fields: MountFields) {
    this.kind = fields.kind;
    this.target = fields.target;
    this.mountName = fields.mountName;
    this.volumeName = fields.volumeName;
    this.source = fields.source;
    this.content = fields.content;
    this.readOnly = fields.readOnly ?? false;
    this.size = fields.size;
    this.fileMode = fields.fileMode;
    this.note = fields.note;
    this.keepsFolder = fields.keepsFolder ?? false;
    this.holdsData = fields.holdsData ?? fields.kind === MountKind.VOLUME;
  }

  /**
   * The name of the volume or config within the stack.
   *
   * @param serviceName the service that mounts it
   */
  public nameFor(serviceName: string): string {
    return this.volumeName ?? `${serviceName}_${this.mountName}`;
  }
}
