import { BackendLayout, LOG_DIR, WORK_DIR } from './layout';
import { singleFileMounts } from '../single-file-mounts';
import { SourceSync } from '../source-sync';
import { FastApiProps } from './props';
import { Mount } from '../../model/mount';
import { WatchAction, WatchRule } from '../../model/watch';

/** What the development container finds of the folders that people edit. */
export function developmentMounts(layout: BackendLayout, props: FastApiProps): Mount[] {
  const watched = props.sourceSync === SourceSync.WATCH;
  const folders = layout.sources.filter((folder) => folder === 'alembic' || !watched).map((folder) => Mount.bind(
    layout.mountSource(folder), `${WORK_DIR}/${folder}`, { readOnly: folder !== 'alembic' && props.readOnlySources },
  ));
  const logs = props.logDirectory ? [Mount.bind(`./${props.logDirectory.replace(/^\.\//, '')}`, LOG_DIR, { holdsData: true, keepsFolder: true })] : [];
  return [...folders, ...singleFileMounts(props.mountedFiles, (file) => layout.mountSource(file), WORK_DIR), ...logs];
}

/** What Compose copies into the development container when it changes; undefined when the folders are mounted. */
export function watchRules(layout: BackendLayout, { sourceSync }: FastApiProps): WatchRule[] | undefined {
  if (sourceSync !== SourceSync.WATCH) return undefined;
  return [
    ...layout.sources.filter((folder) => folder !== 'alembic').map((folder) => (
      { path: layout.mountSource(folder), target: `${WORK_DIR}/${folder}`, action: WatchAction.SYNC, ignore: ['__pycache__/'] }
    )),
    { path: layout.mountSource('pyproject.toml'), action: WatchAction.REBUILD },
    { path: layout.mountSource(layout.developmentRequirements ?? 'requirements.txt'), action: WatchAction.REBUILD },
  ];
}
