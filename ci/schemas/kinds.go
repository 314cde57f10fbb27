package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// readKinds finds the kinds that can be created, by `apiVersion Kind`.
func readKinds(file string) (map[string]kindLine, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec struct {
		Paths map[string]struct {
			Post struct {
				Kind       groupVersionKind `json:"x-kubernetes-group-version-kind"`
				Parameters []struct {
					Name   string
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	kinds := map[string]kindLine{}
	for path, operations := range spec.Paths {
		kind := operations.Post.Kind
		if kind.Kind == "" || strings.Contains(path, "{name}") {
			continue
		}
		for _, parameter := range operations.Post.Parameters {
			if parameter.Name != "body" {
				continue
			}
			definition := strings.TrimPrefix(parameter.Schema.Ref, refPrefix)
			key := kind.apiVersion() + " " + kind.Kind
			namespaced := strings.Contains(path, "{namespace}") || kinds[key].namespaced
			kinds[key] = kindLine{definition, namespaced}
		}
	}
	return kinds, nil
}
