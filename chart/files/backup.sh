# What the pod of a backup runs: the database into a file of its own on the volume, and the oldest files away.
# A file has its name once it is whole and on the disk, so that whatever has that name can be restored.
umask 077

# What a backup that was killed left behind; others may be writing theirs.
find . -maxdepth 1 -name "$COMPONENT-*.partial" -mmin +60 -delete

file=$COMPONENT-$(date -u +%Y%m%dT%H%M%SZ).dump
pg_dump --format=custom --file="$file.partial"
pg_restore --list "$file.partial" >/dev/null
sync "$file.partial"
mv "$file.partial" "$file"
sync .
echo "wrote $file, $(stat --format=%s "$file") bytes"

shopt -s nullglob
files=("$COMPONENT"-*.dump)
for ((i = 0; i < ${#files[@]} - KEEP; i++)); do
  rm "${files[i]}"
  echo "deleted ${files[i]}"
done
