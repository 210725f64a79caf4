import { RuleInfo, Severity } from '../../model/finding';

/** The version of Python is one that the sample and its packages run on. */
export const PYTHON_VERSION: RuleInfo = {
  ruleId: 'PS120',
  severity: Severity.ERROR,
  title: 'The version of Python is known',
  reason: 'The pinned packages have wheels for 3.11 to 3.14, and an image of another version does not exist or would have to compile them.',
};

/** What the team's `pyproject.toml` asks for is what the image has. */
export const REQUIRES_PYTHON: RuleInfo = {
  ruleId: 'PS121',
  severity: Severity.ERROR,
  title: 'The image has a version of Python that pyproject.toml allows',
  reason: 'The installer refuses the project otherwise, after minutes of building.',
};

/** The module that is served lies in the package. */
export const APP_MODULE: RuleInfo = {
  ruleId: 'PS122',
  severity: Severity.ERROR,
  title: 'The module that is served lies in the package of the layout',
  reason: 'Only the package is copied into the image: uvicorn would not find another one.',
};

/** The prefix of the settings can begin a name. */
export const ENV_PREFIX: RuleInfo = {
  ruleId: 'PS123',
  severity: Severity.ERROR,
  title: 'A prefix of settings can begin the name of an environment variable',
  reason: 'Names have letters, digits and underscores, and no digit first.',
};

/** A connection is described once. */
export const HAND_WRITTEN_CONNECTION: RuleInfo = {
  ruleId: 'PS124',
  severity: Severity.ERROR,
  title: 'A connection is given by its property or by hand, not both',
  reason: 'One of the two would win without a word, and the backend would wait for one database and talk to another.',
};

/** The pools of all processes fit into the server. */
export const POOL_ABOVE_LIMIT: RuleInfo = {
  ruleId: 'PS125',
  severity: Severity.ERROR,
  title: 'All processes together stay below the max_connections that was set',
  reason: 'The server refuses what is above, under load first.',
};

/** The pools of all processes fit into a server of which nothing was said. */
export const POOL_ABOVE_DEFAULT: RuleInfo = {
  ruleId: 'PS126',
  severity: Severity.WARNING,
  title: "All processes together stay below PostgreSQL's own max_connections",
  reason: 'It is 100 when nothing is said, and some are kept for the superuser.',
};

/** Numbers and paths of a backend are such that they can be used. */
export const BACKEND_VALUE: RuleInfo = {
  ruleId: 'PS127',
  severity: Severity.ERROR,
  title: 'Numbers, folders and origins of a backend can be used',
  reason: 'uvicorn, Docker or the browser would refuse them at start, or worse, not at all.',
};

/** Celery needs somebody who passes its tasks on. */
export const WITHOUT_BROKER: RuleInfo = {
  ruleId: 'PS128',
  severity: Severity.ERROR,
  title: 'A backend with Celery services has a broker',
  reason: 'Workers wait for tasks that nobody can put in.',
};

/** The pinned Redis client is one that Celery works with. */
export const REDIS_CLIENT: RuleInfo = {
  ruleId: 'PS129',
  severity: Severity.ERROR,
  title: 'The pinned Redis client is one that Celery accepts',
  reason: 'kombu, the transport of Celery, takes a range of versions of the client only: the installer cannot resolve others.',
};

/** What may be evicted and what must not are apart. */
export const SHARED_DATABASE: RuleInfo = {
  ruleId: 'PS130',
  severity: Severity.ERROR,
  title: 'The cache and the broker are different databases of a Redis server',
  reason: 'Emptying the cache would lose tasks, and both would see keys of the other.',
};
