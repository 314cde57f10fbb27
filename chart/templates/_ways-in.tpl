{{/* A component's Service. Takes root and component. */}}
{{- define "mythoughts.service" -}}
{{- $service := (index .root.Values .component).service -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "mythoughts.serviceName" . | quote }}
  labels:
    {{- include "mythoughts.moreLabels" (dict "labels" (include "mythoughts.labels" .) "more" $service.labels) | nindent 4 }}
  {{- with $service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $service.type | quote }}
  sessionAffinity: {{ $service.sessionAffinity | quote }}
  {{- if $service.headless }}
  clusterIP: None
  {{- end }}
  {{- with $service.externalIPs }}
  externalIPs:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne $service.type "ClusterIP" }}
  externalTrafficPolicy: {{ $service.externalTrafficPolicy | quote }}
  {{- end }}
  {{- with $service.loadBalancerClass }}
  loadBalancerClass: {{ . | quote }}
  {{- end }}
  {{- with $service.loadBalancerSourceRanges }}
  loadBalancerSourceRanges:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  selector:
    {{- include "mythoughts.allPods" . | nindent 4 }}
  ports:
    - name: http
      port: {{ include "mythoughts.servicePort" . }}
      targetPort: http
      {{- with $service.nodePort }}
      nodePort: {{ . }}
      {{- end }}
    {{- range $service.extraPorts }}
    - name: {{ .name | quote }}
      port: {{ .port }}
      targetPort: {{ .targetPort }}
    {{- end }}
{{- end -}}

{{/* A component's Ingress, where it has one. */}}
{{- define "mythoughts.ingress" -}}
{{- $ingress := (index .root.Values .component).ingress -}}
{{- if $ingress.enabled -}}
{{- $host := required (printf "%s.ingress.host is missing: an Ingress needs the name that people ask for" .component) $ingress.host -}}
{{- $hosts := prepend $ingress.extraHosts (dict "host" $host "paths" $ingress.paths "tlsSecret" $ingress.tlsSecret) -}}
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
  {{- with include "mythoughts.ingressTls" $hosts }}
  {{- . | nindent 2 }}
  {{- end }}
  rules:
    {{- range $hosts }}{{/* LCOV_EXCL_BR_LINE: there is one at least */}}
    - host: {{ .host | quote }}
      http:
        paths:
          {{- range .paths }}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
          - path: {{ . | quote }}
            pathType: {{ $ingress.pathType | quote }}
            backend:
              service:
                name: {{ include "mythoughts.serviceName" $ | quote }}
                port:
                  name: http
          {{- end }}
    {{- end }}
{{- end -}}
{{- end -}}

{{/* The certificates of hosts, where they have any. */}}
{{- define "mythoughts.ingressTls" -}}
{{- $tls := list -}}
{{- range . }}{{/* LCOV_EXCL_BR_LINE: there is one at least */}}
{{- if .tlsSecret }}
{{- $tls = append $tls (dict "hosts" (list .host) "secretName" .tlsSecret) }}
{{- end }}
{{- end }}
{{- with $tls -}}
tls:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Every host of the Ingresses, each once. */}}
{{- define "mythoughts.ingressHosts" -}}
{{- $hosts := list -}}
{{- range $component := list "frontend" "thoughts" "users" -}}
{{- $ingress := (index $.Values $component).ingress -}}
{{- if $ingress.enabled -}}
{{- $hosts = append $hosts $ingress.host -}}
{{- range $ingress.extraHosts -}}
{{- $hosts = append $hosts .host -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- uniq $hosts | join " " -}}
{{- end -}}
