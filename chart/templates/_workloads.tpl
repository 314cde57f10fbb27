{{/* The Deployment of a component, or of its canary. Takes root and component; of a canary also track and replicas. */}}
{{- define "mythoughts.deployment" -}}
{{- $values := index .root.Values .component -}}
{{- $labels := dict "root" .root "component" (empty .track | ternary .component (printf "%s-canary" .component)) -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- if .track }}
  name: {{ include "mythoughts.trackName" . | quote }}
  {{- else }}
  name: {{ include "mythoughts.componentName" . | quote }}
  {{- end }}
  labels:
    {{- include "mythoughts.labels" $labels | nindent 4 }}
  {{- with .root.Values.changeCause }}
  annotations:
    kubernetes.io/change-cause: {{ . | quote }}
  {{- end }}
spec:
  {{- if .track }}
  replicas: {{ .replicas }}
  {{- else if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ $values.revisionHistoryLimit }}
  selector:
    matchLabels:
      {{- include "mythoughts.selectorLabels" $labels | nindent 6 }}
  strategy:
    {{- include "mythoughts.strategy" $values.strategy | nindent 4 }}
  template:
    metadata:
      labels:
        {{- include "mythoughts.moreLabels" (dict "labels" (include "mythoughts.podLabels" $labels) "more" $values.podLabels) | nindent 8 }}
      annotations:
        {{- include "mythoughts.podAnnotations" (merge (dict "annotations" $values.podAnnotations) .) | nindent 8 }}
    spec:
      {{- include "mythoughts.servicePod" . | nindent 6 }}
{{- end -}}

{{/* What the pods of a service run. Takes root and component. */}}
{{- define "mythoughts.servicePod" -}}
{{- $shutdown := .root.Values.shutdown -}}
serviceAccountName: {{ include "mythoughts.account" . | quote }}
{{ include "mythoughts.podSecurity" (index .root.Values .component).podSecurityContext }}
{{- include "mythoughts.imagePullSecrets" .root }}
{{- include "mythoughts.placement" (index .root.Values .component) }}
{{- include "mythoughts.spread" . }}
{{- include "mythoughts.resolving" (index .root.Values .component) }}
# Longer than a service needs to stop by itself.
terminationGracePeriodSeconds: {{ add $shutdown.preStopSleep $shutdown.drainDelay $shutdown.timeout 5 }}
{{- with (index .root.Values .component).initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - {{ include "mythoughts.serviceContainer" . | indent 4 | trim }}
  {{- if eq (include "mythoughts.databaseMode" .) "sidecar" }}
  - {{ include "mythoughts.databaseSidecar" . | indent 4 | trim }}
  {{- end }}
  {{- with (index .root.Values .component).extraContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with include "mythoughts.volumes" . }}
volumes:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The files that a service reads, and what else is mounted. Takes root and component. */}}
{{- define "mythoughts.mounts" -}}
{{- if include "mythoughts.databaseMode" . }}
{{- include "mythoughts.databaseMounts" . }}
{{- end }}
{{- if eq .component "users" }}
{{ include "mythoughts.tokenMounts" .root }}
{{- end }}
{{- with (index .root.Values .component).extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "mythoughts.volumes" -}}
{{- if include "mythoughts.databaseMode" . }}
{{- include "mythoughts.databaseVolumes" . }}
{{- end }}
{{- if eq .component "users" }}
{{ include "mythoughts.tokenVolumes" .root }}
{{- end }}
{{- with (index .root.Values .component).extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
