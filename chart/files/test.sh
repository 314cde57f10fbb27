# What the pod of `helm test` runs: the administrator logs in, posts, reads and deletes, so that nothing stays.
# It speaks HTTP through bash itself: the images of the services hold no client.
set -euo pipefail
export LC_ALL=C

# request SERVICE PORT METHOD PATH [HEADER] [BODY]: sets status and body; $host is the host that is asked for, unless the Service's name is
request() {
  local header=${5:-} content=${6:-} reply
  exec 3<>"/dev/tcp/$1/$2"
  {
    printf '%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n' "$3" "$4" "${host:-$1}"
    [ -z "$header" ] || printf '%s\r\n' "$header"
    printf 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s' "${#content}" "$content"
  } >&3
  reply=$(timeout 30 cat <&3 | tr -d '\0')
  exec 3>&-
  status=${reply#* } status=${status%%[!0-9]*}
  body=${reply#*$'\r\n\r\n'}
}

# expect STATUS WHAT [TEXT]: the last reply had this status, and its body this text
expect() {
  if [ "$status" != "$1" ] || [[ $body != *"${3:-}"* ]]; then
    echo "FAILED: $2: wanted ${1}${3:+ with $3}, got ${status:-no answer}: ${body:0:300}" >&2
    exit 1
  fi
  echo "ok: $2"
}

# encode TEXT: for a form
encode() {
  local i character
  for ((i = 0; i < ${#1}; i++)); do
    character=${1:i:1}
    case $character in
      [a-zA-Z0-9._-]) printf '%s' "$character" ;;
      *) printf '%%%02X' "$(($(printf '%d' "'$character") & 255))" ;;
    esac
  done
}

host="$HOST_HEADER" request "$FRONTEND" "$FRONTEND_PORT" GET /login/
expect 200 "the frontend shows its login page" "MyThoughts"

password=$(<"$ADMIN_PASSWORD_FILE")
request "$USERS" "$USERS_PORT" POST /api/login/ "" "username=$(encode "$ADMIN_USERNAME")&password=$(encode "$password")"
expect 200 "$ADMIN_USERNAME logs in" '"Authorized"'
[[ $body =~ \"Authorized\":[[:space:]]*\"(Bearer [^\"]+)\" ]]
bearer="Authorization: ${BASH_REMATCH[1]}"

text="helm test $RANDOM$RANDOM"
request "$THOUGHTS" "$THOUGHTS_PORT" POST /api/me/thoughts/ "$bearer" "text=$(encode "$text")"
expect 201 "a thought is posted" "$text"
[[ $body =~ \"id\":[[:space:]]*([0-9]+) ]]
id=${BASH_REMATCH[1]}

request "$THOUGHTS" "$THOUGHTS_PORT" GET "/api/thoughts/$id/"
expect 200 "everybody reads it" "$text"
request "$THOUGHTS" "$THOUGHTS_PORT" DELETE "/admin/thoughts/$id/" "$bearer"
expect 204 "the administrator deletes it"
request "$THOUGHTS" "$THOUGHTS_PORT" GET "/api/thoughts/$id/"
expect 404 "it is gone"
