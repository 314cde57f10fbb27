{{/* A component's route of the Gateway API, where it has one. Takes root and component. */}}
{{- define "mythoughts.httpRoute" -}}
{{- $route := (index .root.Values .component).httpRoute -}}
{{- if $route.enabled -}}
{{- if not $route.parentRefs -}}
{{- fail (printf "%s.httpRoute.parentRefs is missing: a route hangs on a Gateway" .component) -}}
{{- end -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ include "mythoughts.componentName" . | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
  {{- with $route.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  parentRefs:
    {{- toYaml $route.parentRefs | nindent 4 }}
  {{- with $route.hostnames }}
  hostnames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    - matches:
        {{- range $route.paths }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
        - path:
            type: PathPrefix
            value: {{ . | quote }}
        {{- end }}
      backendRefs:
        {{- include "mythoughts.backendRefs" . | nindent 8 }}
{{- end -}}
{{- end -}}

{{/* Where a route leads: to the component's Service, or by weight to those of its stable pods and of its canary. */}}
{{- define "mythoughts.backendRefs" -}}
{{- $values := index .root.Values .component -}}
{{- if $values.canary.enabled -}}
- name: {{ include "mythoughts.trackName" (merge (dict "track" "stable") .) | quote }}
  port: {{ $values.service.port }}
  weight: {{ sub 100 $values.canary.weight }}
- name: {{ include "mythoughts.trackName" (merge (dict "track" "canary") .) | quote }}
  port: {{ $values.service.port }}
  weight: {{ $values.canary.weight }}
{{- else -}}
- name: {{ include "mythoughts.serviceName" . | quote }}
  port: {{ include "mythoughts.servicePort" . }}
{{- end -}}
{{- end -}}

{{/* What a route serves of which Gateways, as JSON. Takes root and component. */}}
{{- define "mythoughts.routedPaths" -}}
{{- $route := (index .root.Values .component).httpRoute -}}
{{- $paths := list -}}
{{- range $parent := $route.enabled | ternary $route.parentRefs list -}}
{{- $gateway := list ($parent.namespace | default $.root.Release.Namespace) $parent.name $parent.sectionName | compact | join "/" -}}
{{- range $host := $route.hostnames | default (list "*") -}}{{/* LCOV_EXCL_BR_LINE: there is one at least */ -}}
{{- range $route.paths -}}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */ -}}
{{- $paths = append $paths (printf "%s %s%s" $gateway $host (include "mythoughts.prefix" .)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $paths -}}
{{- end -}}
