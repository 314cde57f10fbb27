{{/* Where pods run. Takes the values of a component or of a database. */}}
{{- define "mythoughts.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* Where, and as whom, the pods of jobs run: as those of their component. Its affinity to other pods is about its own, and would
keep jobs away from them. Takes root and component. */}}
{{- define "mythoughts.jobPlacement" -}}
{{- $values := index .root.Values .component -}}
serviceAccountName: {{ include "mythoughts.account" . | quote }}
{{- include "mythoughts.placement" (set (omit $values "affinity") "affinity" (pick $values.affinity "nodeAffinity")) }}
{{- include "mythoughts.resolving" $values }}
{{- end -}}

{{/* How pods find names. Takes the values of a component. */}}
{{- define "mythoughts.resolving" -}}
{{- with .dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* How a component's own pods spread. Takes root and component. */}}
{{- define "mythoughts.spread" -}}
{{- $labels := dict "root" .root "component" (empty .track | ternary .component (printf "%s-canary" .component)) }}
{{- with (index .root.Values .component).topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range . }}{{/* LCOV_EXCL_BR_LINE: there is one at least */}}
  - labelSelector:
      matchLabels:
        {{- include "mythoughts.selectorLabels" $labels | nindent 8 }}
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Refuses two constraints that Kubernetes takes for one. Takes root and component. */}}
{{- define "mythoughts.checkSpread" -}}
{{- $constraints := list -}}
{{- range (index .root.Values .component).topologySpreadConstraints -}}
{{- $constraints = append $constraints (printf "%s %s" .topologyKey .whenUnsatisfiable) -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" (printf "topologySpreadConstraints of %s" .component) "names" $constraints) -}}
{{- end -}}

{{/* How many pods a component has at least. */}}
{{- define "mythoughts.leastReplicas" -}}
{{- $values := index .root.Values .component -}}
{{- $values.autoscaling.enabled | ternary $values.autoscaling.minReplicas $values.replicas | int -}}
{{- end -}}

{{/* Evictions go on, one after the other: a pod that is not ready anyway holds nothing up. */}}
{{- define "mythoughts.podDisruptionBudget" -}}
{{- $budget := (index .root.Values .component).podDisruptionBudget -}}
{{- if and $budget.enabled (gt (include "mythoughts.leastReplicas" . | int) 1) -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "mythoughts.componentName" . | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ $budget.maxUnavailable | toJson }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "mythoughts.selectorLabels" . | nindent 6 }}
{{- end -}}
{{- end -}}
