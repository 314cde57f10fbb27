// Writes the expected results of render/yaml's tests: what Helm's libraries make of the inputs in inputs.go.
//
//	go run . [-mutants N] FOLDER     writes read.json, write.json, toml-read.json, toml-write.json
//	go run . -check FILE             reads FILE (lines of {"value": JSON, "yaml": text}) and compares
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"
	"sigs.k8s.io/yaml"
	pretty "sigs.k8s.io/yaml/goyaml.v3"
)

// A text and what it is read as: JSON, or an error.
type read struct {
	Bytes []byte          `json:"bytes,omitempty"`
	Text  string          `json:"text,omitempty"`
	JSON  json.RawMessage `json:"json,omitempty"`
	// Of TOML, as fmt prints it, so that times show their zones.
	Printed string `json:"printed,omitempty"`
	Error   string `json:"error,omitempty"`
}

// A value and what is written for it, without the line break at the end.
type write struct {
	Value  json.RawMessage `json:"value"`
	YAML   string          `json:"yaml,omitempty"`
	Pretty string          `json:"pretty,omitempty"`
	TOML   string          `json:"toml,omitempty"`
	Error  string          `json:"error,omitempty"`
}

func main() {
	mutants := flag.Int("mutants", 700, "how many inputs are made of others by small changes")
	check := flag.String("check", "", "a file whose texts are read and compared with its values")
	seed := flag.Uint64("seed", 1, "of the changes")
	flag.Parse()
	if *check != "" {
		compare(*check)
		return
	}
	folder := flag.Arg(0)
	save(folder, "read.json", readYAML(append(texts(), mutated(*mutants, *seed)...)))
	save(folder, "write.json", writeYAML())
	save(folder, "toml-read.json", readTOML(append(tomlTexts, mutatedTOML(*mutants, *seed)...)))
	save(folder, "toml-write.json", writeTOML())
}

func save[T any](folder, name string, cases []T) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for at, one := range cases {
		if at == 0 {
			out.WriteString("[\n")
		} else {
			out.Truncate(out.Len() - 1)
			out.WriteString(",\n")
		}
		must(encoder.Encode(one))
	}
	out.WriteString("]\n")
	must(os.WriteFile(filepath.Join(folder, name), out.Bytes(), 0o644))
	fmt.Println(name, len(cases))
}

func readYAML(texts []string) []read {
	var cases []read
	for _, text := range texts {
		one := read{Text: text}
		if strings.ToValidUTF8(text, "") != text || strings.ContainsRune(text, 0) {
			one = read{Bytes: []byte(text)}
		}
		read := func() (err error) {
			defer func() {
				if r := recover(); r != nil {
					err = fmt.Errorf("panic: %v", r)
				}
			}()
			one.JSON, err = yaml.YAMLToJSON([]byte(text))
			return err
		}
		if err := read(); err != nil {
			if strings.HasPrefix(err.Error(), "panic: ") {
				continue
			}
			one.Error = err.Error()
		}
		cases = append(cases, one)
	}
	return cases
}

func writeYAML() []write {
	var cases []write
	for _, value := range values() {
		one := write{Value: encode(value)}
		var read any
		must(json.Unmarshal(one.Value, &read))
		out, err := yaml.Marshal(read)
		if err != nil {
			one.Error = err.Error()
		}
		one.YAML = strings.TrimSuffix(string(out), "\n")
		var buffer bytes.Buffer
		encoder := pretty.NewEncoder(&buffer)
		encoder.SetIndent(2)
		must(encoder.Encode(read))
		one.Pretty = strings.TrimSuffix(buffer.String(), "\n")
		cases = append(cases, one)
	}
	return cases
}

func readTOML(texts []string) []read {
	var cases []read
	for _, text := range texts {
		one := read{Text: text}
		if strings.ToValidUTF8(text, "") != text || strings.ContainsRune(text, 0) {
			one = read{Bytes: []byte(text)}
		}
		if one.readTOML(text) {
			cases = append(cases, one)
		}
	}
	return cases
}

// readTOML reports whether the library survives.
func (one *read) readTOML(text string) (fine bool) {
	defer func() { fine = recover() == nil }()
	value := map[string]any{}
	if err := toml.Unmarshal([]byte(text), &value); err != nil {
		one.Error = err.Error()
	} else {
		one.Printed = fmt.Sprint(value)
	}
	return true
}

func writeTOML() []write {
	var cases []write
	for _, value := range values() {
		one := write{Value: encode(value)}
		var read any
		must(json.Unmarshal(one.Value, &read))
		if read == nil {
			continue
		}
		var buffer bytes.Buffer
		if err := toml.NewEncoder(&buffer).Encode(read); err != nil {
			one.Error = err.Error()
		} else {
			one.TOML = buffer.String()
		}
		cases = append(cases, one)
	}
	return cases
}

func encode(value any) json.RawMessage {
	out, err := json.Marshal(value)
	must(err)
	return out
}

// compare reads what our emitter wrote with the real library.
func compare(file string) {
	in, err := os.Open(file)
	must(err)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<26)
	total, wrong := 0, 0
	for lines.Scan() {
		var one write
		must(json.Unmarshal(lines.Bytes(), &one))
		var want, got any
		must(json.Unmarshal(one.Value, &want))
		expected, err := yaml.Marshal(want)
		must(err)
		err = yaml.Unmarshal([]byte(one.YAML+"\n"), &got)
		total++
		if err != nil || !reflect.DeepEqual(want, got) && !strings.Contains(one.YAML, "\u2028") || strings.TrimSuffix(string(expected), "\n") != one.YAML {
			wrong++
			fmt.Printf("%s\nours: %q\nreal: %q\nread: %v %v\n", one.Value, one.YAML, expected, got, err)
		}
	}
	must(lines.Err())
	fmt.Printf("%d values, %d differ\n", total, wrong)
	if wrong > 0 {
		os.Exit(1)
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
