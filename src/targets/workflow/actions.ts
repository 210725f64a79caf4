/** An action of GitHub's marketplace at one commit, which nobody can move as they can a tag. */
export interface Action {
  readonly repository: string;
  /** The commit. */
  readonly commit: string;
  /** The tag that it had when it was read. */
  readonly version: string;
}

/** The actions that generated workflows use. The commits are those of the tags in the actions' own repositories. */
export const ACTIONS = {
  checkout: { repository: 'actions/checkout', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' },
  setupNode: { repository: 'actions/setup-node', commit: '820762786026740c76f36085b0efc47a31fe5020', version: 'v7.0.0' },
  setupPython: { repository: 'actions/setup-python', commit: '5fda3b95a4ea91299a34e894583c3862153e4b97', version: 'v7.0.0' },
  setupBuildx: { repository: 'docker/setup-buildx-action', commit: '37fe631027851001ddb9b187196cc803df7f5f0e', version: 'v4.3.0' },
  login: { repository: 'docker/login-action', commit: '4907a6ddec9925e35a0a9e82d7399ccc52663121', version: 'v4.1.0' },
  buildPush: { repository: 'docker/build-push-action', commit: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a', version: 'v7.3.0' },
} satisfies { readonly [name: string]: Action };

/** What stands after `uses:`. */
export const uses = ({ repository, commit, version }: Action) => `${repository}@${commit} # ${version}`;
