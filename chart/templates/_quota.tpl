{{/* The pods of a release when it is busiest, as JSON: of each kind how many, and what its containers ask for. Pods that stop are
counted until they are gone, so that a rolling update has each twice, whatever its surge. Init containers are counted as if they
ran beside the others. */}}
{{- define "mythoughts.busiest" -}}
{{- $kinds := list (dict "pods" 1 "containers" (list (include "mythoughts.testResources" . | fromYaml))) -}}
{{- range $component := list "thoughts" "users" "frontend" -}}
{{- $values := index $.Values $component -}}
{{- $context := dict "root" $ "component" $component -}}
{{- $pods := include "mythoughts.mostReplicas" $context | int64 -}}
{{- $containers := list $values.resources -}}
{{- range concat $values.initContainers $values.extraContainers -}}
{{- $containers = append $containers (.resources | default dict) -}}
{{- end -}}
{{- if include "mythoughts.databaseMode" $context -}}
{{- $database := $values.database -}}
{{- if eq $database.mode "sidecar" -}}
{{- $containers = append $containers $database.resources -}}
{{- else if eq $database.mode "statefulset" -}}
{{- $kinds = append $kinds (dict "pods" 1 "containers" (list $database.resources)) -}}
{{- else if eq $database.mode "cloudnative" -}}
{{/* And the operator's own, by which another joins. */}}
{{- $kinds = append $kinds (dict "pods" (add $database.cloudnative.instances 1) "containers" (list $database.resources)) -}}
{{- end -}}
{{- if eq $database.migrations "job" -}}
{{- $kinds = append $kinds (dict "pods" 1 "containers" (list $values.resources)) -}}
{{- end -}}
{{- if $database.backup.enabled -}}
{{/* A backup, a restore, and the Job that tries their volume. */}}
{{- $kinds = append $kinds (dict "pods" 3 "containers" (list $database.backup.resources)) -}}
{{- end -}}
{{- end -}}
{{/* Also where there are none yet: who scales up by hand finds room for what a container is. */}}
{{- $rolls := ne $values.strategy.type "Recreate" -}}
{{- $kinds = append $kinds (dict "pods" (mul $pods ($rolls | ternary 2 1)) "containers" $containers) -}}
{{- end -}}
{{- toJson $kinds -}}
{{- end -}}

{{/* How many pods a component and its canary have at most, unless they roll. Takes root and component. */}}
{{- define "mythoughts.mostReplicas" -}}
{{- $values := index .root.Values .component -}}
{{- $pods := $values.autoscaling.enabled | ternary $values.autoscaling.maxReplicas $values.replicas | int64 -}}
{{- $values.canary.enabled | ternary (add $pods (include "mythoughts.canaryReplicas" .)) $pods -}}
{{- end -}}

