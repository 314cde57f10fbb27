{{/* A component's HorizontalPodAutoscaler. Takes root and component. */}}
{{- define "mythoughts.horizontalPodAutoscaler" -}}
{{- $values := index .root.Values .component -}}
{{- $autoscaling := $values.autoscaling -}}
{{- if $autoscaling.enabled -}}
{{- include "mythoughts.checkAutoscaling" . -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "mythoughts.componentName" . | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "mythoughts.componentName" . | quote }}
  minReplicas: {{ $autoscaling.minReplicas | int }}
  maxReplicas: {{ $autoscaling.maxReplicas | int }}
  metrics:
    {{- range $resource, $percent := include "mythoughts.targets" $autoscaling | fromYaml }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
    # Of the service alone: other containers of the pod have loads of their own.
    - type: ContainerResource
      containerResource:
        name: {{ $resource | quote }}
        container: {{ $values.containerName | quote }}
        target:
          type: Utilization
          averageUtilization: {{ $percent | int }}
    {{- end }}
  {{- with $autoscaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{/* What is looked at, with its percent. Takes the values of autoscaling. */}}
{{- define "mythoughts.targets" -}}
{{- with .targetCPUUtilizationPercentage }}
cpu: {{ . | int }}
{{- end }}
{{- with .targetMemoryUtilizationPercentage }}
memory: {{ . | int }}
{{- end }}
{{- end -}}

{{/* Refuses what fits the schema and would not scale. */}}
{{- define "mythoughts.checkAutoscaling" -}}
{{- $values := index .root.Values .component -}}
{{- $autoscaling := $values.autoscaling -}}
{{- if eq (include "mythoughts.databaseMode" .) "sidecar" -}}
{{- fail (printf "%s.autoscaling is on, but must be off with database.mode sidecar: each pod would have a database of its own. Use statefulset or external" .component) -}}
{{- end -}}
{{- if gt (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas is %d, more than maxReplicas, which is %d" .component (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas)) -}}
{{- end -}}
{{- range $resource, $_ := include "mythoughts.targets" $autoscaling | fromYaml -}}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */ -}}
{{- $request := dig "requests" $resource "" $values.resources | toString | default "0" -}}
{{- if not (include "mythoughts.units" (dict "resource" $resource "quantity" $request) | float64) -}}
{{- fail (printf "%s.autoscaling looks at %s, of which %s.resources.requests says nothing: the percentage is of it" $.component $resource $.component) -}}
{{- end -}}
{{- end -}}
{{- end -}}
