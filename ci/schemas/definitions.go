package main

import (
	"slices"
	"strings"
)

type schema = map[string]any

// definitions are the types of an OpenAPI file by name.
type definitions map[string]schema

const refPrefix = "#/definitions/"

// What the API server reads more freely than its OpenAPI file says.
var patched = definitions{
	"io.k8s.apimachinery.pkg.api.resource.Quantity":   {"type": []string{"string", "number"}},
	"io.k8s.apimachinery.pkg.util.intstr.IntOrString": {"type": []string{"string", "integer"}},
}

// tighten refuses unknown fields everywhere and admits null for optional ones, as the API server does.
func (d definitions) tighten() {
	for name, definition := range d {
		if patch, ok := patched[name]; ok {
			d[name] = patch
			continue
		}
		tightenObject(definition)
	}
}

func tightenObject(s schema) {
	properties, ok := s["properties"].(schema)
	if !ok {
		return
	}
	if _, ok := s["additionalProperties"]; !ok {
		s["additionalProperties"] = false
	}
	required, _ := s["required"].([]any)
	for name, property := range properties {
		if slices.Contains(required, any(name)) {
			continue
		}
		properties[name] = schema{"anyOf": []any{property, schema{"type": "null"}}}
	}
}

// kind says which object of the API a definition is; helper types, and those of many groups, are none.
func (d definitions) kind(name string) (groupVersionKind, bool) {
	kinds, _ := d[name]["x-kubernetes-group-version-kind"].([]any)
	if len(kinds) != 1 {
		return groupVersionKind{}, false
	}
	fields := kinds[0].(schema)
	return groupVersionKind{fields["group"].(string), fields["version"].(string), fields["kind"].(string)}, true
}

// schema is a definition with all that it refers to, and with its apiVersion and kind fixed.
func (d definitions) schema(name string, kind groupVersionKind) schema {
	needed := definitions{}
	d.collect(name, needed)
	return schema{
		"$schema": "http://json-schema.org/draft-07/schema#",
		"allOf": []any{
			schema{"$ref": refPrefix + name},
			schema{
				"required": []string{"apiVersion", "kind"},
				"properties": schema{
					"apiVersion": schema{"const": kind.apiVersion()},
					"kind":       schema{"const": kind.Kind},
				},
			},
		},
		"definitions": needed,
	}
}

func (d definitions) collect(name string, needed definitions) {
	if _, ok := needed[name]; ok {
		return
	}
	needed[name] = d[name]
	for _, reference := range references(d[name]) {
		d.collect(reference, needed)
	}
}

// references lists the definitions that a part of a schema names.
func references(part any) []string {
	var found []string
	switch part := part.(type) {
	case schema:
		if reference, ok := part["$ref"].(string); ok {
			found = append(found, strings.TrimPrefix(reference, refPrefix))
		}
		for _, value := range part {
			found = append(found, references(value)...)
		}
	case []any:
		for _, value := range part {
			found = append(found, references(value)...)
		}
	}
	return found
}
