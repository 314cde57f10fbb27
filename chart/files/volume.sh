# What runs once when backups are turned on: the volume takes a file, and the database lets us in.
set -euo pipefail

PGPASSWORD=$(<"$PASSWORD_FILE")
export PGPASSWORD

file=$(mktemp /backups/.check.XXXXXX)
rm "$file"
echo "the volume can be written"

# At an install it comes up beside this.
until pg_isready --quiet; do sleep 1; done
psql --no-psqlrc --quiet --output=/dev/null --command="SELECT 1"
echo "the database lets us in"
