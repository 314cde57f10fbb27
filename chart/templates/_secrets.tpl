{{/* Names of the Secrets: the user's, else the chart's. */}}
{{- define "mythoughts.databaseSecret" -}}
{{- (index .root.Values .component).database.existingSecret | default (include "mythoughts.databaseName" .) -}}
{{- end -}}

{{- define "mythoughts.adminSecret" -}}
{{- .Values.users.admin.existingSecret | default (printf "%s-admin" (include "mythoughts.componentName" (dict "root" . "component" "users"))) -}}
{{- end -}}

{{- define "mythoughts.jwtSecret" -}}
{{- .Values.users.jwt.existingSecret | default (printf "%s-jwt" (include "mythoughts.componentName" (dict "root" . "component" "users"))) -}}
{{- end -}}

{{/* A value of a Secret of the chart, as base64: given by the user, else what the cluster has, else made now.
Takes root, secret, key, given, make (password or rsa; empty: nothing can be made), path and field of the values. */}}
{{- define "mythoughts.secretValue" -}}
{{- $data := (lookup "v1" "Secret" .root.Release.Namespace .secret).data | default dict -}}
{{- if .given -}}
{{- .given | b64enc -}}
{{- else if not (and .root.Values.secrets.generate .make) -}}
{{- fail (printf "%s.existingSecret is missing: %s. Name a Secret that has the key %q, or give %s.%s" .path (empty .make | ternary "with database.mode external the chart does not know the password" "with secrets.generate=false the chart makes no secrets") .key .path .field) -}}
{{- else if hasKey $data .key -}}
{{- index $data .key -}}
{{- else if eq .make "rsa" -}}
{{- genPrivateKey "rsa" | b64enc -}}
{{- else -}}
{{- randAlphaNum 32 | b64enc -}}
{{- end -}}
{{- end -}}
