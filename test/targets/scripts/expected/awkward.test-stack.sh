# What this stack consists of; the rest of this file is the same for every stack.
script_name='test-stack.sh'
stack_name='shop'
compose_file='docker-compose.yml'
minimum_engine='25.0'
minimum_compose='2.24.4'
needs_curl='no'
port_variables='POSTGRES_PORT METRICS_PORT'
profiles=''
started=''

about() {
  cat <<'END'
Starts a copy of the stack "shop" beside whatever runs on this machine, and tries everything that it should do.
END
}

tables() {
  required docker-compose.yml .env.example api/Dockerfile docs
  not_copied ./data/postgres ./backups
  service db
  service api
  service job
}

override() {
  cat <<'END'
services:
  "db":
    container_name: !reset null
    networks:
      "app":
        ipv4_address: !reset null
  "api":
    image: "${COMPOSE_PROJECT_NAME}-api"
    ports: !override
      - "127.0.0.1::8000"
      - "127.0.0.1:${METRICS_PORT:-9000}:9000"
      - {"target":7000,"protocol":"udp"}
      - "6000"
    volumes:
      - "${STACK_TEST_ROOT}/../common:/common:ro"
      - "${STACK_TEST_DATA}/_srv_uploads:/uploads"
  "job":
    image: "${COMPOSE_PROJECT_NAME}-api"
networks:
  "app":
    name: !reset null
    ipam: !reset null
  "shared":
    external: !reset null
volumes:
  "api_cache":
    name: !reset null
    driver_opts: !reset null
END
}

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
steps() {
  step 'Docker and Compose are there'            prerequisites
  step 'the files of the stack are there'        files_exist
  step 'Compose accepts the configuration'       configuration
  step 'all services start'                      start
  step 'db is healthy'                           healthy db
  step 'api runs'                                healthy api
  step 'job has done its work'                   ended job
  step 'db answers on its published port'        tcp db 5432 '\0000\0000\0000\0010\0004\0322\0026\0057' '^[SN]'
  step 'db runs a query with the password' \
    program db '^42$' sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT 6 * 7'
  step 'api says what it is told' \
    program api '^it'\''s$' echo 'it'\''s
$HOME `x` "y" \'
  step 'api reaches db'                          reaches api db 5432 shell
  step 'db has its data in ./data/postgres'      stored db bind ./data/postgres /var/lib/postgresql/data
  step 'api has the volume api_cache'            stored api volume api_cache /cache
  step 'db keeps its rows' \
    keeps db '^still here$' 5 sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh \
    'DROP TABLE IF EXISTS projen_stack_smoke_check; CREATE TABLE projen_stack_smoke_check (note text); INSERT INTO projen_stack_smoke_check VALUES ('\''still here'\'')' \
    sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT note FROM projen_stack_smoke_check; DROP TABLE projen_stack_smoke_check'
  step 'all services end when they are asked to' shutdown
}
