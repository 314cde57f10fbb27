// Generate calls sprig's functions with the arguments in ../cases/*.txt and writes what they give to ../cases/*.jsonl.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

// A result is a line of output: the call, and what it gives or how it fails.
type result struct {
	Function string            `json:"function"`
	Args     []json.RawMessage `json:"args"`
	Type     string            `json:"type,omitempty"`
	Text     *string           `json:"text,omitempty"`
	Json     *string           `json:"json,omitempty"`
	After    *string           `json:"after,omitempty"`
	Error    *string           `json:"error,omitempty"`
}

func main() {
	folder := "../cases"
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	inputs, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	check(err)
	for _, input := range inputs {
		text, err := os.ReadFile(input)
		check(err)
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		for number, line := range strings.Split(string(text), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			res, err := run(line)
			if err != nil {
				log.Fatalf("%s:%d: %v", input, number+1, err)
			}
			check(encoder.Encode(res))
		}
		check(os.WriteFile(strings.TrimSuffix(input, ".txt")+".jsonl", out.Bytes(), 0o644))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func run(line string) (*result, error) {
	name, rest, _ := strings.Cut(line, " ")
	res := &result{Function: name, Args: []json.RawMessage{}}
	decoder := json.NewDecoder(bufio.NewReader(strings.NewReader(rest)))
	var args []any
	for {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		arg, err := decode(raw)
		if err != nil {
			return nil, err
		}
		res.Args = append(res.Args, raw)
		args = append(args, arg)
	}
	before := marshal(args)
	value, err := call(name, args)
	if err != nil {
		text := err.Error()
		res.Error = &text
		return res, nil
	}
	res.Type = fmt.Sprintf("%T", value)
	printed := fmt.Sprintf("%q", fmt.Sprint(value))
	res.Text = &printed
	res.Json = marshal(value)
	if after := marshal(args); after != nil && before != nil && *after != *before {
		res.After = after
	}
	return res, nil
}

func marshal(value any) *string {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	text := string(encoded)
	return &text
}

// call has a template call the function, so that arguments are converted and panics caught as in a chart.
func call(name string, args []any) (any, error) {
	var got any
	functions := sprig.TxtFuncMap()
	functions["argument"] = func(index int) any { return args[index] }
	functions["got"] = func(value any) string { got = value; return "" }
	var source strings.Builder
	source.WriteString("{{got (")
	start := 0
	if strings.HasPrefix(name, ".") {
		start = 1
		source.WriteString("(argument 0)")
	}
	source.WriteString(name)
	for index, arg := range args {
		if index < start {
			continue
		}
		if arg == nil {
			source.WriteString(" nil")
		} else {
			fmt.Fprintf(&source, " (argument %d)", index)
		}
	}
	source.WriteString(")}}")
	parsed, err := template.New("t").Funcs(functions).Parse(source.String())
	if err != nil {
		return nil, err
	}
	if err := parsed.Execute(io.Discard, nil); err != nil {
		_, text, found := strings.Cut(err.Error(), "error calling "+strings.TrimPrefix(name, ".")+": ")
		if !found {
			return nil, err
		}
		return nil, fmt.Errorf("%s", text)
	}
	return got, nil
}

// decode reads an argument: JSON with whole numbers as int, and {"$type": ...} for what JSON has not.
func decode(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return convert(value)
}

func convert(value any) (any, error) {
	switch value := value.(type) {
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return int(whole), nil
		}
		return value.Float64()
	case []any:
		for index := range value {
			item, err := convert(value[index])
			if err != nil {
				return nil, err
			}
			value[index] = item
		}
		return value, nil
	case map[string]any:
		if len(value) == 1 {
			for key, inner := range value {
				if strings.HasPrefix(key, "$") {
					return typed(key, inner)
				}
			}
		}
		for key := range value {
			item, err := convert(value[key])
			if err != nil {
				return nil, err
			}
			value[key] = item
		}
		return value, nil
	default:
		return value, nil
	}
}

func typed(name string, value any) (any, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	switch name {
	case "$int64":
		return into[int64](encoded)
	case "$uint64":
		return into[uint64](encoded)
	case "$float64":
		return into[float64](encoded)
	case "$uint32":
		return into[uint32](encoded)
	case "$call": // a function or .Method and its arguments
		parts, ok := value.([]any)
		if !ok || len(parts) == 0 {
			return nil, fmt.Errorf("not a call: %s", encoded)
		}
		args := make([]any, len(parts)-1)
		for index, part := range parts[1:] {
			arg, err := convert(part)
			if err != nil {
				return nil, err
			}
			args[index] = arg
		}
		return call(parts[0].(string), args)
	case "$bytes": // numbers, as any bytes need no UTF-8
		numbers, err := into[[]uint16](encoded)
		return octets(numbers), err
	case "$raw": // a string of any bytes, as numbers
		numbers, err := into[[]uint16](encoded)
		return string(octets(numbers)), err
	case "$strings":
		return into[[]string](encoded)
	case "$ints":
		return into[[]int](encoded)
	case "$stringMap":
		return into[map[string]string](encoded)
	default:
		return nil, fmt.Errorf("no such type: %s", name)
	}
}

func octets(numbers []uint16) []byte {
	out := make([]byte, len(numbers))
	for index, number := range numbers {
		out[index] = byte(number)
	}
	return out
}

func into[T any](encoded []byte) (T, error) {
	var value T
	err := json.Unmarshal(encoded, &value)
	return value, err
}
