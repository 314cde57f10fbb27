{{/* Names of the Secrets: the user's, else the chart's. */}}
{{- define "mythoughts.databaseSecret" -}}
{{- $database := (index .root.Values .component).database -}}
{{- $own := eq $database.mode "cloudnative" | ternary (printf "%s-app" (include "mythoughts.clusterName" .)) (include "mythoughts.databaseName" .) -}}
{{- $database.existingSecret | default $own -}}
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

{{/* The secrets of a component that are values, as JSON. Takes root and component. */}}
{{- define "mythoughts.givenSecrets" -}}
{{- $values := index .root.Values .component -}}
{{- $given := dict -}}
{{- if ne .component "frontend" -}}
{{- $given = dict "database" (empty $values.database.existingSecret | ternary $values.database.password "") -}}
{{- end -}}
{{- if eq .component "users" -}}
{{- $_ := set $given "admin" (empty $values.admin.existingSecret | ternary $values.admin.password "") -}}
{{- $_ := set $given "jwt" (empty $values.jwt.existingSecret | ternary $values.jwt.privateKey "") -}}
{{- end -}}
{{- range $name, $secret := $given -}}
{{- if not $secret -}}
{{- $_ := unset $given $name -}}
{{- end -}}
{{- end -}}
{{- toJson $given -}}
{{- end -}}

{{/* Where users finds the first administrator's password and the keys of the tokens. */}}
{{- define "mythoughts.tokenMounts" -}}
- name: admin
  mountPath: /run/secrets/admin
  readOnly: true
- name: jwt
  mountPath: /run/secrets/jwt
  readOnly: true
{{- if .Values.users.jwt.previousKeysSecret }}
- name: jwt-previous
  mountPath: /run/secrets/jwt-previous
  readOnly: true
{{- end }}
{{- end -}}

{{- define "mythoughts.tokenVolumes" -}}
- {{ include "mythoughts.secretVolume" (dict "name" "admin" "secret" (include "mythoughts.adminSecret" .)) | indent 2 | trim }}
- {{ include "mythoughts.secretVolume" (dict "name" "jwt" "secret" (include "mythoughts.jwtSecret" .)) | indent 2 | trim }}
{{- with .Values.users.jwt.previousKeysSecret }}
- {{ include "mythoughts.secretVolume" (dict "name" "jwt-previous" "secret" .) | indent 2 | trim }}
{{- end }}
{{- end -}}
