# What this stack keeps; the rest of this file is the same for every stack.
stack_name='shop'
production_name='shop-prod'
compose_file='docker-compose.yml'
production_file='compose.prod.yaml'

# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers
kept() {
  data db app dump \
    4 sh -c 'set -- "$POSTGRES_DB" "$@"; exec pg_dump -Fc -U "$POSTGRES_USER" -d "$1"' sh \
    2 pg_restore --file=/dev/null \
    5 sh -c 'set -- "$POSTGRES_DB" "$@"; exec psql -X -q -At -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$1" -c "$2"' sh \
    'SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('\''r'\'', '\''p'\'', '\''v'\'', '\''m'\'', '\''f'\'', '\''S'\'') AND n.nspname !~ '\''^pg_'\'' AND n.nspname <> '\''information_schema'\''
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '\''pg_class'\''::regclass AND d.objid = c.oid AND d.deptype = '\''e'\'')' \
    5 sh -c \
    'set -- "$POSTGRES_DB" "$@"; { printf '\''%s\n'\'' "$2"; pg_restore --no-owner --single-transaction --file=- || printf '\''\n\\.\nSELECT incomplete_backup;\n'\''; } | psql -X -q -At -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$1" --single-transaction --file=-' \
    sh \
    'SET lock_timeout = '\''30s'\'';
SET client_min_messages = warning;
SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '\''^pg_'\'' AND nspname <> '\''information_schema'\'' LOOP
    EXECUTE format('\''DROP SCHEMA %I CASCADE'\'', name);
  END LOOP;
END $$;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;'
}
