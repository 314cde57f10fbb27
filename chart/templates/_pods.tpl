{{/* What the restricted Pod Security Standard asks of a pod. Takes who runs it: runAsUser, runAsGroup and fsGroup, or none. */}}
{{- define "mythoughts.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- range $key, $id := . }}{{/* LCOV_EXCL_BR_LINE: none where the cluster says all, as OpenShift does */}}
  {{ $key }}: {{ int64 $id }}
  {{- end }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* A user and the group of its number, as JSON. */}}
{{- define "mythoughts.identity" -}}
{{- dict "runAsUser" (int .) "runAsGroup" (int .) "fsGroup" (int .) | toJson -}}
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

{{/* What the container of `helm test` may use. */}}
{{- define "mythoughts.testResources" -}}
requests:
  cpu: 10m
  memory: 16Mi
limits:
  cpu: 500m
  memory: 64Mi
{{- end -}}

{{/* A service's container. Takes root and component. */}}
{{- define "mythoughts.serviceContainer" -}}
{{- $values := index .root.Values .component -}}
name: {{ $values.containerName | quote }}
image: {{ include "mythoughts.componentImage" . | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy | quote }}
securityContext:
  {{- include "mythoughts.containerSecurity" . | nindent 2 }}
{{- include "mythoughts.command" $values }}
envFrom:
  {{- with $values.extraEnvFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  # The last one counts.
  - configMapRef:
      name: {{ include "mythoughts.componentName" . | quote }}
{{- include "mythoughts.extraEnv" . }}
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
{{- with .root.Values.shutdown.preStopSleep }}
# The service drains by itself once it is told; this is for what only Kubernetes knows.
lifecycle:
  preStop:
    sleep:
      seconds: {{ . }}
{{- end }}
resources:
  {{- toYaml $values.resources | nindent 2 }}
{{- with include "mythoughts.mounts" . }}
volumeMounts:
  {{- . | nindent 2 }}
{{- end }}
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

{{/* Pods roll when settings change, or secrets that are given by value. JSON, so that neither comments nor order count.
Takes root, component, annotations. */}}
{{- define "mythoughts.podAnnotations" -}}
{{- $checksum := include (printf "mythoughts.%s.settings" .component) . | fromYaml | toJson | sha256sum -}}
{{- $checksums := dict "checksum/settings" $checksum -}}
{{- $secrets := include "mythoughts.givenSecrets" . -}}
{{- if ne $secrets "{}" -}}
{{- $_ := set $checksums "checksum/secrets" (sha256sum $secrets) -}}
{{- end -}}
{{ toYaml (merge $checksums .annotations) }}
{{- end -}}
