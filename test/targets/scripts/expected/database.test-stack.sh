# What this stack consists of; the rest of this file is the same for every stack.
script_name='test-stack.sh'
stack_name='shop'
compose_file='compose.yaml'
minimum_engine='25.0'
minimum_compose='2.24.4'
needs_curl='no'
port_variables='POSTGRES_PORT'
profiles=''
started=''

about() {
  cat <<'END'
Starts a copy of the stack "shop" beside whatever runs on this machine, and tries everything that it should do.
END
}

tables() {
  required compose.yaml .env.example
  not_copied ./backups
  service postgres
}

override() {
  cat <<'END'
{}
END
}

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
steps() {
  step 'Docker and Compose are there'            prerequisites
  step 'the files of the stack are there'        files_exist
  step 'Compose accepts the configuration'       configuration
  step 'postgres starts'                         start
  step 'postgres is healthy'                     healthy postgres
  step 'postgres answers on its published port'  tcp postgres 5432 '\0000\0000\0000\0010\0004\0322\0026\0057' '^[SN]'
  step 'postgres runs a query with the password' \
    program postgres '^42$' sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT 6 * 7'
  step 'postgres has the volume postgres_data'   stored postgres volume postgres_data /var/lib/postgresql/data
  step 'postgres keeps its rows' \
    keeps postgres '^still here$' 5 sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh \
    'DROP TABLE IF EXISTS projen_stack_smoke_check; CREATE TABLE projen_stack_smoke_check (note text); INSERT INTO projen_stack_smoke_check VALUES ('\''still here'\'')' \
    sh -c \
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i); PGPASSWORD="$POSTGRES_PASSWORD" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"' \
    sh 'SELECT note FROM projen_stack_smoke_check; DROP TABLE projen_stack_smoke_check'
  step 'all services end when they are asked to' shutdown
}
