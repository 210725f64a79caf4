/**
 * How a program takes secrets from files instead of its environment. Targets that can give them so do, and everything else stays as it
 * is: who reads the environment of a process, in a crash report say, sees none of them then.
 *
 * @experimental
 */
export class SecretFiles {
  /**
   * Some keys, of which each may be given as the path of a file, in a key that ends in `_FILE`: `POSTGRES_PASSWORD_FILE`.
   *
   * @param keys the keys of the environment
   */
  public static paths(...keys: string[]): SecretFiles {
    return new SecretFiles(keys);
  }

  /**
   * All secrets, each in a file that is called as its key, in a folder that a key of the environment names: what pydantic calls
   * `secrets_dir`.
   *
   * @param folderKey the key that names the folder
   */
  public static folder(folderKey: string): SecretFiles {
    return new SecretFiles(undefined, folderKey);
  }

  /** The keys that may be given as files; undefined for all. */
  public readonly keys?: string[];

  /** The key that names the folder of the files; undefined when each has a key with its path. */
  public readonly folderKey?: string;

  private constructor(keys?: string[], folderKey?: string) {
    this.keys = keys;
    this.folderKey = folderKey;
  }

  /**
   * Whether a key may be given as a file.
   *
   * @param key a key of the environment
   */
  public takes(key: string): boolean {
    return this.keys?.includes(key) ?? true;
  }

  /**
   * What says in the environment where the file of a key is.
   *
   * @param key the key
   * @param folder the folder of the files
   */
  public pointer(key: string, folder: string): { [key: string]: string } {
    return this.folderKey === undefined ? { [`${key}_FILE`]: `${folder}/${key}` } : { [this.folderKey]: folder };
  }
}
