{{/* Settings of all three services. Takes root and component. */}}
{{- define "mythoughts.settings" -}}
LISTEN: "0.0.0.0:8000"
OPERATIONS_LISTEN: "0.0.0.0:9090"
LOG: {{ .root.Values.log.level | quote }}
LOG_FORMAT: {{ .root.Values.log.format | quote }}
DRAIN_DELAY: {{ .root.Values.shutdown.drainDelay | int | quote }}
SHUTDOWN_TIMEOUT: {{ .root.Values.shutdown.timeout | int | quote }}
{{- end -}}

{{/* Settings of the two backends. */}}
{{- define "mythoughts.backendSettings" -}}
{{- $database := (index .root.Values .component).database -}}
{{ include "mythoughts.settings" . }}
SAMPLE_DATA: {{ .root.Values.sampleData | quote }}
{{ include "mythoughts.databaseSettings" . }}
POSTGRES_POOL: {{ $database.pool | int | quote }}
{{- if eq $database.migrations "job" }}
MIGRATE: "false"
{{- end }}
{{- end -}}

{{/* Where a backend's database is, and who opens it. */}}
{{- define "mythoughts.databaseSettings" -}}
{{- $database := (index .root.Values .component).database -}}
DATABASE_ENGINE: "POSTGRESQL"
POSTGRES_DB: {{ $database.name | quote }}
POSTGRES_USER: {{ $database.user | quote }}
POSTGRES_PASSWORD_FILE: "/run/secrets/database/password"
{{ include "mythoughts.databaseAddress" . }}
{{- end -}}

{{/* The chart's own PostgreSQL speaks TLS where it has a certificate: in the pod it needs none. */}}
{{- define "mythoughts.databaseAddress" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if eq $database.mode "external" -}}
POSTGRES_HOST: {{ include "mythoughts.externalHost" . | quote }}
POSTGRES_PORT: {{ $database.external.port | int | quote }}
POSTGRES_SSLMODE: {{ $database.external.sslMode | quote }}
{{- else if eq $database.mode "cloudnative" -}}
POSTGRES_HOST: {{ printf "%s-rw" (include "mythoughts.clusterName" .) | quote }}
POSTGRES_PORT: "5432"
POSTGRES_SSLMODE: "verify-full"
{{- else -}}
POSTGRES_HOST: {{ eq $database.mode "sidecar" | ternary "127.0.0.1" (include "mythoughts.databaseName" .) | quote }}
POSTGRES_PORT: "5432"
POSTGRES_SSLMODE: {{ include "mythoughts.databaseCa" . | empty | ternary "disable" "verify-full" | quote }}
{{- end }}
{{- if include "mythoughts.databaseCa" . }}
POSTGRES_SSLROOTCERT: "/run/secrets/database-ca/ca.crt"
{{- end }}
{{- end -}}

{{/* The Secret with the authority of the certificate that a database shows, or nothing. */}}
{{- define "mythoughts.databaseCa" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if eq $database.mode "external" -}}
{{- $database.external.caSecret -}}
{{- else if eq $database.mode "cloudnative" -}}
{{- include "mythoughts.clusterName" . -}}-ca
{{- else if eq $database.mode "statefulset" -}}
{{- $database.tlsSecret -}}
{{- end -}}
{{- end -}}

{{- define "mythoughts.jwksUrl" -}}
{{ include "mythoughts.serviceUrl" (dict "root" . "component" "users") }}/.well-known/jwks.json
{{- end -}}

{{- define "mythoughts.thoughts.settings" -}}
{{ include "mythoughts.backendSettings" . }}
JWKS_URL: {{ include "mythoughts.jwksUrl" .root | quote }}
{{- end -}}

{{- define "mythoughts.users.settings" -}}
{{- $users := .root.Values.users -}}
{{ include "mythoughts.backendSettings" . }}
ADMIN_USERNAME: {{ $users.admin.username | quote }}
ADMIN_PASSWORD_FILE: "/run/secrets/admin/password"
JWT_PRIVATE_KEY_FILE: "/run/secrets/jwt/private-key.pem"
{{- if $users.jwt.previousKeysSecret }}
JWT_PREVIOUS_KEYS_DIR: "/run/secrets/jwt-previous"
{{- end }}
TRUSTED_PROXIES: {{ join "," $users.trustedProxies | quote }}
{{- end -}}

{{- define "mythoughts.frontend.settings" -}}
{{- $frontend := .root.Values.frontend -}}
{{ include "mythoughts.settings" . }}
THOUGHTS_BACKEND_URL: {{ include "mythoughts.serviceUrl" (dict "root" .root "component" "thoughts") | quote }}
USER_BACKEND_URL: {{ include "mythoughts.serviceUrl" (dict "root" .root "component" "users") | quote }}
JWKS_URL: {{ include "mythoughts.jwksUrl" .root | quote }}
ALLOWED_HOSTS: {{ join "," $frontend.allowedHosts | quote }}
TRUSTED_PROXIES: {{ join "," $frontend.trustedProxies | quote }}
# While pods are replaced, the others serve those who are logged in.
KEYS_WAIT: "30"
COOKIE_SECURE: {{ $frontend.cookieSecure | quote }}
{{- end -}}
