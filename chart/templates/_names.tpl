{{/* How the release's objects begin: a release may be called 1.0, a Service begins with a letter and has no dots.
With the longest end, "-thoughts-database", 52 characters: more are too long for a StatefulSet. */}}
{{- define "mythoughts.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $fullname := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- $whole := .Values.fullnameOverride | default $fullname | replace "." "-" -}}
{{- regexReplaceAll "^([0-9])" $whole "r${1}" | trunc 34 | regexFind "^.*[^-]" -}}
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
{{- printf "http://%s:%s" (include "mythoughts.serviceName" .) (include "mythoughts.servicePort" .) -}}
{{- end -}}

{{/* Where a component's Service answers: headless, nothing stands between its callers and the pods. */}}
{{- define "mythoughts.servicePort" -}}
{{- $service := (index .root.Values .component).service -}}
{{- $service.headless | ternary 8000 $service.port | int -}}
{{- end -}}

{{- define "mythoughts.databaseName" -}}
{{- printf "%s-database" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* Name of the pod of `helm test`, and of what is its own. */}}
{{- define "mythoughts.testName" -}}
{{- printf "%s-test" (include "mythoughts.fullname" .) -}}
{{- end -}}

{{/* Name of the NetworkPolicy that closes all that the others do not open. */}}
{{- define "mythoughts.closedName" -}}
{{- printf "%s-default-deny" (include "mythoughts.fullname" .) -}}
{{- end -}}

{{/* What a pod is selected by: nothing that changes with a version, which would roll it or lose it. */}}
{{- define "mythoughts.selectorLabels" -}}
{{ include "mythoughts.releaseLabels" .root }}
app.kubernetes.io/component: {{ .component | quote }}
{{- end -}}

{{/* What all pods of the release have. */}}
{{- define "mythoughts.releaseLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* What a pod is labelled with: it may change, so nothing is selected by more than the first three. */}}
{{- define "mythoughts.podLabels" -}}
{{ include "mythoughts.selectorLabels" . }}
{{- with include "mythoughts.tier" . }}
tier: {{ . | quote }}
{{- end }}
{{- if has (trimSuffix "-canary" .component) (list "thoughts" "users" "frontend") }}
service: {{ trimSuffix "-canary" .component | quote }}
{{- end }}
{{- with .root.Values.environment }}
environment: {{ . | quote }}
{{- end }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Labels and others that win. Takes labels as YAML, and more. */}}
{{- define "mythoughts.moreLabels" -}}
{{- $all := .labels | fromYaml -}}
{{- range $name, $value := .more -}}
{{- $_ := set $all $name $value -}}
{{- end -}}
{{- toYaml $all -}}
{{- end -}}

{{/* Where a component stands between people and data; empty: nowhere. */}}
{{- define "mythoughts.tier" -}}
{{- $component := .component | trimSuffix "-canary" | trimSuffix "-stable" -}}
{{- if eq $component "frontend" -}}
frontend
{{- else if has $component (list "thoughts" "users") -}}
backend
{{- else if hasSuffix "-database" .component -}}
database
{{- end -}}
{{- end -}}

{{- define "mythoughts.labels" -}}
{{ include "mythoughts.podLabels" . }}
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

{{/* The image of one of the three services, or of its canary. Takes root, component, and of a canary track. */}}
{{- define "mythoughts.componentImage" -}}
{{- $values := index .root.Values .component -}}
{{- $version := $values.image -}}
{{- if and .track (or $values.canary.image.tag $values.canary.image.digest) -}}
{{- $version = $values.canary.image -}}
{{- end -}}
{{- $repository := printf "%s%s" $values.image.repository ($values.debug | ternary "-debug" "") -}}
{{- $tag := $version.tag | default .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- include "mythoughts.imageReference" (dict "registry" .root.Values.image.registry "repository" $repository "tag" $tag "digest" $version.digest) -}}
{{- end -}}
