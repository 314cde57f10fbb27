package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
)

type marshalCase struct {
	Value     any    `json:"value"`
	Error     string `json:"error,omitempty"`
	Want      string `json:"want,omitempty"`
	Unescaped string `json:"unescaped,omitempty"`
	Indented  string `json:"indented,omitempty"`
}

type unmarshalCase struct {
	Text  any    `json:"text"`
	Error string `json:"error,omitempty"`
	Want  any    `json:"want"`
	Map   string `json:"map"`
	List  string `json:"list"`
}

func marshals(path string) error {
	values := append([]any{
		"<a href='x'>&amp;</a>", "\u2028\u2029", "\x00\x01\b\f\n\r\t\x1f\x7f", "a\xffb\xc3", "\"\\/",
		1e-6, 1e-7, 9.99e-7, -1e-7, 1e21, 1.5e21, 1e20, 999999999999999999999.0, 1e-10, 1e100, 1e-100, 3.0, 1e6, 100000000.0, -0.5,
		[]any{[]any{}, map[string]any{}, []any{map[string]any{"a": []any{}}}}, map[string]any{"<": "&", "b": 1, "a": []any{1, 2.5, nil, true}, "é\u2028": "x"},
		[]any{math.NaN()}, map[string]any{"a": math.Inf(-1)}, []any{complex(1, 2)}, []byte("any bytes\xff"), []any{[]byte{}, []byte{1}},
	}, operands...)
	var cases []marshalCase
	for _, value := range values {
		c := marshalCase{Value: tagged(value)}
		want, err := json.Marshal(value)
		if err != nil {
			c.Error = err.Error()
		} else {
			var plain bytes.Buffer
			encoder := json.NewEncoder(&plain)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(value); err != nil {
				return err
			}
			indented, err := json.MarshalIndent(value, "> ", "  ")
			if err != nil {
				return err
			}
			c.Want, c.Unescaped, c.Indented = string(want), strings.TrimSuffix(plain.String(), "\n"), string(indented)
		}
		cases = append(cases, c)
	}
	return write(path, cases)
}

func unmarshals(path string) error {
	texts := []string{
		"", " ", "null", "true", "false", "tru", "trux", "t", "nul", "nulL", "fals", "falsy", "nullx", "null x", "1", "-1", "0", "-0", "01", "1.5", "1.", "1.x", ".5", "+1", "-", "-x", "1e5", "1E+5", "1e-5", "1e", "1e+", "1ex", "1e400", "[1e400, 1e500]", "[1e400, x]", "9007199254740993", "1 2", "1,",
		"\"\"", "\"abc\"", "\"abc", "\"a\nb\"", "\"a\tb\"", "\"\\n\\t\\b\\f\\r\\/\\\\\\\"\"", "\"\\q\"", "\"\\", "\"\\u00e9\"", "\"\\u00g9\"", "\"\\u00", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\ud83d\\u0041\"", "\"\\ude00\"", "\"\\ud83d\\ud83d\\ude00\"", "\"\\ud83d\\u00\"", "\"\xff\"", "\"a\xc3b\"", "\"é日\U0001F600\"", "\"\\'\"", "'a'", "\"a\" \"b\"", "\"\x7f\"",
		"[]", "[ ]", "[1]", "[1, 2]", "[1,]", "[,1]", "[1 2]", "[1", "[", "[1,", "]", "[]]", "[[[]]]", "{}", "{ }", "{\"a\":1}", "{\"a\" : 1 , \"b\" : [true] }", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{1:2}", "{\"a\":1 \"b\"}", "{\"a\"", "{\"a\":", "{\"a\":1", "{", "}", "{}}", "{\"a\":1,\"a\":2}", "{\"\":\"\"}", "{\"a\":{\"b\":{}}}",
		"\x00", "\xef\xbb\xbf{}", "é", "\xff", "#", "'", "<", "// c", "{'a':1}", "NaN", "Infinity", "undefined", "  [1]  ", "\t\r\n1\v", "{\"k\\u0041\":1}", "\"\\u2028<>&\"", "[true,false,null]", "[tru]", "{\"a\":nul}", "a: b",
		strings.Repeat("[", 10000), strings.Repeat("[", 10001),
	}
	var cases []unmarshalCase
	for _, t := range texts {
		var value any
		err := json.Unmarshal([]byte(t), &value)
		c := unmarshalCase{Text: text(t), Error: message(err)}
		if err == nil {
			c.Want = tagged(value)
		}
		m := map[string]any{}
		c.Map = message(json.Unmarshal([]byte(t), &m))
		l := []any{}
		c.List = message(json.Unmarshal([]byte(t), &l))
		cases = append(cases, c)
	}
	return write(path, cases)
}
