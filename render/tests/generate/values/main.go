// Prints what the real Helm makes of the cases in inputs.json, for the tests of the values' code.
//
// Run in this folder: go run . inputs.json > ../../values/cases.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"

	chart3 "helm.sh/helm/v3/pkg/chart"
	loader3 "helm.sh/helm/v3/pkg/chart/loader"
	util3 "helm.sh/helm/v3/pkg/chartutil"
	values3 "helm.sh/helm/v3/pkg/cli/values"
	"helm.sh/helm/v4/pkg/chart/common"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart4 "helm.sh/helm/v4/pkg/chart/v2"
	loader4 "helm.sh/helm/v4/pkg/chart/v2/loader"
	depend4 "helm.sh/helm/v4/pkg/chart/v2/util"
	values4 "helm.sh/helm/v4/pkg/cli/values"
	getter3 "helm.sh/helm/v3/pkg/getter"
	getter4 "helm.sh/helm/v4/pkg/getter"
)

type input struct {
	Set     []setCase    `json:"set"`
	Charts  []chartCase  `json:"charts"`
	Schemas []schemaCase `json:"schemas"`
}

type setCase struct {
	Flag  string         `json:"flag"`
	Given string         `json:"given"`
	Base  map[string]any `json:"base,omitempty"`
	V3    any            `json:"v3"`
	V4    any            `json:"v4"`
}

// A chart by its files, and what becomes of it.
type chartCase struct {
	Name  string            `json:"name"`
	Files map[string]string `json:"files"`
	Given map[string]any    `json:"given"`
	V3    any               `json:"v3"`
	V4    any               `json:"v4"`
}

// A schema, or the text of a file that may be none.
type schemaCase struct {
	Schema any            `json:"schema,omitempty"`
	Text   *string        `json:"text,omitempty"`
	Values map[string]any `json:"values"`
	Error  string         `json:"error"`
}

type result struct {
	Values any      `json:"values"`
	Charts []string `json:"charts"`
}

type failure struct {
	Error string `json:"error"`
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var in input
	check(json.Unmarshal(text, &in))
	for i := range in.Set {
		in.Set[i].run()
	}
	for i := range in.Charts {
		in.Charts[i].run()
	}
	for i := range in.Schemas {
		in.Schemas[i].run()
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	check(out.Encode(in))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func outcome(value any, err error) any {
	if err != nil {
		return failure{err.Error()}
	}
	return typed(value)
}

// Whole numbers that are int64 are printed as {"int64": n}, so that they differ from floats.
func typed(value any) any {
	switch value := value.(type) {
	case int64:
		return map[string]any{"int64": value}
	case map[string]any:
		out := map[string]any{}
		for k, v := range value {
			out[k] = typed(v)
		}
		return out
	case []any:
		out := []any{}
		for _, v := range value {
			out = append(out, typed(v))
		}
		return out
	}
	return value
}

func (c *setCase) run() {
	base := "base.yaml"
	text, err := json.Marshal(c.Base)
	check(err)
	check(os.WriteFile(base, text, 0o600))
	defer os.Remove(base)
	o3 := values3.Options{ValueFiles: []string{base}}
	o4 := values4.Options{ValueFiles: []string{base}}
	given := []string{c.Given}
	switch c.Flag {
	case "--set":
		o3.Values, o4.Values = given, given
	case "--set-string":
		o3.StringValues, o4.StringValues = given, given
	case "--set-json":
		o3.JSONValues, o4.JSONValues = given, given
	case "--set-literal":
		o3.LiteralValues, o4.LiteralValues = given, given
	default:
		panic(c.Flag)
	}
	c.V3 = outcome(o3.MergeValues(getter3.Providers{}))
	c.V4 = outcome(o4.MergeValues(getter4.Providers{}))
}

func (c *chartCase) run() {
	names := []string{}
	for name := range c.Files {
		names = append(names, name)
	}
	sort.Strings(names)
	var files3 []*loader3.BufferedFile
	var files4 []*archive.BufferedFile
	for _, name := range names {
		files3 = append(files3, &loader3.BufferedFile{Name: name, Data: []byte(c.Files[name])})
		files4 = append(files4, &archive.BufferedFile{Name: name, Data: []byte(c.Files[name])})
	}
	c.V3 = c.three(files3)
	c.V4 = c.four(files4)
}

func (c *chartCase) three(files []*loader3.BufferedFile) any {
	chart, err := loader3.LoadFiles(files)
	if err != nil {
		return failure{err.Error()}
	}
	sort3(chart)
	if err := util3.ProcessDependenciesWithMerge(chart, c.Given); err != nil {
		return failure{err.Error()}
	}
	values, err := util3.CoalesceValues(chart, c.Given)
	if err != nil {
		return failure{err.Error()}
	}
	return result{typed(map[string]any(values)), tree3(chart, "")}
}

// Helm keeps subcharts in no order of its own.
func sort3(chart *chart3.Chart) {
	subs := chart.Dependencies()
	sort.Slice(subs, func(i, j int) bool { return subs[i].Name() < subs[j].Name() })
	for _, sub := range subs {
		sort3(sub)
	}
}

func sort4(chart *chart4.Chart) {
	subs := chart.Dependencies()
	sort.Slice(subs, func(i, j int) bool { return subs[i].Name() < subs[j].Name() })
	for _, sub := range subs {
		sort4(sub)
	}
}

func tree3(chart *chart3.Chart, path string) []string {
	out := []string{path + chart.Name()}
	for _, sub := range chart.Dependencies() {
		out = append(out, tree3(sub, path+chart.Name()+"/")...)
	}
	return out
}

func (c *chartCase) four(files []*archive.BufferedFile) any {
	chart, err := loader4.LoadFiles(files)
	if err != nil {
		return failure{err.Error()}
	}
	sort4(chart)
	if err := depend4.ProcessDependencies(chart, c.Given); err != nil {
		return failure{fmt.Sprintf("chart dependencies processing failed: %v", err)}
	}
	values, err := util4.CoalesceValues(chart, c.Given)
	if err != nil {
		return failure{err.Error()}
	}
	return result{typed(map[string]any(values)), tree4(chart, "")}
}

func tree4(chart *chart4.Chart, path string) []string {
	out := []string{path + chart.Name()}
	for _, sub := range chart.Dependencies() {
		out = append(out, tree4(sub, path+chart.Name()+"/")...)
	}
	return out
}

// The library says what is wrong in the order of Go's maps, which is another each time: the least of its texts is taken.
func (c *schemaCase) run() {
	schema, err := json.Marshal(c.Schema)
	check(err)
	if c.Text != nil {
		schema = []byte(*c.Text)
	}
	for try := range 50 {
		text := ""
		if err := util4.ValidateAgainstSingleSchema(common.Values(c.Values), schema); err != nil {
			text = err.Error()
		}
		if try == 0 || text < c.Error {
			c.Error = text
		}
	}
}
