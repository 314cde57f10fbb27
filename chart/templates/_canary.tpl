{{/* The Deployment of a component's canary. Its pods have a label of their own, so that neither Deployment selects the
other's, and the label `service`, by which the Service finds both. Takes root and component. */}}
{{- define "mythoughts.canary" -}}
{{- $values := index .root.Values .component -}}
{{- if $values.canary.enabled -}}
{{- if eq (include "mythoughts.databaseMode" .) "sidecar" -}}
{{- fail (printf "%s.canary is on, but must be off with database.mode sidecar: its pods would have databases of their own. Use statefulset or external" .component) -}}
{{- end -}}
{{- include "mythoughts.deployment" (merge (dict "track" "canary" "replicas" (include "mythoughts.canaryReplicas" .)) .) -}}
{{- end -}}
{{- end -}}

{{/* So many beside the others that the share is no less than the weight. */}}
{{- define "mythoughts.canaryReplicas" -}}
{{- $weight := (index .root.Values .component).canary.weight | int -}}
{{- div (add (mul (include "mythoughts.leastReplicas" .) $weight) (sub 99 $weight)) (sub 100 $weight) -}}
{{- end -}}

{{/* Name of what is the stable pods' or the canary's alone. Takes root, component and track. */}}
{{- define "mythoughts.trackName" -}}
{{- printf "%s-%s" (include "mythoughts.componentName" .) .track -}}
{{- end -}}

{{/* A Service for the stable pods, and one for the canary's: for those that weigh requests themselves, and to look at one. */}}
{{- define "mythoughts.canaryServices" -}}
{{- $values := index .root.Values .component -}}
{{- if $values.canary.enabled -}}
{{- range $track, $pods := dict "canary" (printf "%s-canary" .component) "stable" .component }}{{/* LCOV_EXCL_BR_LINE: there are two */}}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "mythoughts.trackName" (merge (dict "track" $track) $) | quote }}
  labels:
    {{- include "mythoughts.labels" (dict "root" $.root "component" (printf "%s-%s" $.component $track)) | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "mythoughts.selectorLabels" (dict "root" $.root "component" $pods) | nindent 4 }}
  ports:
    - name: http
      port: {{ $values.service.port }}
      targetPort: http
{{- end }}
{{- end -}}
{{- end -}}

{{/* What a Service selects all pods of a component by, its canary's too. Only then by `service`, which pods of earlier
releases lack. Takes root and component. */}}
{{- define "mythoughts.allPods" -}}
{{- if (index .root.Values .component).canary.enabled -}}
{{ include "mythoughts.releaseLabels" .root }}
service: {{ .component | quote }}
{{- else -}}
{{ include "mythoughts.selectorLabels" . }}
{{- end -}}
{{- end -}}

{{/* What a policy selects them by, whether there is a canary or not: one that is taken away answers its last requests. Takes
root and component, which may also be a database, a job or the test. */}}
{{- define "mythoughts.policyPods" -}}
matchLabels:
{{- if has .component (list "thoughts" "users" "frontend") }}
  {{- include "mythoughts.releaseLabels" .root | nindent 2 }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: In
    values:
      - {{ .component | quote }}
      - {{ printf "%s-canary" .component | quote }}
{{- else }}
  {{- include "mythoughts.selectorLabels" . | nindent 2 }}
{{- end }}
{{- end -}}
