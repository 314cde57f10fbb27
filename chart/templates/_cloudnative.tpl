{{/* Name of a backend's Cluster, to which the operator adds ends such as -rw; it may have 50 characters. Takes root and component. */}}
{{- define "mythoughts.clusterName" -}}
{{- printf "%s-db" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* A Cluster of CloudNativePG. The operator makes its Services, certificates and, unless one is named, the user's Secret. */}}
{{- define "mythoughts.cluster" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if $database.password -}}
{{- fail (printf "%s.database.password is given, but with database.mode cloudnative the operator makes the password. Leave it out, or name a Secret with username and password as %s.database.existingSecret" .component .component) -}}
{{- end -}}
{{- if $database.backup.enabled -}}
{{- fail (printf "%s.database.backup.enabled is true, but with database.mode cloudnative backups are the operator's: see its objects Backup and ScheduledBackup" .component) -}}
{{- end -}}
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: {{ include "mythoughts.clusterName" . | quote }}
  labels:
    {{- include "mythoughts.labels" (dict "root" .root "component" (printf "%s-database" .component)) | nindent 4 }}
  annotations:
    # Its volumes go with it, and data outlive the release.
    helm.sh/resource-policy: keep
spec:
  instances: {{ $database.cloudnative.instances }}
  {{- with $database.cloudnative.image }}
  imageName: {{ . | quote }}
  {{- end }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
  {{- include "mythoughts.imagePullSecrets" .root | indent 2 }}
  bootstrap:
    initdb:
      database: {{ $database.name | quote }}
      owner: {{ $database.user | quote }}
      {{- with $database.existingSecret }}
      secret:
        name: {{ . | quote }}
      {{- end }}
  {{- with $database.parameters }}
  postgresql:
    parameters:
      {{- toYaml . | nindent 6 }}
  {{- end }}
  storage:
    size: {{ include "mythoughts.quantity" $database.persistence.size | quote }}
    {{- with $database.persistence.storageClass }}
    storageClass: {{ . | quote }}
    {{- end }}
  {{- $resources := dict }}
  {{- range $what, $amounts := $database.resources }}
  {{- $texts := dict }}
  {{- range $name, $amount := $amounts }}
  {{- $_ := set $texts $name (include "mythoughts.quantity" $amount) }}
  {{- end }}
  {{- $_ := set $resources $what $texts }}
  {{- end }}
  resources:
    {{- toYaml $resources | nindent 4 }}
  monitoring:
    enablePodMonitor: {{ $database.cloudnative.podMonitor }}
  {{- with $database.podAnnotations }}
  inheritedMetadata:
    annotations:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- end -}}

{{/* A text, which the operator's definition wants: numbers have no exponent there. */}}
{{- define "mythoughts.quantity" -}}
{{- kindIs "string" . | ternary . (toJson .) -}}
{{- end -}}
