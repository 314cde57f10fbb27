// Prints what Helm's own engine makes of calls of every function of templates, for the tests of the engine.
//
// Run in this folder: go run . ../../functions
//
// calls.txt has one template a line, without the braces. A line that begins with a dash stands for itself. Of any other, a
// call of a function with its arguments, also others are made: with an argument less and one more, with the last one by a
// pipe, and with nil, a map, a number and a text in the place of each. `#` begins a comment.
package main

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	chart3 "helm.sh/helm/v3/pkg/chart"
	util3 "helm.sh/helm/v3/pkg/chartutil"
	engine3 "helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v4/pkg/chart/common"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	chart4 "helm.sh/helm/v4/pkg/chart/v2"
	engine4 "helm.sh/helm/v4/pkg/engine"
	)

// What a template gives: its text or its error, and what Helm 4 gives if that is something else. How Helm 4 sets out
// its errors is no matter of functions: of those only the fact counts.
type result struct {
	Template string `json:"template"`
	outcome
	V4 *outcome `json:"v4,omitempty"`
}

type outcome struct {
	Text  string `json:"text,omitempty"`
	Error string `json:"error,omitempty"`
}

var others = []string{"nil", ".Values.one", ".Values.num", ".Values.u"}

func main() {
	folder := os.Args[1]
	calls, err := os.ReadFile(filepath.Join(folder, "calls.txt"))
	check(err)
	values, err := os.ReadFile(filepath.Join(folder, "values.json"))
	check(err)
	out, err := os.Create(filepath.Join(folder, "cases.jsonl"))
	check(err)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	seen := map[string]bool{}
	for _, line := range strings.Split(string(calls), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, call := range variants(line) {
			template := "{{ " + call + " }}"
			if seen[template] {
				continue
			}
			seen[template] = true
			one := result{Template: template, outcome: run3(template, values)}
			other := run4(template, values)
			known := !strings.Contains(one.Error, "not defined")
			if other != one.outcome && !(known && one.Error != "" && other.Error != "") {
				one.V4 = &other
			}
			check(encoder.Encode(one))
		}
	}
	check(out.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func variants(line string) []string {
	if call, alone := strings.CutPrefix(line, "- "); alone {
		return []string{call}
	}
	words := split(line)
	name, args := words[0], words[1:]
	join := func(args ...string) string { return strings.Join(append([]string{name}, args...), " ") }
	all := []string{line, join(append(args[:len(args):len(args)], ".Values.s")...)}
	if len(args) == 0 {
		return all
	}
	last := len(args) - 1
	all = append(all, join(args[:last]...), args[last]+" | "+join(args[:last]...))
	for at := range args {
		for _, other := range others {
			changed := append([]string{}, args...)
			changed[at] = other
			all = append(all, join(changed...))
		}
	}
	return all
}

// split parts a call at its spaces, but not within quotes and parentheses.
func split(line string) []string {
	var words []string
	word, depth, quote := "", 0, rune(0)
	for _, r := range line {
		switch {
		case quote != 0:
			if r == quote && !strings.HasSuffix(word, "\\") {
				quote = 0
			}
		case r == '"' || r == '`':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth == 0:
			words, word = append(words, word), ""
			continue
		}
		word += string(r)
	}
	return append(words, word)
}

// Base64 keeps the text from what Helm does to a file's text at the end.
const caller = `{{ include "p" . | b64enc | printf "o: %q" }}`

func helper(template string) []byte {
	return []byte(`{{ define "p" }}` + template + `{{ end }}`)
}

func read(values []byte) map[string]any {
	read := map[string]any{}
	check(json.Unmarshal(values, &read))
	return read
}

func run4(template string, values []byte) outcome {
	chart := &chart4.Chart{
		Metadata:  &chart4.Metadata{Name: "f", Version: "1.0.0", APIVersion: "v2"},
		Templates: []*common.File{{Name: "templates/_h.tpl", Data: helper(template)}, {Name: "templates/x.yaml", Data: []byte(caller)}},
	}
	given, err := util4.ToRenderValues(chart, read(values), common.ReleaseOptions{Name: "r", Namespace: "default"}, nil)
	check(err)
	rendered, err := engine4.Render(chart, given)
	return told(rendered["f/templates/x.yaml"], err)
}

func run3(template string, values []byte) outcome {
	chart := &chart3.Chart{
		Metadata:  &chart3.Metadata{Name: "f", Version: "1.0.0", APIVersion: "v2"},
		Templates: []*chart3.File{{Name: "templates/_h.tpl", Data: helper(template)}, {Name: "templates/x.yaml", Data: []byte(caller)}},
	}
	given, err := util3.ToRenderValues(chart, read(values), util3.ReleaseOptions{Name: "r", Namespace: "default"}, nil)
	check(err)
	rendered, err := engine3.Render(chart, given)
	return told(rendered["f/templates/x.yaml"], err)
}

const before = `template: f/templates/x.yaml:1:3: executing "f/templates/x.yaml" at <include "p" .>: error calling include: template: f/templates/_h.tpl:1:`

// told takes from an error what stands before the call itself: that is the same for all.
func told(encoded string, err error) outcome {
	if err != nil {
		return outcome{Error: strings.TrimPrefix(err.Error(), before)}
	}
	encoded = strings.Trim(strings.TrimPrefix(encoded, "o: "), `"`)
	text, err := base64.StdEncoding.DecodeString(encoded)
	check(err)
	return outcome{Text: string(text)}
}
