# What the pod of a restore runs: a file of a backup into the database, all of it or nothing. A database with rows is
# left as it is, unless OVERWRITE is yes. Services may run: they wait, and then see what was restored.
shopt -s nullglob
files=("$COMPONENT"-*.dump)
[ ${#files[@]} -gt 0 ] || { echo "there is no backup on the volume" >&2; exit 1; }
file=${FILE:-${files[-1]}}
[ -f "$file" ] || { printf '%s is not on the volume; there are:\n%s\n' "$file" "$(printf '%s\n' "${files[@]}")" >&2; exit 1; }
pg_restore --list "$file" >/dev/null

# The lock that services migrate under, and no writer beside.
lock() {
  echo "BEGIN;"
  echo "SELECT pg_advisory_xact_lock(8388076856014304371);"
  cat <<'SQL'
DO $do$
DECLARE
  one regclass;
BEGIN
  FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', one);
  END LOOP;
END $do$;
SQL
}

refuse_rows() {
  cat <<'SQL'
DO $do$
DECLARE
  one regclass;
  has_rows bool;
BEGIN
  FOR one IN
    SELECT oid FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '__diesel_schema_migrations'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO has_rows;
    IF has_rows THEN
      RAISE EXCEPTION 'the table % has rows. Nothing was changed; to lose them, set OVERWRITE=yes', one;
    END IF;
  END LOOP;
END $do$;
SQL
}

# Tables of later migrations go as well: the restored schema does not know them.
empty() { echo "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"; }

# Without its COMMIT, all of it is undone.
{
  lock
  [ "${OVERWRITE:-}" = yes ] || refuse_rows
  empty
  pg_restore --no-owner --no-privileges --file=- "$file"
  echo "COMMIT;"
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --output=/dev/null

echo "restored $file"
