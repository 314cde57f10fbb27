{{/* Name of a backend's Cluster, to which the operator adds ends such as -rw; it may have 50 characters. Takes root and component. */}}
{{- define "mythoughts.clusterName" -}}
{{- printf "%s-db" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* A Cluster of CloudNativePG. The operator makes its Services, certificates and, unless one is named, the user's Secret. */}}
{{- define "mythoughts.cluster" -}}
{{- $database := (index .root.Values .component).database -}}
{{- include "mythoughts.checkCluster" . -}}
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
  {{- with include "mythoughts.clusterAffinity" $database }}
  affinity:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with $database.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
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

{{/* Where its pods run, in the words of a Cluster. Takes the values of a database. */}}
{{- define "mythoughts.clusterAffinity" -}}
{{- $affinity := dict "nodeSelector" .nodeSelector "tolerations" .tolerations "nodeAffinity" .affinity.nodeAffinity -}}
{{- $_ := set $affinity "additionalPodAffinity" .affinity.podAffinity -}}
{{- $_ := set $affinity "additionalPodAntiAffinity" .affinity.podAntiAffinity -}}
{{- range $key, $given := $affinity }}{{/* LCOV_EXCL_BR_LINE: there are five */}}
{{- if $given }}
{{ $key }}:
  {{- toYaml $given | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Refuses what is said of another database than the operator's, and metrics that nobody reaches. */}}
{{- define "mythoughts.checkCluster" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $external := $database.external -}}
{{- $policies := .root.Values.networkPolicies -}}
{{- if and $policies.enabled $database.cloudnative.podMonitor (not $policies.metrics.from) -}}
{{- fail (printf "networkPolicies.metrics.from is missing: %s.database.cloudnative.podMonitor has Prometheus come to closed ports. Say who it is" .component) -}}
{{- end -}}
{{- $others := dict "tlsSecret" $database.tlsSecret "external.host" $external.host "external.caSecret" $external.caSecret "external.cidrs" $external.cidrs "external.service.enabled" $external.service.enabled -}}
{{- range $key, $given := $others -}}{{/* LCOV_EXCL_BR_LINE: there are five */ -}}
{{- if $given -}}
{{- fail (printf "%s.database.%s is given, but with database.mode cloudnative server and certificates are the operator's. Leave it out" $.component $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What its pods are selected by, those of the operator's jobs too. Takes root and component. */}}
{{- define "mythoughts.clusterPods" -}}
matchLabels:
  cnpg.io/cluster: {{ include "mythoughts.clusterName" . | quote }}
{{- end -}}

{{/* Its pods answer the backend, the jobs beside it and each other, and the operator; they ask each other and the API server. */}}
{{- define "mythoughts.clusterPolicy" -}}
{{- $policy := dict "root" .root "component" (printf "%s-database" .component) "name" (include "mythoughts.clusterName" .) -}}
{{- $ways := dict "pods" (include "mythoughts.clusterPods" .) "ingress" (include "mythoughts.clusterWaysIn" .) "egress" (include "mythoughts.clusterWaysOut" .) -}}
{{- include "mythoughts.networkPolicy" (merge $policy $ways) -}}
{{- end -}}

{{/* 8000 tells the state of an instance, 9187 its metrics. */}}
{{- define "mythoughts.clusterWaysIn" -}}
{{- $policies := .root.Values.networkPolicies -}}
{{- $instances := dict "podSelector" (include "mythoughts.clusterPods" . | fromYaml) -}}
- from:
    {{- include "mythoughts.peers" (dict "root" .root "components" (list .component (printf "%s-job" .component))) | trim | nindent 4 }}
  ports:
    - port: 5432
- from:
    {{- prepend $policies.operator.from $instances | toYaml | nindent 4 }}
  ports:
    - port: 5432
    - port: 8000
{{- with $policies.metrics.from }}
- from:
    {{- toYaml . | nindent 4 }}
  ports:
    - port: 9187
{{- end }}
{{- end -}}

{{- define "mythoughts.clusterWaysOut" -}}
{{- $server := .root.Values.networkPolicies.apiServer -}}
{{- include "mythoughts.dnsWay" .root }}
- to:
    - podSelector:
        {{- include "mythoughts.clusterPods" . | nindent 8 }}
  ports:
    - port: 5432
    - port: 8000
- ports:
    {{- range $server.ports }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
    - port: {{ . }}
    {{- end }}
  {{- with $server.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
