{{/* Refuses values that fit the schema and would make two objects of one name, or of one port. */}}
{{- define "mythoughts.checks" -}}
{{- $names := list -}}
{{- $services := list -}}
{{- $nodePorts := list -}}
{{- $paths := list -}}
{{- $routes := list -}}
{{- $configMaps := list -}}
{{- $accounts := list -}}
{{- $policies := list (include "mythoughts.closedName" .) -}}
{{- range $component := list "thoughts" "users" "frontend" -}}
{{- $values := index $.Values $component -}}
{{- $context := dict "root" $ "component" $component -}}
{{- include "mythoughts.checkExtras" $context -}}
{{- include "mythoughts.checkAllResources" $context -}}
{{- include "mythoughts.checkSpread" $context -}}
{{- $names = append $names (include "mythoughts.componentName" $context) -}}
{{- $configMaps = append $configMaps (include "mythoughts.componentName" $context) -}}
{{- $policies = append $policies (include "mythoughts.componentName" $context) -}}
{{- $services = append $services (include "mythoughts.serviceName" $context) -}}
{{- if $values.serviceAccount.create -}}
{{- $accounts = append $accounts (include "mythoughts.account" $context) -}}
{{- end -}}
{{- include "mythoughts.distinctPorts" $context -}}
{{- if $values.ingress.enabled -}}
{{- range $host := prepend $values.ingress.extraHosts $values.ingress -}}{{/* LCOV_EXCL_BR_LINE: there is one at least */}}
{{- range $host.paths -}}{{/* LCOV_EXCL_BR_LINE: the schema wants one at least */}}
{{- $paths = append $paths (print $host.host (eq $values.ingress.pathType "Exact" | ternary . (include "mythoughts.prefix" .))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $routes = concat $routes (include "mythoughts.routedPaths" $context | fromJsonArray) -}}
{{- if $values.canary.enabled -}}
{{- $names = append $names (include "mythoughts.trackName" (merge (dict "track" "canary") $context)) -}}
{{- range $track := list "stable" "canary" -}}{{/* LCOV_EXCL_BR_LINE: there are two */ -}}
{{- $services = append $services (include "mythoughts.trackName" (merge (dict "track" $track) $context)) -}}
{{- end -}}
{{- end -}}
{{- if $values.service.nodePort -}}
{{- $nodePorts = append $nodePorts (int $values.service.nodePort) -}}
{{- end -}}
{{- if $.Values.monitoring.serviceMonitor.enabled -}}
{{- $services = append $services (include "mythoughts.metricsName" $context) -}}
{{- end -}}
{{- if include "mythoughts.databaseMode" $context -}}
{{- $database := $values.database -}}
{{- if $database.backup.enabled -}}
{{- include "mythoughts.checkSchedule" $context -}}
{{- end -}}
{{- if eq $database.mode "statefulset" -}}
{{- $services = append $services (include "mythoughts.databaseName" $context) -}}
{{- $policies = append $policies (include "mythoughts.databaseName" $context) -}}
{{- if $database.serviceAccount.create -}}
{{- $accounts = append $accounts (include "mythoughts.databaseAccount" $context) -}}
{{- end -}}
{{- else if and (eq $database.mode "external") $database.external.service.enabled -}}
{{- $services = append $services (include "mythoughts.databaseName" $context) -}}
{{- end -}}
{{- if eq $database.mode "cloudnative" -}}
{{- $services = append $services (printf "%s-rw" (include "mythoughts.clusterName" $context)) -}}
{{- $policies = append $policies (include "mythoughts.clusterName" $context) -}}
{{- end -}}
{{- if ne $database.mode "sidecar" -}}
{{- $policies = append $policies (printf "%s-job" (include "mythoughts.componentName" $context)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" "components" "names" $names) -}}
{{- include "mythoughts.distinct" (dict "what" "Services" "names" $services) -}}
{{- include "mythoughts.distinct" (dict "what" "ports of the nodes" "names" $nodePorts) -}}
{{- include "mythoughts.distinct" (dict "what" "paths of Ingresses" "names" $paths) -}}
{{- include "mythoughts.distinct" (dict "what" "paths of HTTPRoutes" "names" $routes) -}}
{{- if .Values.monitoring.dashboards.enabled -}}
{{- range $path, $_ := .Files.Glob "dashboards/*.json" -}}{{/* LCOV_EXCL_BR_LINE: the chart has some */ -}}
{{- $configMaps = append $configMaps (include "mythoughts.dashboardName" (dict "root" $ "path" $path)) -}}
{{- end -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" "ConfigMaps" "names" $configMaps) -}}
{{- if .Values.tests.serviceAccount.create -}}
{{- $accounts = append $accounts (include "mythoughts.testAccount" .) -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" "ServiceAccounts" "names" $accounts) -}}
{{- if .Values.networkPolicies.enabled -}}
{{- if and .Values.monitoring.serviceMonitor.enabled (not .Values.networkPolicies.metrics.from) -}}
{{- fail "networkPolicies.metrics.from is missing: monitoring.serviceMonitor.enabled has Prometheus come to closed ports. Say who it is" -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" "NetworkPolicies" "names" (append $policies (include "mythoughts.testName" .))) -}}
{{- end -}}
{{- end -}}

{{/* A prefix with a slash at its end and without are the same. */}}
{{- define "mythoughts.prefix" -}}
{{- trimSuffix "/" . | default "/" -}}
{{- end -}}

{{/* Takes what they are names of, and names. */}}
{{- define "mythoughts.distinct" -}}
{{- if lt (len (uniq .names)) (len .names) -}}
{{- fail (printf "two %s are the same: %s. Give each its own" .what (join ", " .names)) -}}
{{- end -}}
{{- end -}}

{{/* Of the Service of a component. Takes root and component. */}}
{{- define "mythoughts.distinctPorts" -}}
{{- $names := list "http" -}}
{{- $ports := list (include "mythoughts.servicePort" .) -}}
{{- range (index .root.Values .component).service.extraPorts -}}
{{- $names = append $names .name -}}
{{- $ports = append $ports (int .port | toString) -}}
{{- end -}}
{{- include "mythoughts.distinct" (dict "what" (printf "names of ports of the Service of %s" .component) "names" $names) -}}
{{- include "mythoughts.distinct" (dict "what" (printf "ports of the Service of %s" .component) "names" $ports) -}}
{{- end -}}
