{{/* How the release's objects begin: a release may be called 1.0, a Service begins with a letter and has no dots.
With the longest end, "-thoughts-database", 52 characters: more are too long for a StatefulSet. */}}
{{- define "mythoughts.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $fullname := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- $whole := .Values.fullnameOverride | default $fullname | replace "." "-" -}}
{{- regexReplaceAll "^([0-9])" $whole "r${1}" | trunc 34 | trimSuffix "-" -}}
{{- end -}}

{{/* Name of a component's objects. Takes root and component. */}}
{{- define "mythoughts.componentName" -}}
{{- $values := index .root.Values .component -}}
{{- $values.fullnameOverride | default (printf "%s-%s" (include "mythoughts.fullname" .root) .component) -}}
{{- end -}}

{{- define "mythoughts.serviceName" -}}
{{- $values := index .root.Values .component -}}
{{- $values.service.nameOverride | default (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* Where the other services reach a component. */}}
{{- define "mythoughts.serviceUrl" -}}
{{- $values := index .root.Values .component -}}
{{- printf "http://%s:%d" (include "mythoughts.serviceName" .) (int $values.service.port) -}}
{{- end -}}

{{- define "mythoughts.databaseName" -}}
{{- printf "%s-database" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* What a pod is selected by: nothing that changes with a version, which would roll it or lose it. */}}
{{- define "mythoughts.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Values.nameOverride | default .root.Chart.Name | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component | quote }}
{{- end -}}

{{- define "mythoughts.labels" -}}
{{ include "mythoughts.selectorLabels" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name (.root.Chart.Version | replace "+" "_") | quote }}
{{- end -}}

{{/* Takes registry, repository, tag and digest. */}}
{{- define "mythoughts.imageReference" -}}
{{- with .registry }}{{ . }}/{{ end }}{{ .repository }}
{{- if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
{{- end -}}

{{/* The image of one of the three services. */}}
{{- define "mythoughts.componentImage" -}}
{{- $image := (index .root.Values .component).image -}}
{{- $tag := $image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- include "mythoughts.imageReference" (dict "registry" .root.Values.image.registry "repository" $image.repository "tag" $tag "digest" $image.digest) -}}
{{- end -}}
