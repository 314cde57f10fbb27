{{/* Whether what is in a backend's database outlives the release. Takes root and component. */}}
{{- define "mythoughts.outlives" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if eq $database.mode "statefulset" -}}
{{- eq $database.persistence.whenDeleted "Retain" | ternary "yes" "" -}}
{{- else if ne $database.mode "sidecar" -}}
yes
{{- end -}}
{{- end -}}

{{/* User 999 of the image of PostgreSQL. */}}
{{- define "mythoughts.postgresqlUser" -}}999{{- end -}}

{{/* Where the database of a component runs; empty: it has none. Takes root and component. */}}
{{- define "mythoughts.databaseMode" -}}
{{- if ne .component "frontend" -}}
{{- (index .root.Values .component).database.mode -}}
{{- end -}}
{{- end -}}

{{/* A container of PostgreSQL, the same in a backend's pod and in a StatefulSet. Takes root and component. */}}
{{- define "mythoughts.databaseContainer" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $ready := list "pg_isready" "-h" "127.0.0.1" "-U" $database.user "-d" $database.name -}}
name: {{ $database.containerName | quote }}
image: {{ include "mythoughts.imageReference" .root.Values.postgresql.image | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
securityContext:
  runAsUser: {{ include "mythoughts.postgresqlUser" . }}
  runAsGroup: {{ include "mythoughts.postgresqlUser" . }}
  {{- include "mythoughts.containerSecurity" . | nindent 2 }}
{{- with include "mythoughts.serverSettings" $database }}
args:
  - postgres
  {{- . | nindent 2 }}
{{- end }}
env:
  - name: POSTGRES_DB
    value: {{ $database.name | quote }}
  - name: POSTGRES_USER
    value: {{ $database.user | quote }}
  - name: POSTGRES_PASSWORD_FILE
    value: "/run/secrets/database/password"
  # Below the mount: PostgreSQL must own its folder, and a fresh volume may hold lost+found.
  - name: PGDATA
    value: "/var/lib/postgresql/data/pgdata"
ports:
  - name: postgresql
    containerPort: 5432
# The time of a recovery after a crash.
startupProbe:
  exec:
    command: {{ toJson $ready }}
  periodSeconds: 1
  timeoutSeconds: 5
  failureThreshold: 300
# By TCP: while the image still initialises, it answers on its socket alone.
readinessProbe:
  exec:
    command: {{ toJson $ready }}
  periodSeconds: 5
  timeoutSeconds: 5
livenessProbe:
  exec:
    command: {{ toJson $ready }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
resources:
  {{- toYaml $database.resources | nindent 2 }}
volumeMounts:
  - name: database-data
    mountPath: /var/lib/postgresql/data
  - name: database-run
    mountPath: /var/run/postgresql
  - name: database-tmp
    mountPath: /tmp
  - name: database-memory
    mountPath: /dev/shm
  - name: database
    mountPath: /run/secrets/database
    readOnly: true
  {{- if and (eq $database.mode "statefulset") $database.tlsSecret }}
  - name: database-tls
    mountPath: /run/secrets/database-tls
    readOnly: true
  {{- end }}
{{- end -}}

{{/* What a server is told: that it shows a certificate, and what is given. Takes the values of a database. */}}
{{- define "mythoughts.serverSettings" -}}
{{- $settings := .parameters -}}
{{- if and (eq .mode "statefulset") .tlsSecret -}}
{{- $folder := "/run/secrets/database-tls" -}}
{{- $settings = merge (dict "ssl" "on" "ssl_cert_file" (printf "%s/tls.crt" $folder) "ssl_key_file" (printf "%s/tls.key" $folder)) $settings -}}
{{- end -}}
{{- range $name, $value := $settings }}
- -c
# Kubernetes replaces $(NAME); $$ stands for a $.
- {{ printf "%s=%s" $name ($value | replace "$" "$$") | quote }}
{{- end }}
{{- end -}}

{{/* The second container of a backend's pod; it stops after the service, which drains first. */}}
{{- define "mythoughts.databaseSidecar" -}}
{{- $replicas := (index .root.Values .component).replicas | int -}}
{{- if gt $replicas 1 -}}
{{- fail (printf "%s.replicas is %d, but must be 1 with database.mode sidecar: each pod would have a database of its own, and answers would depend on the pod that is asked. Use statefulset or external for more" .component $replicas) -}}
{{- end -}}
{{ include "mythoughts.databaseContainer" . }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ add .root.Values.shutdown.preStopSleep .root.Values.shutdown.drainDelay 1 }}
{{- end -}}

{{/* Where a backend finds what it needs for its database. */}}
{{- define "mythoughts.databaseMounts" -}}
- name: database
  mountPath: /run/secrets/database
  readOnly: true
{{- if include "mythoughts.databaseCa" . }}
- name: database-ca
  mountPath: /run/secrets/database-ca
  readOnly: true
{{- end }}
{{- end -}}

{{- define "mythoughts.databaseVolumes" -}}
{{- $database := (index .root.Values .component).database -}}
- {{ include "mythoughts.secretVolume" (dict "name" "database" "secret" (include "mythoughts.databaseSecret" .)) | indent 2 | trim }}
{{- with include "mythoughts.databaseCa" . }}
- {{ include "mythoughts.secretVolume" (dict "name" "database-ca" "secret" . "file" "ca.crt") | indent 2 | trim }}
{{- end }}
{{- if eq $database.mode "sidecar" }}
- name: database-data
  emptyDir: {}
{{ include "mythoughts.databaseScratch" . }}
{{- end }}
{{- end -}}

{{/* What PostgreSQL writes beside its data, on a read-only root. */}}
{{- define "mythoughts.databaseScratch" -}}
- name: database-run
  emptyDir: {}
- name: database-tmp
  emptyDir: {}
# What parallel queries share; a container's own has 64 MiB. It is of the container's memory, so that this is its bound.
- name: database-memory
  emptyDir:
    medium: Memory
{{- end -}}

{{/* 288 is 0440: for the group that fsGroup gives. Takes name, secret, and file where it is one of several. */}}
{{- define "mythoughts.secretVolume" -}}
name: {{ .name | quote }}
secret:
  secretName: {{ .secret | quote }}
  defaultMode: 288
  {{- with .file }}
  items:
    - key: {{ . | quote }}
      path: {{ . | quote }}
  {{- end }}
{{- end -}}
