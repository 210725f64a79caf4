# What this stack consists of; the rest of this file is the same for every stack.
script_name='test-stack.sh'
stack_name='shop'
compose_file='compose.yaml'
minimum_engine='25.0'
minimum_compose='2.24.4'
needs_curl='yes'
port_variables='POSTGRES_PORT REDIS_PORT BACKEND_PORT FLOWER_PORT FRONTEND_PORT ADMINER_PORT'
profiles='tools'
started=''

about() {
  cat <<'END'
Starts a copy of the stack "shop" beside whatever runs on this machine, and tries everything that it should do.
END
}

tables() {
  required compose.yaml .env.example backend/Dockerfile frontend/Dockerfile config/postgres/docker-entrypoint-initdb.d/00-databases.sql backend/app backend/tests backend/alembic frontend/src frontend/public
  not_copied ./data/logs ./backups __pycache__ .venv venv .pytest_cache .mypy_cache .ruff_cache .coverage htmlcov ./frontend/node_modules ./frontend/dist ./frontend/.vite ./frontend/coverage './frontend/*.local'
  make_folder ./data/logs
  service postgres
  service redis
  service backend
  service backend-migrate
  service worker
  service flower
  service frontend
  service adminer
}

override() {
  cat <<'END'
{}
END
}

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
steps() {
  step 'Docker and Compose are there'                     prerequisites
  step 'the files of the stack are there'                 files_exist
  step 'Compose accepts the configuration'                configuration
  step 'all services start'                               start
  step 'postgres is healthy'                              healthy postgres
  step 'redis is healthy'                                 healthy redis
  step 'backend is healthy'                               healthy backend
  step 'backend-migrate has done its work'                ended backend-migrate
  step 'worker is healthy'                                healthy worker
  step 'flower is healthy'                                healthy flower
  step 'frontend is healthy'                              healthy frontend
  step 'adminer is healthy'                               healthy adminer
  step 'postgres answers on its published port'           tcp postgres 5432 '\0000\0000\0000\0010\0004\0322\0026\0057' '^[SN]'
  step 'postgres runs a query with the password' \
    program postgres '^42$' sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT 6 * 7'
  step 'postgres has the database it'\''s "reports"' \
    program postgres '^it'\''s "reports"$' sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT current_database()' 'it'\''s "reports"'
  step 'redis answers on its published port'              tcp redis 6379 'PING\0015\0012' '^([+]PONG|-NOAUTH )'
  step 'redis takes the password'                         program redis '^PONG$' redis-cli PING
  step 'redis refuses a wrong password'                   program redis NOAUTH env REDISCLI_AUTH=projen_stack_smoke_check redis-cli PING
  step 'backend answers at /health'                       http backend 8000 /health 200 ''
  step 'backend is connected to its database'             http backend 8000 /health 0 '"database": *"connected"'
  step 'backend is connected to its cache'                http backend 8000 /health 0 '"redis": *"connected"'
  step 'backend is connected to its broker'               http backend 8000 /health 0 '"broker": *"connected"'
  step 'backend shows its documentation at /docs'         http backend 8000 /docs 200 swagger-ui
  step 'backend reads from its tables'                    http backend 8000 /api/v1/items 200 ''
  step 'worker takes tasks from the queue mail' \
    program worker '"name": *"mail"' sh -c 'celery -A app.worker inspect active_queues --json --destination "celery@$HOSTNAME" --timeout 10'
  step 'worker takes tasks from the queue a.b' \
    program worker '"name": *"a\.b"' sh -c 'celery -A app.worker inspect active_queues --json --destination "celery@$HOSTNAME" --timeout 10'
  step 'worker works on a task and gives the result back' \
    program worker '^words: 3$' python -c \
    'from app.worker import celery; print("words:", celery.send_task("sample.count_words", ("it still works",), queue="mail").get(timeout=20))'
  step 'flower asks for a login'                          http flower 5555 /workers 401 ''
  step 'flower takes its login' \
    program flower '^200$' python -c \
    'import base64, os, urllib.request as r
words = base64.b64encode(os.environ["FLOWER_BASIC_AUTH"].encode()).decode()
print(r.urlopen(r.Request("http://127.0.0.1:5555/workers", headers={"Authorization": "Basic " + words}), timeout=10).status)'
  step 'frontend serves its page'                         http frontend 3000 / 200 /@vite/client
  step 'frontend passes requests on to backend'           http frontend 3000 /health 200 ''
  step 'adminer shows its login page'                     http adminer 8080 / 200 'auth\[driver\]'
  step 'backend reaches postgres'                         reaches backend postgres 5432 python
  step 'backend reaches redis'                            reaches backend redis 6379 python
  step 'worker reaches postgres'                          reaches worker postgres 5432 shell
  step 'worker reaches redis'                             reaches worker redis 6379 shell
  step 'flower reaches postgres'                          reaches flower postgres 5432 python
  step 'flower reaches redis'                             reaches flower redis 6379 python
  step 'frontend reaches backend'                         reaches frontend backend 8000 shell
  step 'adminer reaches postgres'                         reaches adminer postgres 5432 shell
  step 'postgres has the volume postgres_data'            stored postgres volume postgres_data /var/lib/postgresql/data
  step 'redis has the volume redis_data'                  stored redis volume redis_data /data
  step 'backend has its data in ./data/logs'              stored backend bind ./data/logs /app/logs
  step 'worker has its data in ./data/logs'               stored worker bind ./data/logs /app/logs
  step 'flower has its data in ./data/logs'               stored flower bind ./data/logs /app/logs
  step 'backend follows its sources' \
    follows backend 8000 /projen-stack-smoke-check '"reloaded"' backend/app/main.py \
    '
@app.get("/projen-stack-smoke-check")
def projen_stack_smoke_check() -> dict[str, str]:
    return {"note": "reloaded"}'
  step 'frontend follows its sources' \
    follows frontend 3000 /src/main.tsx projenStackSmokeCheck frontend/src/main.tsx 'export const projenStackSmokeCheck = '\''reloaded'\'';'
  step 'postgres keeps its rows' \
    keeps postgres '^still here$' 5 sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh \
    'DROP TABLE IF EXISTS projen_stack_smoke_check; CREATE TABLE projen_stack_smoke_check (note text); INSERT INTO projen_stack_smoke_check VALUES ('\''still here'\'')' \
    sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT note FROM projen_stack_smoke_check; DROP TABLE projen_stack_smoke_check'
  step 'redis keeps its keys' \
    keeps redis '^still here$' 4 redis-cli SET projen_stack_smoke_check 'still here' sh -c \
    'redis-cli GET projen_stack_smoke_check && redis-cli DEL projen_stack_smoke_check'
  step 'all services end when they are asked to'          shutdown
}
