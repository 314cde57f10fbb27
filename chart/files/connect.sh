# With which a backup and a restore begin: the folder of the files, and a database that answers and lets us in.
set -euo pipefail

PGPASSWORD=$(<"$PASSWORD_FILE")
export PGPASSWORD
cd /backups

# The first moments of a pod may lack DNS, and a database may just start.
for _ in {1..60}; do
  if pg_isready --quiet; then break; fi
  sleep 1
done

