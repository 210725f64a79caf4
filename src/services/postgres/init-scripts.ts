import { Mount, MountKind } from '../../model/mount';
import { ServiceSettings } from '../../model/settings';

/** Where the image looks for what it runs when it initialises the data. */
export const INIT_FOLDER = '/docker-entrypoint-initdb.d';

/** Where a folder of scripts is mounted when single scripts stand in the image's own. */
const BESIDE = '/init-scripts';

/** Runs a folder of scripts from a script of the image's folder: with the image's own function where it has one. */
const RUN_FOLDER = `# shellcheck shell=bash
# Runs the scripts of ${BESIDE}, a folder of yours. It is mounted there since the scripts beside this one could not be mounted
# into it: it is read-only.
if command -v docker_process_init_files >/dev/null; then
  docker_process_init_files ${BESIDE}/*
else
  for script in ${BESIDE}/*; do
    case $script in
      *.sql) psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$script" ;;
      *.sql.gz) gunzip -c "$script" | psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" ;;
      *.sh) bash "$script" ;;
    esac
  done
fi
`;

/**
 * Lets a folder of scripts and single scripts stand together.
 *
 * A container cannot have a file mounted into a folder that is mounted read-only, and into a writable one the engine would put
 * an empty file on the host. So the folder moves beside, and one more script runs it, after the scripts whose names begin with less than 50.
 */
export function reconcileInitScripts(settings: ServiceSettings): ServiceSettings {
  const mounts = settings.mounts ?? [];
  const folder = mounts.find((mount) => mount.kind === MountKind.BIND && mount.target.replace(/\/$/, '') === INIT_FOLDER);
  const single = mounts.some((mount) => mount.kind === MountKind.CONFIG && mount.target.startsWith(`${INIT_FOLDER}/`));
  if (!folder || !single) return settings;
  const beside = Mount.bind(folder.source ?? '', BESIDE, { readOnly: folder.readOnly, note: folder.note });
  return {
    ...settings,
    mounts: [
      ...mounts.map((mount) => (mount === folder ? beside : mount)),
      Mount.config('init_folder', `${INIT_FOLDER}/50-folder.sh`, RUN_FOLDER),
    ],
  };
}
