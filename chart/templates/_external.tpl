{{/* Where a server elsewhere is found. Takes root and component. */}}
{{- define "mythoughts.externalHost" -}}
{{- $server := (index .root.Values .component).database.external -}}
{{- if (index .root.Values .component).database.parameters -}}
{{- fail (printf "%s.database.parameters are given, but with database.mode external the server has its own" .component) -}}
{{- end -}}
{{- $path := printf "%s.database.external.host" .component -}}
{{- if not (and $server.service.enabled $server.service.addresses) -}}
{{- $host := required (printf "%s is missing: database.mode external needs the server's name" $path) $server.host -}}
{{- if and $server.service.enabled (not (regexMatch "^([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)*[a-z]([-a-z0-9]*[a-z0-9])?$" $host)) -}}
{{- fail (printf "%s is %s, of which no Service can be an alias: give database.external.service.addresses, or a name of DNS" $path $host) -}}
{{- end -}}
{{- end -}}
{{- $server.service.enabled | ternary (include "mythoughts.databaseName" .) $server.host -}}
{{- end -}}

{{/* A Service before a server elsewhere: an alias of its name, or one with its addresses. Takes root and component. */}}
{{- define "mythoughts.externalService" -}}
{{- $server := (index .root.Values .component).database.external -}}
{{- $name := include "mythoughts.databaseName" . -}}
{{- $labels := include "mythoughts.labels" (dict "root" .root "component" (printf "%s-database" .component)) -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ $name | quote }}
  labels:
    {{- $labels | nindent 4 }}
spec:
  {{- if $server.service.addresses }}
  type: ClusterIP
  ports:
    - name: postgresql
      port: {{ $server.port }}
      targetPort: {{ $server.port }}
  {{- else }}
  type: ExternalName
  externalName: {{ $server.host | quote }}
  {{- end }}
{{- range $family := list "IPv4" "IPv6" }}
{{- $addresses := list }}
{{- range $server.service.addresses }}
{{- if eq (contains ":" .) (eq $family "IPv6") }}
{{- $addresses = append $addresses . }}
{{- end }}
{{- end }}
{{- with $addresses }}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: {{ printf "%s-%s" $name (lower $family) | quote }}
  labels:
    {{- $labels | nindent 4 }}
    kubernetes.io/service-name: {{ $name | quote }}
    endpointslice.kubernetes.io/managed-by: Helm
addressType: {{ $family }}
endpoints:
  {{- range . }}{{/* LCOV_EXCL_BR_LINE: there is one at least */}}
  - addresses:
      - {{ . | quote }}
  {{- end }}
ports:
  - name: postgresql
    port: {{ $server.port }}
    protocol: TCP
{{- end }}
{{- end }}
{{- end -}}

{{/* What the External Secrets Operator fetches into a Secret. Takes root, component for its labels, secret, key and remote: where
it is in the store; and given, path and field of the value that may not be there as well. */}}
{{- define "mythoughts.externalSecret" -}}
{{- $external := .root.Values.secrets.external -}}
{{- if .given -}}
{{- fail (printf "%s.%s is given, but secrets.external.enabled fetches it from the store" .path .field) -}}
{{- end -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: {{ .secret | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
spec:
  refreshInterval: {{ $external.refreshInterval | quote }}
  secretStoreRef:
    name: {{ required "secrets.external.store.name is missing: secrets are fetched from a store" $external.store.name | quote }}
    kind: {{ $external.store.kind | quote }}
  target:
    name: {{ .secret | quote }}
    creationPolicy: Owner
    # What was fetched stays when the store forgets it.
    deletionPolicy: Retain
  data:
    - secretKey: {{ .key | quote }}
      remoteRef:
        key: {{ .remote | quote }}
        property: {{ .key | quote }}
{{- end -}}