{{/* What a ResourceQuota allows: what every container says something of is counted, and the headroom. */}}
{{- define "mythoughts.hard" -}}
{{- $headroom := .Values.resourceQuota.headroom -}}
{{- $kinds := include "mythoughts.busiest" . | fromJsonArray -}}
{{- $ranges := .Values.limitRange.enabled | ternary (include "mythoughts.ranges" . | fromJson) dict -}}
{{- $pods := $headroom.pods -}}
{{- range $kinds -}}{{/* LCOV_EXCL_BR_LINE: the test has a pod */ -}}
{{- $pods = add $pods .pods -}}
{{- end -}}
pods: {{ $pods | int64 | quote }}
{{- range $part := list "requests" "limits" }}{{/* LCOV_EXCL_BR_LINE: there are two */}}
{{- range $resource := list "cpu" "memory" "ephemeral-storage" }}{{/* LCOV_EXCL_BR_LINE: there are three */}}
{{- $total := include "mythoughts.amount" (dict "resource" $resource "quantity" (dig $part $resource "0" $headroom)) | int64 }}
{{- $isSaid := true }}
{{- range $kind := $kinds }}{{/* LCOV_EXCL_BR_LINE: the test has a pod */}}
{{- range $kind.containers }}{{/* LCOV_EXCL_BR_LINE: each has one */}}
{{- $asked := include "mythoughts.asked" (dict "part" $part "resource" $resource "resources" . "ranges" $ranges) }}
{{- $isSaid = and $isSaid $asked }}
{{- $total = mul $kind.pods (int64 $asked) | add $total }}
{{- end }}
{{- end }}
{{- if $isSaid }}
{{ $part }}.{{ $resource }}: {{ include "mythoughts.written" (dict "resource" $resource "amount" $total) | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What a LimitRange gives, as JSON: as the values have it, raised to what the release's own containers need. */}}
{{- define "mythoughts.ranges" -}}
{{- $kinds := include "mythoughts.busiest" . | fromJsonArray -}}
{{- $ranges := dict -}}
{{- range $resource := list "cpu" "memory" "ephemeral-storage" -}}{{/* LCOV_EXCL_BR_LINE: there are three */ -}}
{{- $amounts := dict -}}
{{- range $key := list "defaultRequest" "default" "max" -}}{{/* LCOV_EXCL_BR_LINE: there are three */ -}}
{{- $quantity := dig $key $resource "0" $.Values.limitRange -}}
{{- $_ := set $amounts $key (include "mythoughts.amount" (dict "resource" $resource "quantity" $quantity) | int64) -}}
{{- end -}}
{{- $default := $amounts.default -}}
{{- $max := $amounts.max -}}
{{- range $kinds -}}{{/* LCOV_EXCL_BR_LINE: the test has a pod */ -}}
{{- range .containers -}}{{/* LCOV_EXCL_BR_LINE: each has one */ -}}
{{- $request := include "mythoughts.said" (dict "part" "requests" "resource" $resource "resources" .) -}}
{{- $limit := include "mythoughts.said" (dict "part" "limits" "resource" $resource "resources" .) -}}
{{- $default = max $default (empty $limit | ternary $request 0) -}}
{{- $max = max $max $request $limit -}}
{{- end -}}
{{- end -}}
{{- if $amounts.default -}}
{{- $_ := set $amounts "default" (max $default $amounts.defaultRequest) -}}
{{- end -}}
{{- if $amounts.max -}}
{{- $_ := set $amounts "max" (max $max $amounts.default $amounts.defaultRequest) -}}
{{- end -}}
{{- range $key, $amount := $amounts -}}{{/* LCOV_EXCL_BR_LINE: there are three */ -}}
{{- if $amount -}}
{{- $_ := set $ranges $key (merge (dict $resource $amount) (get $ranges $key | default dict)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $ranges -}}
{{- end -}}

{{/* What a container asks for, by itself or by the LimitRange; empty: it asks for nothing. Takes part (requests or limits), resource,
resources: those of the container, and ranges. */}}
{{- define "mythoughts.asked" -}}
{{- $given := dig "default" .resource (dig "max" .resource "" .ranges) .ranges -}}
{{- if eq .part "requests" -}}
{{- $given = dig "defaultRequest" .resource $given .ranges -}}
{{- end -}}
{{/* JSON has read it as a float, whose text may have an exponent. */}}
{{- $given = $given | empty | ternary "" ($given | int64 | toString) -}}
{{- include "mythoughts.said" . | default $given -}}
{{- end -}}

{{/* What a container itself asks for; a limit stands for a request that is not there. */}}
{{- define "mythoughts.said" -}}
{{- $limit := dig "limits" .resource "" .resources | toString -}}
{{- $request := dig "requests" .resource $limit .resources | toString -}}
{{- with eq .part "requests" | ternary $request $limit -}}
{{- include "mythoughts.amount" (dict "resource" $.resource "quantity" .) -}}
{{- end -}}
{{- end -}}

{{/* A quantity as a whole number, rounded up: thousandths of a core, or mebibytes. */}}
{{- define "mythoughts.amount" -}}
{{- $units := include "mythoughts.units" . | float64 | ceil | int64 -}}
{{- eq .resource "cpu" | ternary $units (div (add $units 1048575) 1048576) -}}
{{- end -}}

{{/* The same, not rounded, and bytes: the schema admits no other forms. Takes resource and quantity. */}}
{{- define "mythoughts.units" -}}
{{- $text := toString .quantity -}}
{{- if eq .resource "cpu" -}}
{{- mulf (trimSuffix "m" $text) (hasSuffix "m" $text | ternary 1 1000) -}}
{{- else -}}
{{- $number := regexFind "^[0-9.e+]+" $text -}}
{{- $units := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mulf $number (get $units (trimPrefix $number $text)) -}}
{{- end -}}
{{- end -}}

{{/* Refuses requests of more than the limit, which Kubernetes would. Takes path, and resources: what stands there. */}}
{{- define "mythoughts.checkResources" -}}
{{- range $resource := list "cpu" "memory" "ephemeral-storage" -}}{{/* LCOV_EXCL_BR_LINE: there are three */ -}}
{{- $request := dig "requests" $resource "" $.resources | toString -}}
{{- $limit := dig "limits" $resource "" $.resources | toString -}}
{{- $excess := dict "resource" $resource "quantity" ($limit | empty | ternary "0" $request) | include "mythoughts.units" | float64 -}}
{{- if gt $excess (dict "resource" $resource "quantity" ($limit | default "0") | include "mythoughts.units" | float64) -}}
{{- fail (printf "%s.requests.%s is more than the limit: %s beside %s" $.path $resource $request $limit) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Of all containers of a component that are given. Takes root and component. */}}
{{- define "mythoughts.checkAllResources" -}}
{{- $values := index .root.Values .component -}}
{{- include "mythoughts.checkResources" (dict "path" (printf "%s.resources" .component) "resources" $values.resources) -}}
{{- range $key := list "initContainers" "extraContainers" -}}{{/* LCOV_EXCL_BR_LINE: there are two */ -}}
{{- range get $values $key -}}
{{- include "mythoughts.checkResources" (dict "path" (printf "%s.%s of %s: resources" $.component $key .name) "resources" (.resources | default dict)) -}}
{{- end -}}
{{- end -}}
{{- if include "mythoughts.databaseMode" . -}}
{{- include "mythoughts.checkResources" (dict "path" (printf "%s.database.resources" .component) "resources" $values.database.resources) -}}
{{- include "mythoughts.checkResources" (dict "path" (printf "%s.database.backup.resources" .component) "resources" $values.database.backup.resources) -}}
{{- end -}}
{{- end -}}

{{/* The other way round. Takes resource and amount. */}}
{{- define "mythoughts.written" -}}
{{- int64 .amount -}}{{- eq .resource "cpu" | ternary "m" "Mi" -}}
{{- end -}}
