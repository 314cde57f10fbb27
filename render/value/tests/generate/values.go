package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
	"unicode/utf8"
)

// Point stands for any struct.
type Point struct {
	A int
	B string
}

// text is a string as the tests read it: itself, or its bytes in hexadecimal if it is no UTF-8.
func text(s string) any {
	if utf8.ValidString(s) {
		return s
	}
	return map[string]string{"hex": hex.EncodeToString([]byte(s))}
}

// tagged is a value as the tests read it: by the name of its type.
func tagged(value any) any {
	tag := func(name string, value any) any { return map[string]any{name: value} }
	switch v := value.(type) {
	case nil:
		return nil
	case bool:
		return v
	case string:
		return text(v)
	case float64:
		return tag("float64", strconv.FormatFloat(v, 'g', -1, 64))
	case complex128:
		return tag("complex128", []string{fmt.Sprint(real(v)), fmt.Sprint(imag(v))})
	case int, int64, int32, uint8, uint64:
		return tag(fmt.Sprintf("%T", v), fmt.Sprint(v))
	case []byte:
		return tag("bytes", hex.EncodeToString(v))
	case error:
		return tag("error", text(v.Error()))
	case time.Duration:
		return tag("duration", []string{fmt.Sprint(int64(v)), v.String()})
	case Point:
		return tag("struct", []any{tagged(v.A), tagged(v.B)})
	case *Point:
		return tag("pointer", []any{tagged(v.A), tagged(v.B)})
	case []any:
		return tag("list", each(v))
	case []string:
		return tag("strings", each(v))
	case []int:
		return tag("ints", each(v))
	case map[string]any:
		return tag("map", entries(v))
	case map[string]string:
		return tag("texts", entries(v))
	}
	panic(fmt.Sprintf("no tag for %T", value))
}

func each[T any](items []T) []any {
	out := []any{}
	for _, item := range items {
		out = append(out, tagged(item))
	}
	return out
}

func entries[T any](m map[string]T) map[string]any {
	out := map[string]any{}
	for key, value := range m {
		out[key] = tagged(value)
	}
	return out
}

// write writes one case a line.
func write[T any](path string, cases []T) error {
	out := []byte("[\n")
	for i, c := range cases {
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = append(out, line...)
	}
	return os.WriteFile(path, append(out, "\n]\n"...), 0o644)
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

var failure = errors.New("it \"failed\"")
