package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"
)

// customModules are the Go modules of operators that bring the definitions of their resources, and where in them.
var customModules = []struct{ module, files string }{
	{"github.com/external-secrets/external-secrets@v1.3.2", "config/crds/bases/external-secrets.io_externalsecrets.yaml"},
	{"github.com/prometheus-operator/prometheus-operator@v0.85.0", "jsonnet/prometheus-operator/*s-crd.json"},
	{"sigs.k8s.io/gateway-api@v1.3.0", "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml"},
}

// definition is a CustomResourceDefinition, as far as it says what resources look like.
type definition struct {
	Spec struct {
		Group    string
		Names    struct{ Kind string }
		Versions []struct {
			Name   string
			Schema struct {
				OpenAPIV3Schema schema `json:"openAPIV3Schema"`
			}
		}
	}
}

// ownDefinitions are written here, from the documentation of operators whose own are not to be had.
const ownDefinitions = "definitions/*.yaml"

// writeCustom makes a file for each version of each custom resource that operators define.
func writeCustom(out string) error {
	if err := writeDefinitions(ownDefinitions, out); err != nil {
		return err
	}
	for _, known := range customModules {
		module, err := download(known.module)
		if err != nil {
			return err
		}
		if err := writeDefinitions(filepath.Join(module, known.files), out); err != nil {
			return err
		}
	}
	return nil
}

func writeDefinitions(pattern, out string) error {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s: wanted definitions of custom resources, found none (%v)", pattern, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var found definition
		if err := yaml.Unmarshal(text, &found); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := found.write(out); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func (d definition) write(out string) error {
	for _, version := range d.Spec.Versions {
		kind := groupVersionKind{d.Spec.Group, version.Name, d.Spec.Names.Kind}
		strict := version.Schema.OpenAPIV3Schema
		tightenAll(strict)
		text, err := json.Marshal(schema{
			"$schema":    "http://json-schema.org/draft-07/schema#",
			"allOf":      []any{strict},
			"required":   []string{"apiVersion", "kind", "metadata"},
			"properties": schema{"apiVersion": schema{"const": kind.apiVersion()}, "kind": schema{"const": kind.Kind}},
		})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, kind.file()), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tightenAll does what tightenObject does at every level, but where a definition admits what it does not know.
func tightenAll(part any) {
	switch part := part.(type) {
	case schema:
		for _, value := range part {
			tightenAll(value)
		}
		if part["x-kubernetes-preserve-unknown-fields"] != true {
			tightenObject(part)
		}
	case []any:
		for _, value := range part {
			tightenAll(value)
		}
	}
}
