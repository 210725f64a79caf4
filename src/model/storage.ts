import { Mount } from './mount';

/**
 * Where a store keeps its data; at which path in the container only the store knows.
 */
export class Storage {
  /**
   * In a volume that the engine manages: fast everywhere, and no permissions to care about.
   *
   * @param volumeName the name of the volume within the stack; made of the service's name when undefined
   */
  public static volume(volumeName?: string): Storage {
    return new Storage(undefined, volumeName);
  }

  /**
   * In a folder of the host. On Linux its files belong to the user of the container; git ignores it.
   *
   * @param folder the path, relative to the Compose file: `./data/postgres`
   */
  public static bind(folder: string): Storage {
    return new Storage(folder);
  }

  private constructor(private readonly folder?: string, private readonly volumeName?: string) {}

  /**
   * The mount that keeps the data.
   *
   * @param target the absolute path in the container
   * @param note a remark for whoever reads the generated file
   */
  public mountAt(target: string, note?: string): Mount {
    return this.folder === undefined
      ? Mount.volume('data', target, { volumeName: this.volumeName, note })
      : Mount.bind(this.folder, target, { holdsData: true, note });
  }
}
