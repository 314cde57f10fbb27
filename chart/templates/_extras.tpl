{{/* More variables of a service. Takes root and component. */}}
{{- define "mythoughts.extraEnv" -}}
{{- $values := index .root.Values .component -}}
{{- $settings := include (printf "mythoughts.%s.settings" .component) . | fromYaml -}}
{{- range $values.extraEnv -}}
{{- if or (hasKey $settings .name) (hasKey $settings (printf "%s_FILE" .name)) -}}
{{- fail (printf "%s.extraEnv gives %s, which the chart sets itself from other values" $.component .name) -}}
{{- end -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" (printf "variables of %s" .component) "names" (include "mythoughts.pluck" (dict "key" "name" "items" $values.extraEnv) | fromYamlArray)) -}}
{{- with concat (include "mythoughts.closedVariables" $settings | fromYamlArray) $values.extraEnv }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* A service reads a variable before the file that another names, and an empty one not at all: so that no source of extraEnvFrom
gives a password in place of the chart's file. Takes the settings. */}}
{{- define "mythoughts.closedVariables" -}}
{{- $closed := list -}}
{{- range $name, $_ := . -}}{{/* LCOV_EXCL_BR_LINE: there are some */ -}}
{{- if hasSuffix "_PASSWORD_FILE" $name -}}
{{- $closed = append $closed (dict "name" (trimSuffix "_FILE" $name) "value" "") -}}
{{- end -}}
{{- end -}}
{{- toYaml $closed -}}
{{- end -}}

{{/* What the container runs, and whether somebody may attach to it. */}}
{{- define "mythoughts.command" -}}
{{- with .command }}
command:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .args }}
args:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .stdin }}
stdin: true
{{- end }}
{{- if .tty }}
tty: true
{{- end }}
{{- end -}}

{{/* Refuses what Kubernetes would: two containers, volumes or mounts of one name. Takes root and component. */}}
{{- define "mythoughts.checkExtras" -}}
{{- $values := index .root.Values .component -}}
{{- $containers := concat (list (dict "name" $values.containerName)) $values.initContainers $values.extraContainers -}}
{{- if eq (include "mythoughts.databaseMode" .) "sidecar" -}}
{{- $containers = append $containers (dict "name" $values.database.containerName) -}}
{{- end -}}
{{- $mounts := include "mythoughts.mounts" . | fromYamlArray -}}
{{- $volumes := include "mythoughts.volumes" . | fromYamlArray -}}
{{- $names := include "mythoughts.pluck" (dict "key" "name" "items" $volumes) | fromYamlArray -}}
{{- range $values.extraVolumeMounts -}}
{{- if not (has .name $names) -}}
{{- fail (printf "%s.extraVolumeMounts has the volume %s, which is not in %s.extraVolumes" $.component .name $.component) -}}
{{- end -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" (printf "containers of %s" .component) "names" (include "mythoughts.pluck" (dict "key" "name" "items" $containers) | fromYamlArray)) -}}
{{- include "mythoughts.distinct" (dict "what" (printf "mounts of %s" .component) "names" (include "mythoughts.pluck" (dict "key" "mountPath" "items" $mounts) | fromYamlArray)) -}}
{{- include "mythoughts.distinct" (dict "what" (printf "volumes of %s" .component) "names" $names) -}}
{{- end -}}

{{/* What each of some items has under a key, as JSON. */}}
{{- define "mythoughts.pluck" -}}
{{- $found := list -}}
{{- range .items -}}
{{- $found = append $found (get . $.key) -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}
