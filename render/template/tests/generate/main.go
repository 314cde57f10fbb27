// Command generate fills in what Go's text/template makes of the cases under a folder: `go run . ../cases`.
//
// A case is a file of sections, each headed by a line `-- NAME --`: `data` is T (see data.go) or JSON, `missingkey`
// the option (default, zero or error; may be left out), `template` the text. This program writes `output` or `error`.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

var heading = regexp.MustCompile(`(?m)^-- ([a-z]+) --\n`)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate DIR")
	}
	err := filepath.WalkDir(os.Args[1], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		return regenerate(path)
	})
	if err != nil {
		log.Fatal(err)
	}
}

func regenerate(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	sections := map[string]string{}
	places := heading.FindAllSubmatchIndex(text, -1)
	for i, place := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		sections[string(text[place[2]:place[3]])] = strings.TrimSuffix(string(text[place[1]:end]), "\n")
	}
	data, err := decode(sections["data"])
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	output, err := run(sections["template"], sections["missingkey"], data)
	var out bytes.Buffer
	write := func(name, text string) { fmt.Fprintf(&out, "-- %s --\n%s\n", name, text) }
	write("data", sections["data"])
	if option := sections["missingkey"]; option != "" {
		write("missingkey", option)
	}
	write("template", sections["template"])
	if err != nil {
		write("error", err.Error())
	} else {
		write("output", output)
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

func run(text, missingKey string, data any) (string, error) {
	t := template.New("case")
	if missingKey != "" {
		t.Option("missingkey=" + missingKey)
	}
	t.Funcs(functions(t))
	if _, err := t.Parse(text); err != nil {
		return "", err
	}
	var out strings.Builder
	err := t.Execute(&out, data)
	return out.String(), err
}

// decode gives T, or JSON with whole numbers as int64.
func decode(text string) (any, error) {
	if text == "T" {
		return newT(), nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var data any
	if err := decoder.Decode(&data); err != nil {
		return nil, err
	}
	return numbers(data), nil
}

func numbers(data any) any {
	switch data := data.(type) {
	case json.Number:
		if whole, err := data.Int64(); err == nil {
			return whole
		}
		float, _ := data.Float64()
		return float
	case []any:
		for i := range data {
			data[i] = numbers(data[i])
		}
	case map[string]any:
		for key := range data {
			data[key] = numbers(data[key])
		}
	}
	return data
}
