// Prints what the glob library of the real Helm finds with the patterns in inputs.json, for the tests of .Files.Glob.
//
// Run in this folder: go run . inputs.json > ../../glob/cases.json
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/gobwas/glob"
)

type input struct {
	Paths    []string `json:"paths"`
	Patterns []string `json:"patterns"`
}

type output struct {
	Paths []string      `json:"paths"`
	Cases []patternCase `json:"cases"`
}

type patternCase struct {
	Pattern string            `json:"pattern"`
	Found   []string          `json:"found"`
	Fails   map[string]string `json:"fails,omitempty"`
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var in input
	check(json.Unmarshal(text, &in))
	cases := []patternCase{}
	for _, pattern := range in.Patterns {
		cases = append(cases, run(pattern, in.Paths))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	check(out.Encode(output{in.Paths, cases}))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// As Glob of Helm's engine/files.go does.
func run(pattern string, paths []string) patternCase {
	g, err := glob.Compile(pattern, '/')
	if err != nil {
		g, _ = glob.Compile("**")
	}
	c := patternCase{Pattern: pattern, Found: []string{}, Fails: map[string]string{}}
	for _, path := range paths {
		found, err := match(g, path)
		if err != nil {
			c.Fails[path] = err.Error()
		} else if found {
			c.Found = append(c.Found, path)
		}
	}
	return c
}

// Go's templates make an error of a panic.
func match(g glob.Glob, path string) (found bool, err error) {
	defer func() {
		if said := recover(); said != nil {
			err = fmt.Errorf("%v", said)
		}
	}()
	return g.Match(path), nil
}
