package main

import (
	"errors"
	"fmt"
	"strings"
	"text/template"
)

// functions gives what the cases call; tests/cases.rs has the same.
func functions(t *template.Template) template.FuncMap {
	return template.FuncMap{
		"add": func(numbers ...int) int {
			sum := 0
			for _, number := range numbers {
				sum += number
			}
			return sum
		},
		"dddArg":     func(a int, b ...string) string { return fmt.Sprint(a, b) },
		"die":        func() bool { panic("die") },
		"echo":       func(value any) any { return value },
		"fail":       func(text string) (string, error) { return "", errors.New(text) },
		"list":       func(items ...any) []any { return items },
		"makemap":    makemap,
		"mapOfThree": func() any { return map[string]int{"three": 3} },
		"needBool":   func(value bool) string { return fmt.Sprintf("%T", value) },
		"needFloat":  func(value float64) string { return fmt.Sprintf("%T %v", value, value) },
		"needInt64":  func(value int64) string { return fmt.Sprintf("%T %v", value, value) },
		"needList":   func(value []any) int { return len(value) },
		"needMap":    func(value map[string]any) int { return len(value) },
		"oneArg":     func(a string) string { return "oneArg=" + a },
		"returnInt":  func() int { return 7 },
		"twoArgs":    func(a, b string) string { return "twoArgs=" + a + b },
		"typeOf":     func(value any) string { return fmt.Sprintf("%T", value) },
		"zeroArgs":   func() string { return "zeroArgs" },
		"include": func(name string, data any) (string, error) {
			var out strings.Builder
			err := t.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"tpl": func(text string, data any) (string, error) {
			clone, err := t.Clone()
			if err != nil {
				return "", err
			}
			clone.Funcs(functions(clone))
			clone, err = clone.New(t.Name()).Parse(text)
			if err != nil {
				return "", fmt.Errorf("cannot parse template %q: %w", text, err)
			}
			var out strings.Builder
			if err := clone.Execute(&out, data); err != nil {
				return "", fmt.Errorf("error during tpl function execution for %q: %w", text, err)
			}
			return out.String(), nil
		},
	}
}

func makemap(words ...string) (map[string]string, error) {
	if len(words)%2 != 0 {
		return nil, errors.New("bad makemap")
	}
	made := map[string]string{}
	for i := 0; i < len(words); i += 2 {
		made[words[i]] = words[i+1]
	}
	return made, nil
}
