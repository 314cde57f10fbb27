{{/* The headless Service by which Prometheus finds a component's pods, and the job that it calls them. Takes root and component. */}}
{{- define "mythoughts.metricsName" -}}
{{- printf "%s-metrics" (include "mythoughts.componentName" .) -}}
{{- end -}}

{{/* Name of the ConfigMap of a dashboard. Takes root and path. */}}
{{- define "mythoughts.dashboardName" -}}
{{- printf "%s-dashboard-%s" (include "mythoughts.fullname" .root) (base .path | trimSuffix ".json") -}}
{{- end -}}

{{/* The series of one component in PromQL. Takes root and component. */}}
{{- define "mythoughts.series" -}}
namespace={{ .root.Release.Namespace | quote }},job={{ include "mythoughts.metricsName" . | quote }}
{{- end -}}

{{/* The series of all three. */}}
{{- define "mythoughts.allSeries" -}}
{{- $jobs := list -}}
{{- range $component := list "thoughts" "users" "frontend" -}}
{{- $jobs = append $jobs (include "mythoughts.metricsName" (dict "root" $ "component" $component)) -}}
{{- end -}}
namespace={{ .Release.Namespace | quote }},job=~{{ join "|" $jobs | quote }}
{{- end -}}

{{/* What Prometheus or Grafana selects it by, which wins, beside the labels of all objects. Takes root and labels. */}}
{{- define "mythoughts.monitoringLabels" -}}
{{- $labels := include "mythoughts.labels" (dict "root" .root "component" "monitoring") -}}
{{- include "mythoughts.moreLabels" (dict "labels" $labels "more" .labels) -}}
{{- end -}}

{{/* An alert with its section in the runbook. Takes root, alert, expr, for, severity, summary and description, and component
where it is of one. */}}
{{- define "mythoughts.alert" -}}
- alert: {{ .alert | quote }}
  expr: {{ .expr | squote }}
  for: {{ .for | quote }}
  labels:
    severity: {{ .severity | quote }}
    # Of what is absent there are no labels.
    namespace: {{ .root.Release.Namespace | quote }}
    {{- with .component }}
    component: {{ . | quote }}
    {{- end }}
  annotations:
    summary: {{ .summary | quote }}
    description: {{ .description | quote }}
    runbook_url: {{ printf "%s#%s" .root.Values.monitoring.prometheusRule.runbookUrl (lower .alert) | quote }}
{{- end -}}

{{/* The seconds of 30s or 2m. */}}
{{- define "mythoughts.seconds" -}}
{{- hasSuffix "m" . | ternary (mul 60 (trimSuffix "m" . | int)) (trimSuffix "s" . | int) -}}
{{- end -}}
