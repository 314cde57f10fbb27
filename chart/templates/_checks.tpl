{{/* Refuses values that fit the schema and would make two objects of one name, or of one port. */}}
{{- define "mythoughts.checks" -}}
{{- $names := list -}}
{{- $services := list -}}
{{- $nodePorts := list -}}
{{- range $component := list "thoughts" "users" "frontend" -}}
{{- $values := index $.Values $component -}}
{{- $context := dict "root" $ "component" $component -}}
{{- $names = append $names (include "mythoughts.componentName" $context) -}}
{{- $services = append $services (include "mythoughts.serviceName" $context) -}}
{{- if $values.service.nodePort -}}
{{- $nodePorts = append $nodePorts (int $values.service.nodePort) -}}
{{- end -}}
{{- with $values.database -}}
{{- if eq .mode "statefulset" -}}
{{- $services = append $services (include "mythoughts.databaseName" $context) -}}
{{- else if eq .mode "sidecar" -}}
{{- include "mythoughts.distinct" (dict "what" (printf "containers of %s" $component) "names" (list $values.containerName .containerName)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" "components" "names" $names) -}}
{{- include "mythoughts.distinct" (dict "what" "Services" "names" $services) -}}
{{- include "mythoughts.distinct" (dict "what" "ports of the nodes" "names" $nodePorts) -}}
{{- end -}}

{{/* Takes what they are names of, and names. */}}
{{- define "mythoughts.distinct" -}}
{{- if lt (len (uniq .names)) (len .names) -}}
{{- fail (printf "two %s are the same: %s. Give each its own" .what (join ", " .names)) -}}
{{- end -}}
{{- end -}}
