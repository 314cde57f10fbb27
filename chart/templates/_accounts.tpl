{{/* The account of a component's pods. Takes root and component. */}}
{{- define "mythoughts.account" -}}
{{- include "mythoughts.accountName" (dict "account" (index .root.Values .component).serviceAccount "name" (include "mythoughts.componentName" .)) -}}
{{- end -}}

{{/* The account of the pod of a component's database. Takes root and component. */}}
{{- define "mythoughts.databaseAccount" -}}
{{- include "mythoughts.accountName" (dict "account" (index .root.Values .component).database.serviceAccount "name" (include "mythoughts.databaseName" .)) -}}
{{- end -}}

{{/* The account of the pod of `helm test`. */}}
{{- define "mythoughts.testAccount" -}}
{{- include "mythoughts.accountName" (dict "account" .Values.tests.serviceAccount "name" (include "mythoughts.testName" .)) -}}
{{- end -}}

{{/* Takes account, its values, and name, which the chart's own has. */}}
{{- define "mythoughts.accountName" -}}
{{- .account.name | default (.account.create | ternary .name "default") -}}
{{- end -}}

{{/* An account that the chart makes. Takes root, account, name, and component for its labels. */}}
{{- define "mythoughts.serviceAccount" -}}
{{- if .account.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name | quote }}
  labels:
    {{- include "mythoughts.labels" . | nindent 4 }}
  {{- with .account.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
{{- end -}}
