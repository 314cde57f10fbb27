// Command schemas writes a strict JSON schema for each kind of a Kubernetes release, for kubeconform.
//
//	go run . -kubernetes v1.34.4 -out ../../target/schemas
//
// The definitions are those of the release's own module, in api/openapi-spec: no network but the Go module proxy, and
// none at all once the module is in the cache. The definitions of custom resources are those of their operators' modules.
//
//	go run . -bundle ../../render/validate/src/schema/kubernetes.gz -kubernetes v1.36.3,v1.37.1
//
// writes one file of several releases instead, the oldest first: the schemas of `render validate`. ci/fixtures has the
// releases, makes the file anew and compares it.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	version := flag.String("kubernetes", "v1.34.4", "release of Kubernetes; for -bundle several, with commas between them")
	out := flag.String("out", "", "folder that gets a file for each kind")
	bundle := flag.String("bundle", "", "file that gets several releases")
	flag.Parse()
	if (*out == "") == (*bundle == "") {
		fmt.Fprintln(os.Stderr, "schemas: wanted either -out, the folder for the schemas, or -bundle, the file for them")
		os.Exit(2)
	}
	var err error
	if *bundle != "" {
		err = writeBundle(strings.Split(*version, ","), *bundle)
	} else {
		err = run(*version, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}

func run(version, out string) error {
	module, err := download("k8s.io/kubernetes@" + version)
	if err != nil {
		return err
	}
	definitions, err := read(filepath.Join(module, "api", "openapi-spec", "swagger.json"))
	if err != nil {
		return err
	}
	definitions.tighten()
	if err := definitions.write(out); err != nil {
		return err
	}
	return writeCustom(out)
}

// download returns the folder of a module, which the go command fetches and verifies.
func download(module string) (string, error) {
	output, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var found struct{ Dir, Error string }
	if decodeErr := json.Unmarshal(output, &found); decodeErr != nil {
		return "", fmt.Errorf("go mod download %s: %w", module, errors.Join(err, decodeErr))
	}
	if found.Error != "" {
		return "", fmt.Errorf("go mod download %s: %s", module, found.Error)
	}
	return found.Dir, nil
}

// read loads the definitions of an OpenAPI 2 file.
func read(path string) (definitions, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var spec struct{ Definitions definitions }
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(spec.Definitions) == 0 {
		return nil, fmt.Errorf("%s: wanted definitions, found none", path)
	}
	return spec.Definitions, nil
}

// write makes a file for each kind: apps/v1 Deployment becomes deployment-apps-v1.json, the name kubeconform asks for.
func (d definitions) write(out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for name := range d {
		kind, ok := d.kind(name)
		if !ok {
			continue
		}
		text, err := json.Marshal(d.schema(name, kind))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, kind.file()), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

type groupVersionKind struct{ Group, Version, Kind string }

func (k groupVersionKind) apiVersion() string {
	if k.Group == "" {
		return k.Version
	}
	return k.Group + "/" + k.Version
}

func (k groupVersionKind) file() string {
	parts := []string{k.Kind}
	if k.Group != "" {
		group, _, _ := strings.Cut(k.Group, ".")
		parts = append(parts, group)
	}
	return strings.ToLower(strings.Join(append(parts, k.Version), "-")) + ".json"
}
