{{/* Which ways are open to pods: all others are closed. Takes root, component, name, and the rules as YAML: ingress, egress; and
pods, what they are selected by, where they are not the component's. */}}
{{- define "mythoughts.networkPolicy" -}}
{{- if .root.Values.networkPolicies.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .name | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
spec:
  podSelector:
    {{- .pods | default (include "mythoughts.policyPods" .) | nindent 4 }}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    {{- .ingress | nindent 4 }}
  egress:
    {{- .egress | nindent 4 }}
{{- end -}}
{{- end -}}

{{/* The policy of one of the three services. Takes root, component, callers and calls: components that call it, and that it calls. */}}
{{- define "mythoughts.componentPolicy" -}}
{{- $ways := dict "name" (include "mythoughts.componentName" .) "ingress" (include "mythoughts.waysIn" .) "egress" (include "mythoughts.waysOut" .) -}}
{{- include "mythoughts.networkPolicy" (merge $ways .) -}}
{{- end -}}

{{- define "mythoughts.waysIn" -}}
{{- $policy := (index .root.Values .component).networkPolicy -}}
- from:
    {{- include "mythoughts.peers" (dict "root" .root "components" .callers) | trim | nindent 4 }}
  ports:
    {{- include "mythoughts.openPorts" . | nindent 4 }}
{{- if or $policy.from (include "mythoughts.isOutside" .) (include "mythoughts.isRouted" .) }}
- ports:
    {{- include "mythoughts.outerPorts" . | nindent 4 }}
  {{- with $policy.from }}
  from:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- with .root.Values.networkPolicies.metrics.from }}
- ports:
    - port: 9090
  from:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- with $policy.extraIngress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The pods' ports that the Service of a component leads to. */}}
{{- define "mythoughts.openPorts" -}}
- port: 8000
{{- range (index .root.Values .component).service.extraPorts }}
- port: {{ .targetPort }}
{{- end }}
{{- end -}}

{{/* Those that people come to: an Ingress and a route lead to the first alone. */}}
{{- define "mythoughts.outerPorts" -}}
{{- if and (include "mythoughts.isRouted" .) (not (include "mythoughts.isOutside" .)) -}}
- port: 8000
{{- else -}}
{{- include "mythoughts.openPorts" . -}}
{{- end -}}
{{- end -}}

{{- define "mythoughts.waysOut" -}}
{{- include "mythoughts.dnsWay" .root }}
{{- with .calls }}
- to:
    {{- include "mythoughts.peers" (dict "root" $.root "components" .) | trim | nindent 4 }}
  ports:
    - port: 8000
{{- end }}
{{- if include "mythoughts.databaseMode" . }}
{{- include "mythoughts.databaseWay" . }}
{{- end }}
{{- with (index .root.Values .component).networkPolicy.extraEgress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* To the database of a backend, unless it is in the same pod. */}}
{{- define "mythoughts.databaseWay" -}}
{{- $database := (index .root.Values .component).database }}
{{- if eq $database.mode "statefulset" }}
- to:
    {{- include "mythoughts.peers" (dict "root" .root "components" (list (printf "%s-database" .component))) | trim | nindent 4 }}
  ports:
    - port: 5432
{{- else if eq $database.mode "cloudnative" }}
- to:
    - podSelector:
        {{- include "mythoughts.clusterPods" . | nindent 8 }}
  ports:
    - port: 5432
{{- else if eq $database.mode "external" }}
- ports:
    - port: {{ $database.external.port }}
  {{- with include "mythoughts.serverNetworks" $database.external }}
  to:
    {{- . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Where a server elsewhere is: at its addresses, where they are known. */}}
{{- define "mythoughts.serverNetworks" -}}
{{- $networks := list -}}
{{- if .service.enabled -}}
{{- range .service.addresses -}}
{{- $networks = append $networks (printf "%s/%d" . (contains ":" . | ternary 128 32)) -}}
{{- end -}}
{{- end -}}
{{- $peers := list -}}
{{- range $networks | default .cidrs -}}
{{- $peers = append $peers (dict "ipBlock" (dict "cidr" .)) -}}
{{- end -}}
{{- with $peers -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}

{{- define "mythoughts.dnsWay" -}}
{{- $dns := .Values.networkPolicies.dns -}}
- ports:
    {{- range $dns.ports }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
    - port: {{ . }}
      protocol: UDP
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with $dns.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Pods of the release. Takes root and components. */}}
{{- define "mythoughts.peers" -}}
{{- range $component := .components }}{{/* LCOV_EXCL_BR_LINE: each has a caller */}}
- podSelector:
    {{- include "mythoughts.policyPods" (dict "root" $.root "component" $component) | nindent 4 }}
{{- end }}
{{- end -}}

{{/* Whether people reach the Service itself from outside of the cluster: "true", or nothing. */}}
{{- define "mythoughts.isOutside" -}}
{{- $service := (index .root.Values .component).service -}}
{{- if or (ne $service.type "ClusterIP") $service.externalIPs -}}true{{- end -}}
{{- end -}}

{{/* Whether an Ingress or a route leads to it: "true", or nothing. */}}
{{- define "mythoughts.isRouted" -}}
{{- $values := index .root.Values .component -}}
{{- if or $values.ingress.enabled $values.httpRoute.enabled -}}true{{- end -}}
{{- end -}}

{{/* A database answers its backend and the jobs beside it, and asks nobody. Takes root and the backend's component. */}}
{{- define "mythoughts.databasePolicy" -}}
{{- $way := printf "- from:\n    %s\n  ports:\n    - port: 5432" (include "mythoughts.peers" (dict "root" .root "components" (list .component (printf "%s-job" .component))) | indent 4 | trim) -}}
{{- include "mythoughts.networkPolicy" (dict "root" .root "component" (printf "%s-database" .component) "name" (include "mythoughts.databaseName" .) "ingress" $way "egress" "[]") -}}
{{- end -}}

{{/* Backups and their like ask a backend's database. Before the first of them, so that one which an upgrade begins with is let in. */}}
{{- define "mythoughts.jobPolicy" -}}
{{- $ways := printf "%s\n%s" (include "mythoughts.dnsWay" .root) (include "mythoughts.databaseWay" . | trim) -}}
{{- include "mythoughts.networkPolicy" (dict "root" .root "component" (printf "%s-job" .component) "name" (printf "%s-job" (include "mythoughts.componentName" .)) "ingress" "[]" "egress" $ways) -}}
{{- end -}}

{{/* The pod of `helm test` calls all three services. */}}
{{- define "mythoughts.testPolicy" -}}
{{- include "mythoughts.networkPolicy" (dict "root" . "component" "test" "name" (include "mythoughts.testName" .) "ingress" "[]" "egress" (include "mythoughts.testWays" .)) -}}
{{- end -}}

{{- define "mythoughts.testWays" -}}
{{- include "mythoughts.dnsWay" . }}
- to:
    {{- include "mythoughts.peers" (dict "root" . "components" (list "thoughts" "users" "frontend")) | trim | nindent 4 }}
  ports:
    - port: 8000
{{- end -}}
