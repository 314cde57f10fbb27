{{/* Name of a backend's backups: a CronJob and a claim. Takes root and component. */}}
{{- define "mythoughts.backupName" -}}
{{- printf "%s-backup" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* The claim with the files. */}}
{{- define "mythoughts.backupClaim" -}}
{{- (index .root.Values .component).database.backup.persistence.existingClaim | default (include "mythoughts.backupName" .) -}}
{{- end -}}

{{/* Whether a backend has backups; text, since templates give nothing else. */}}
{{- define "mythoughts.hasBackup" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if $database.backup.enabled -}}
{{- if eq $database.mode "sidecar" -}}
{{- fail (printf "%s.database.backup.enabled is true, but with database.mode sidecar only the pod reaches its database, which ends with it. Use statefulset or external for data that last" .component) -}}
{{- end -}}
true
{{- end -}}
{{- end -}}

{{/* Refuses ranges that Kubernetes would, such as FRI-MON: they end before they begin. Takes root and component. */}}
{{- define "mythoughts.checkSchedule" -}}
{{- $schedule := (index .root.Values .component).database.backup.schedule -}}
{{- range regexFindAll "[0-9A-Za-z]+-[0-9A-Za-z]+" $schedule -1 -}}
{{- $ends := splitList "-" . -}}
{{- if gt (include "mythoughts.cronNumber" (first $ends) | int) (include "mythoughts.cronNumber" (last $ends) | int) -}}
{{- fail (printf "%s.database.backup.schedule has the range %s, which ends before it begins" $.component .) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The number of a month, of a day of the week, or of what is a number already. */}}
{{- define "mythoughts.cronNumber" -}}
{{- $months := dict "jan" 1 "feb" 2 "mar" 3 "apr" 4 "may" 5 "jun" 6 "jul" 7 "aug" 8 "sep" 9 "oct" 10 "nov" 11 "dec" 12 -}}
{{- $days := dict "sun" 0 "mon" 1 "tue" 2 "wed" 3 "thu" 4 "fri" 5 "sat" 6 -}}
{{- get (merge $months $days) (lower .) | default (trimPrefix "0" . | int) -}}
{{- end -}}

{{/* What is run, and with what. Takes root, component and what: backup, restore, or volume. */}}
{{- define "mythoughts.backupJob" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $labels := dict "root" .root "component" (printf "%s-job" .component) -}}
# A restore that was refused would be refused again.
backoffLimit: {{ eq .what "restore" | ternary 0 2 }}
activeDeadlineSeconds: {{ $database.backup.deadlineSeconds }}
template:
  metadata:
    labels:
      {{- include "mythoughts.podLabels" $labels | nindent 6 }}
  spec:
    {{- include "mythoughts.jobPlacement" . | nindent 4 }}
    {{- include "mythoughts.podSecurity" (include "mythoughts.postgresqlUser" . | include "mythoughts.identity" | fromJson) | nindent 4 }}
    {{- include "mythoughts.imagePullSecrets" .root | indent 4 }}
    restartPolicy: Never
    containers:
      - name: {{ .what }}
        image: {{ include "mythoughts.imageReference" .root.Values.postgresql.image | quote }}
        imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
        securityContext:
          {{- include "mythoughts.containerSecurity" . | nindent 10 }}
        command:
          - bash
          - -c
          - {{ include "mythoughts.backupScript" . | toJson }}
        env:
          {{- range $name, $value := include "mythoughts.backupSettings" . | fromYaml }}{{/* LCOV_EXCL_BR_LINE: there are some */}}
          - name: {{ $name | quote }}
            value: {{ $value | quote }}
          {{- end }}
        resources:
          {{- toYaml $database.backup.resources | nindent 10 }}
        volumeMounts:
          - name: backups
            mountPath: /backups
          - name: tmp
            mountPath: /tmp
          {{- include "mythoughts.databaseMounts" . | nindent 10 }}
    volumes:
      - name: backups
        persistentVolumeClaim:
          claimName: {{ include "mythoughts.backupClaim" . | quote }}
      - name: tmp
        emptyDir: {}
      {{- include "mythoughts.databaseVolumes" . | nindent 6 }}
{{- end -}}

{{- define "mythoughts.backupScript" -}}
{{- if ne .what "volume" -}}
{{- .root.Files.Get "files/connect.sh" -}}
{{- end -}}
{{- .root.Files.Get (printf "files/%s.sh" .what) -}}
{{- end -}}

{{/* What PostgreSQL's own programs read, and the scripts. */}}
{{- define "mythoughts.backupSettings" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $address := include "mythoughts.databaseAddress" . | fromYaml -}}
PGHOST: {{ $address.POSTGRES_HOST | quote }}
PGPORT: {{ $address.POSTGRES_PORT | quote }}
PGUSER: {{ $database.user | quote }}
PGDATABASE: {{ $database.name | quote }}
PGSSLMODE: {{ $address.POSTGRES_SSLMODE | quote }}
PASSWORD_FILE: "/run/secrets/database/password"
COMPONENT: {{ .component | quote }}
{{- if $address.POSTGRES_SSLROOTCERT }}
PGSSLROOTCERT: {{ $address.POSTGRES_SSLROOTCERT | quote }}
{{- else if hasPrefix "verify-" $address.POSTGRES_SSLMODE }}
# libpq knows no authorities by itself.
PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt"
{{- end }}
{{- if eq .what "backup" }}
KEEP: {{ int $database.backup.keep | quote }}
{{- else if eq .what "restore" }}
FILE: ""
OVERWRITE: ""
{{- end }}
{{- end -}}
