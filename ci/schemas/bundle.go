package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// release is a minor version with what its OpenAPI file and its types say.
type release struct {
	minor       int
	definitions definitions
	kinds       map[string]kindLine
	enums       enums
}

type kindLine struct {
	definition string
	namespaced bool
}

// writeBundle writes what all these releases of Kubernetes say, in lines, compressed: what does not change between
// them is there once. The schema module of render/validate describes the lines.
func writeBundle(versions []string, out string) error {
	var releases []release
	for _, version := range versions {
		release, err := readRelease(version)
		if err != nil {
			return err
		}
		releases = append(releases, release)
	}
	lifecycles, err := readLifecycles(versions[len(versions)-1])
	if err != nil {
		return err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "versions")
	for _, release := range releases {
		fmt.Fprintf(&text, " %d", release.minor)
	}
	text.WriteByte('\n')
	for _, line := range append(kindLines(releases), lifecycles...) {
		text.WriteString(line + "\n")
	}
	writeTypes(&text, releases)
	return compress(text.Bytes(), out)
}

func compress(text []byte, out string) error {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := writer.Write(text); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, packed.Bytes(), 0o644)
}

func readRelease(version string) (release, error) {
	minor, err := strconv.Atoi(strings.Split(version, ".")[1])
	if err != nil {
		return release{}, fmt.Errorf("version %s: wanted v1.MINOR.PATCH", version)
	}
	module, err := download("k8s.io/kubernetes@" + version)
	if err != nil {
		return release{}, err
	}
	file := filepath.Join(module, "api", "openapi-spec", "swagger.json")
	definitions, err := read(file)
	if err != nil {
		return release{}, err
	}
	kinds, err := readKinds(file)
	if err != nil {
		return release{}, err
	}
	types, err := download("k8s.io/api@" + strings.Replace(version, "v1.", "v0.", 1))
	if err != nil {
		return release{}, err
	}
	enums, err := readEnums(types)
	return release{minor, definitions, kinds, enums}, err
}

// kindLines: `kind apps/v1 Deployment namespaced apps.v1.Deployment 33-37`
func kindLines(releases []release) []string {
	lines := map[string][]int{}
	for _, release := range releases {
		for kind, what := range release.kinds {
			scope := "cluster"
			if what.namespaced {
				scope = "namespaced"
			}
			line := fmt.Sprintf("kind %s %s %s", kind, scope, short(what.definition))
			lines[line] = append(lines[line], release.minor)
		}
	}
	return withRanges(lines)
}

// writeTypes: `type apps.v1.Deployment`, then an indented line for each field: `spec! apps.v1.DeploymentSpec 33-37`, where an
// exclamation mark stands for a required one, and the range is left out if it is all.
func writeTypes(text *bytes.Buffer, releases []release) {
	newest := releases[len(releases)-1]
	names := map[string]bool{}
	for _, release := range releases {
		for name := range release.definitions {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		fields := map[string][]int{}
		var known []int
		for _, release := range releases {
			definition, ok := release.definitions[name]
			if _, has := definition["properties"].(schema); !ok || !has {
				continue
			}
			known = append(known, release.minor)
			for field := range release.fields(name, definition, newest.definitions[name]) {
				fields[field] = append(fields[field], release.minor)
			}
		}
		if len(known) == 0 {
			continue
		}
		fmt.Fprintf(text, "type %s\n", short(name))
		for field, minors := range fields {
			if slices.Equal(minors, known) {
				fields[field] = nil
			}
		}
		for _, line := range withRanges(fields) {
			text.WriteString(" " + line + "\n")
		}
	}
}

// withRanges sorts lines and puts the minor versions behind each, a line for each run of them.
func withRanges(lines map[string][]int) []string {
	var sorted []string
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		minors := lines[line]
		if len(minors) == 0 {
			sorted = append(sorted, line)
		}
		for start := 0; start < len(minors); {
			end := start
			for end+1 < len(minors) && minors[end+1] == minors[end]+1 {
				end++
			}
			sorted = append(sorted, fmt.Sprintf("%s %d-%d", line, minors[start], minors[end]))
			start = end + 1
		}
	}
	return sorted
}

// Fields that the OpenAPI files call required, and whose empty value the API server takes for granted.
var granted = []string{
	"io.k8s.api.core.v1.HTTPHeader.value",
	"io.k8s.api.core.v1.ISCSIPersistentVolumeSource.lun",
	"io.k8s.api.core.v1.ISCSIVolumeSource.lun",
	"io.k8s.api.core.v1.LimitRangeSpec.limits",
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion.served",
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion.storage",
}

// fields has a line for each field. What the newest release no longer requires was never refused when it was missing.
func (r release) fields(name string, definition, newest schema) map[string]bool {
	lines := map[string]bool{}
	for field, property := range definition["properties"].(schema) {
		mark := ""
		isGranted := slices.Contains(granted, name+"."+field) || newest != nil && !requires(newest, field)
		if requires(definition, field) && !isGranted {
			mark = "!"
		}
		lines[field+mark+" "+r.word(property.(schema), r.enums[name+"."+field])] = true
	}
	return lines
}

func requires(definition schema, field string) bool {
	required, _ := definition["required"].([]any)
	return slices.Contains(required, any(field))
}

// word is a type in a word: `[]` before the items of a list, `{}` before the values of a map.
func (r release) word(property schema, enum []string) string {
	if reference, ok := property["$ref"].(string); ok {
		return r.reference(strings.TrimPrefix(reference, refPrefix))
	}
	if items, ok := property["items"].(schema); ok {
		return "[]" + r.word(items, enum)
	}
	if values, ok := property["additionalProperties"].(schema); ok {
		return "{}" + r.word(values, enum)
	}
	kind, _ := property["type"].(string)
	format, _ := property["format"].(string)
	switch {
	case kind == "string" && len(enum) > 0:
		return "=" + strings.Join(enum, "|")
	case kind == "string" && format == "byte", kind == "string" && format == "date-time", kind == "string" && format == "int-or-string":
		return format
	case kind == "integer":
		return format
	case kind == "":
		return "any"
	}
	return kind
}

func (r release) reference(name string) string {
	definition := r.definitions[name]
	switch {
	case strings.HasSuffix(name, ".resource.Quantity"):
		return "quantity"
	case strings.HasSuffix(name, ".v1.MicroTime"):
		return "date-time"
	case definition["properties"] == nil:
		return r.word(definition, nil)
	}
	return short(name)
}

var prefixes = regexp.MustCompile(`^io\.k8s\.(api|apimachinery\.pkg\.apis|apimachinery\.pkg|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\.`)

// short is the name of a definition as far as it tells it from others.
func short(name string) string {
	return prefixes.ReplaceAllString(name, "")
}
