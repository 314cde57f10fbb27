{{/* The Job that applies a backend's migrations, where pods do not. Before an upgrade it is a hook, so that a migration that
fails changes nothing else; where the database, or what leads to it, comes with the release, as in a first install, it runs
beside the pods, which wait. Takes root and component. */}}
{{- define "mythoughts.migrateJob" -}}
{{- $database := (index .root.Values .component).database -}}
{{- if eq $database.migrations "job" -}}
{{- if eq $database.mode "sidecar" -}}
{{- fail (printf "%s.database.migrations is job, but with database.mode sidecar only the pod reaches its database. Use start" .component) -}}
{{- end -}}
{{- $labels := dict "root" .root "component" (printf "%s-job" .component) -}}
{{- $settings := include "mythoughts.migrateSettings" . | fromYaml -}}
{{- $image := include "mythoughts.componentImage" . -}}
{{/* A Job cannot be changed: for another image or other settings there is another. */}}
{{- $version := merge (dict "image" $image) $settings | toJson | sha256sum | trunc 8 -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ printf "%s-migrate-%s" (include "mythoughts.componentName" .) $version | quote }}
  labels:
    {{- include "mythoughts.labels" $labels | nindent 4 }}
  annotations:
    {{- include "mythoughts.replaceable" . | nindent 4 }}
  {{- with and (include "mythoughts.isDatabaseHere" .) (.root.Release.IsUpgrade | ternary "pre-upgrade" "") }}{{/* LCOV_EXCL_BR_LINE: cases are installations */}}
    helm.sh/hook: {{ . }}{{/* LCOV_EXCL_LINE */}}
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded{{/* LCOV_EXCL_LINE */}}
  {{- end }}
spec:
  backoffLimit: 3
  # The time of the longest migration, and of a database that comes up.
  activeDeadlineSeconds: 1800
  template:
    metadata:
      labels:
        {{- include "mythoughts.podLabels" $labels | nindent 8 }}
    spec:
      {{- include "mythoughts.jobPlacement" . | nindent 6 }}
      {{- include "mythoughts.podSecurity" (index .root.Values .component).podSecurityContext | nindent 6 }}
      {{- include "mythoughts.imagePullSecrets" .root | indent 6 }}
      restartPolicy: Never
      containers:
        - name: migrate
          image: {{ $image | quote }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
          securityContext:
            {{- include "mythoughts.containerSecurity" . | nindent 12 }}
          args:
            - migrate
          env:
            {{- range $name, $value := $settings }}{{/* LCOV_EXCL_BR_LINE: there are some */}}
            - name: {{ $name | quote }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml (index .root.Values .component).resources | nindent 12 }}
          volumeMounts:
            {{- include "mythoughts.databaseMounts" . | nindent 12 }}
      volumes:
        {{- include "mythoughts.databaseVolumes" . | nindent 8 }}
{{- end -}}
{{- end -}}

{{/* Whether the cluster has what the Job needs: the Secrets, the account, and the database: "true", or nothing. */}}
{{- define "mythoughts.isDatabaseHere" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $namespace := .root.Release.Namespace -}}
{{- $set := lookup "apps/v1" "StatefulSet" $namespace (include "mythoughts.databaseName" .) -}}
{{- $needs := list (lookup "v1" "ServiceAccount" $namespace (include "mythoughts.account" .)) -}}
{{- range include "mythoughts.databaseVolumes" . | fromYamlArray -}}{{/* LCOV_EXCL_BR_LINE: there is one at least */ -}}
{{- $needs = append $needs (lookup "v1" "Secret" $namespace .secret.secretName) -}}
{{- end -}}
{{- if eq $database.mode "statefulset" -}}
{{- $needs = append $needs $set -}}
{{- else if or (eq $database.mode "cloudnative") $database.external.service.enabled -}}
{{- $host := (include "mythoughts.databaseAddress" . | fromYaml).POSTGRES_HOST -}}
{{/* A Service of that name may still lead to the set. */}}
{{- $needs = append (append $needs (empty $set)) (lookup "v1" "Service" $namespace $host) -}}
{{- end -}}
{{- compact $needs | len | eq (len $needs) | ternary "true" "" -}}
{{- end -}}

{{/* A Job cannot be changed: who applies what is rendered makes it anew. Helm has other ways. */}}
{{- define "mythoughts.replaceable" -}}
argocd.argoproj.io/sync-options: Force=true,Replace=true
{{- end -}}

{{/* Given in the Job itself: before an upgrade the ConfigMap is still the old one. */}}
{{- define "mythoughts.migrateSettings" -}}
{{- $database := (index .root.Values .component).database -}}
LOG: {{ .root.Values.log.level | quote }}
LOG_FORMAT: {{ .root.Values.log.format | quote }}
{{ include "mythoughts.databaseSettings" . }}
{{- end -}}
