{{/* A component's Service. Takes root and component. */}}
{{- define "mythoughts.service" -}}
{{- $service := (index .root.Values .component).service -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "mythoughts.serviceName" . | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
  {{- with $service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $service.type | quote }}
  selector:
    {{- include "mythoughts.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port }}
      targetPort: http
      {{- with $service.nodePort }}
      nodePort: {{ . }}
      {{- end }}
{{- end -}}

{{/* A component's Ingress, where it has one. */}}
{{- define "mythoughts.ingress" -}}
{{- $ingress := (index .root.Values .component).ingress -}}
{{- if $ingress.enabled -}}
{{- $host := required (printf "%s.ingress.host is missing: an Ingress needs the name that people ask for" .component) $ingress.host -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "mythoughts.componentName" . | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
  {{- with $ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- with $ingress.tlsSecret }}
  tls:
    - hosts:
        - {{ $host | quote }}
      secretName: {{ . | quote }}
  {{- end }}
  rules:
    - host: {{ $host | quote }}
      http:
        paths:
          {{- range $ingress.paths }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
          - path: {{ . | quote }}
            pathType: Prefix
            backend:
              service:
                name: {{ include "mythoughts.serviceName" $ | quote }}
                port:
                  name: http
          {{- end }}
{{- end -}}
{{- end -}}
