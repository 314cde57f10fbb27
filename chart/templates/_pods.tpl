{{/* What the restricted Pod Security Standard asks of a pod. Takes the user that runs it. */}}
{{- define "mythoughts.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "mythoughts.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end -}}

{{- define "mythoughts.imagePullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What the pods of the three services share, above their containers. */}}
{{- define "mythoughts.servicePod" -}}
{{- $shutdown := .Values.shutdown -}}
{{ include "mythoughts.podSecurity" 65532 }}
{{- include "mythoughts.imagePullSecrets" . }}
# Longer than a service needs to stop by itself.
terminationGracePeriodSeconds: {{ add $shutdown.drainDelay $shutdown.timeout 5 }}
{{- end -}}

{{/* A service's container, up to its volumes. Takes root and component. */}}
{{- define "mythoughts.serviceContainer" -}}
{{- $values := index .root.Values .component -}}
name: {{ $values.containerName | quote }}
image: {{ include "mythoughts.componentImage" . | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
securityContext:
  {{- include "mythoughts.containerSecurity" . | nindent 2 }}
envFrom:
  - configMapRef:
      name: {{ include "mythoughts.componentName" . | quote }}
ports:
  - name: http
    containerPort: 8000
  - name: operations
    containerPort: 9090
startupProbe:
  {{- include "mythoughts.probe" (dict "path" "/livez" "timing" $values.probes.startup) | nindent 2 }}
readinessProbe:
  {{- include "mythoughts.probe" (dict "path" "/readyz" "timing" $values.probes.readiness) | nindent 2 }}
livenessProbe:
  {{- include "mythoughts.probe" (dict "path" "/livez" "timing" $values.probes.liveness) | nindent 2 }}
resources:
  {{- toYaml $values.resources | nindent 2 }}
{{- end -}}

{{- define "mythoughts.probe" -}}
httpGet:
  path: {{ .path | quote }}
  port: operations
{{- with .timing }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "mythoughts.strategy" -}}
type: {{ .type | quote }}
{{- if eq .type "RollingUpdate" }}
rollingUpdate:
  {{- toYaml .rollingUpdate | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Pods roll when settings change. JSON, so that neither comments nor order count. Takes root, component, annotations. */}}
{{- define "mythoughts.podAnnotations" -}}
{{- $checksum := include (printf "mythoughts.%s.settings" .component) . | fromYaml | toJson | sha256sum -}}
{{ toYaml (merge (dict "checksum/settings" $checksum) .annotations) }}
{{- end -}}
