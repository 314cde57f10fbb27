package main

import (
	"math/rand/v2"
	"strings"
)

// scalars are read as they stand, as values, keys and list items, and written as strings.
var scalars = []string{
	"", "~", "null", "Null", "NULL", "nULL", "true", "True", "TRUE", "tRUE", "false", "yes", "Yes", "YES", "y", "Y", "no", "n", "N", "on", "ON", "off", "Off",
	"0", "-0", "+0", "1", "-1", "+1", "12", "012", "08", "09", "0o17", "0O17", "0o8", "-0o7", "0x1F", "0X1f", "0x", "-0x10", "0b11", "0B11", "0b2", "-0b11", "0b-1", "0b+1", "0b",
	"1_000", "_1", "1_", "1__0", "0_7", "0x_1", "+_1", "1e3", "1E3", "1e+3", "1e-3", "1.", ".5", "-.5", "+.5", ".", "..", "...", "1.5", "1.50", "-1.5e10", "1e400", "-1e400", "1e-400", "1.5_0", "._5",
	".inf", ".Inf", ".INF", "-.inf", "+.inf", ".nan", ".NaN", "inf", "nan", "Infinity",
	"9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "+18446744073709551615", "0xffffffffffffffff", "0x10000000000000000",
	"123456789012345678901234567890", "1.7976931348623157e308", "5e-324", "100000", "1000000", "1234567.891", "0.0001", "0.00001", "1e20", "1e21", "1e22", "123456789.123456789",
	"1:30", "190:20:30", "1:30.5", "1:60", "1:3_0", "-1:30", "1:", ":1", "12:30:45.",
	"2001-12-14", "2001-2-3", "2001-02-30", "2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43Z", "2001-12-14 21:59:43.10", "2001-12-14 21:59:43 -5", "2001-12-14  1:2:3", "2001-12-14T1:2:3,5Z", "2024-01", "2024-13-01", "20010-12-14", "0000-01-01", "1900-02-29", "2000-02-29", "2001-12-14T25:00:00Z", "2001-12-14T21:59:43+25:00",
	"=", "<<", "!", "!foo", "&a", "*a", "%x", "@x", "`x`", "|", ">", "-", "- a", "-a", "--", "---", "--- a", "---a", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a:b", "a #b", "#a", "a#b", ",a", "a,b", "[a]", "{a}", "[", "]", "{", "}", "{{ x }}", "{{x}}",
	"\"q\"", "'q'", "it's", "a\"b", "\\", "a\\b", "\"", "'", "a'", "''", "\"\"",
	" a", "a ", " ", "  ", "a  b", "\t", "\t\n", "\ta\nb", "a\tb", "\ta", "a\t", "a\nb", "a\n", "\na", "a\n\n", "\n", "\n\n", "a\n b", " a\nb", "a \nb", "a\n\nb", "a\n\n\nb\n\n", "a\r\nb", "a\rb", "\r", "a\n\tb", "a\n  - b\n", "  a\n  b\n", "#a\nb", "a: b\nc: d\n", "a\n ", "---\na", "\n a\n", "a\u2028b", "a\u2029b", "\u2028", "a\nb\u2028c", "\u2028a\n",
	"é", "ü ß", "日本語", "😀", "a😀b", "😀\nb", "\u00a0", "a\u00a0b", "\ufeff", "\ufeffa b", "a\ufeffb", "\u0001", "a\u0007b", "\u001b[0m", "\u0000", "\u0085", "a\u0085b", "a \u0085 b", "\u007f", "a\u007fb", "\u0080", "\u009f", "\ufffd", "\ufffe", "\uffff", "\ue000", "\U0001F600",
	"foo", "foo bar", "foo-bar", "foo_bar", "foo.bar", "foo/bar", "http://foo:80/bar?x=1&y=2#z", "key=value", "key: value", "$HOME", "${HOME}", "100m", "1Gi", "1.2.3", "v1.2.3", "1.10", "10.0.0.0/8", "::1", "0.0.0.0", "a@b.c", "*", "*.foo", "**", "&", "!x", "%", "-1 a", "1 a", "a|b", "|-", ">-", "a>b", "<a>", "a & b",
	"sha256:0123456789abcdef", "0123456", "0755", "1e", "e1", "1e5a", "123e4567", "1E1", "6e1", "00", "01", "0.0", "-0.0", "1,000", "0x1p3", "NaN", "None", "nil", "undefined",
	strings.Repeat("a", 79) + " b", strings.Repeat("a", 80) + " b", strings.Repeat("a", 81) + " b", strings.Repeat("a", 127), strings.Repeat("a", 128), strings.Repeat("a", 129), strings.Repeat("é", 64), strings.Repeat("é", 65),
	strings.Repeat("word ", 30) + "end", strings.Repeat("word  ", 30) + "end", strings.Repeat("it's ", 30) + "end: x", strings.Repeat("# ", 60) + "x", strings.Repeat("\"a\" ", 40), strings.Repeat("\x01 a ", 30), strings.Repeat("\x01  a ", 30), strings.Repeat("日本 ", 60) + "x", "yes " + strings.Repeat("a b ", 40), "- " + strings.Repeat("a b ", 40) + ".", "'" + strings.Repeat("x ", 90), strings.Repeat("x", 200), strings.Repeat("line\n", 20), strings.Repeat("a long line that is over eighty columns wide and therefore would be folded ", 2) + "\nsecond",
	strings.Repeat("a", 1021), strings.Repeat("a", 1022), strings.Repeat("a", 1023), strings.Repeat("<", 170), strings.Repeat("<", 171), strings.Repeat("\"", 511), strings.Repeat("\"", 512),
}

// documents are whole texts.
var documents = []string{
	"a: 1\nb: 2\n", "a:\n  b: 1\n  c:\n  - 1\n  - 2\n", "- a\n- b\n", "- - a\n  - b\n- - c\n", "a: [1, 2, {b: c}]\n", "{a: 1, b: [x, y]}\n", "a: {b: {c: d}}\n",
	"a: b: c", "a: b\n c: d", "a:\n  b\n c: d", "a: 1\n b: 2", "  a: 1\nb: 2", "a:\n- b\n c", "a: [1, 2", "a: {b: 1", "a: ]", "a: }", "[a", "{a", "[a, b]]", "{a: b}}", "[a b: c, d]", "[a: b, c: d]", "[? a : b]", "[: a]", "[a:]", "{a, b}", "{a: , b: }", "{: a}", "{? a}", "{? : a}", "{,}", "[,]", "[a,,b]", "{a,,b}", "{a: b, }", "{a: 1 b: 2}", "[a\nb]", "{a: b\nc: d}",
	"? a\n: b", "? a", "? - a\n: - b", "? {a: b}\n: c", "? [a]\n: c", "[a]: b", "{a: b}: c", "[]: b", "{}: b", "[[]]: b", "{{ x }}: y", "{{ .Values.x }}", "a: {{ .Values.x }}", "a: {{ x }}\nb: {{ y }}", "{[a]: b}", "{1: a, 2.5: b, true: c}", "1: a\n2.5: b\ntrue: c\n", "null: a", "~: {b: [1, x, null, 1.5, true]}", "18446744073709551615: x", "1.0: a", "1e10: a", ".inf: a", ".nan: a", "-.inf: a", "2001-12-14: a", "0x10: a", "123456789.5: a", "'': a", "\"a b\": c", "'1': a", "yes: a", "? \n: a", ": a", ":",
	"a: 1\na: 2\n", "{a: 1, a: 2}",
	"a: &x 1\nb: *x\n", "a: &x {k: 1}\nb: {<<: *x, j: 2}\n", "a: &x {k: 1}\nb: {j: 2, k: 3, <<: *x}\n", "a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc: {<<: [*x, *y], z: 1}\n", "a: &x {k: 1}\nc: {<<: [{k: 5}, *x]}\n", "<<: {a: 1}\n", "<<: 1", "<<: [1]", "<<: null", "a: &x [1]\nb: {<<: *x}", "\"<<\": {a: 1}", "! <<: {a: 1}", "!!merge <<: {a: 1}", "a: <<", "- <<", "a: *nope", "a: &x [*x]", "&x a: *x", "a: &x\n  <<: *x", "&a a: &b b\n*a : *b", "a: &x\nb: *x", "*x", "&x", "& x", "* x", "&x &y a", "a: &x *x", "&a.b c", "a: &x1-_ b\nc: *x1-_", "a: &x b\nc: [*x]", "a: &x b\nc: {*x : d}", "a: &x b\nc: {*x: d}",
	"!!str 5", "!!str", "!!int 5", "!!int '5'", "!!int abc", "!!int yes", "!!float 5", "!!float 5.5", "!!float abc", "!!float 18446744073709551615", "!!bool yes", "!!bool 1", "!!null x", "!!null ''", "!!null null", "!!timestamp 2001-12-14", "!!timestamp abc", "!!binary aGk=", "!!binary aGk", "!!binary 'a Gk='", "!!binary gIA=", "!!binary |\n  aGVs\n  bG8=\n", "!!binary aGl=", "!!map {a: b}", "!!seq [a]", "!!map [a]", "!!set {a}", "!foo b", "!foo [b]", "! 5", "! '5'", "!<tag:yaml.org,2002:int> 5", "!<tag:yaml.org,2002:str> 5", "!<x", "!<>", "!e!foo bar", "%TAG !e! tag:yaml.org,2002:\n---\n!e!str 5", "%TAG ! tag:yaml.org,2002:\n---\n!int 5", "%TAG !! x:\n---\n!!int 5", "!%41 x", "!%zz x", "!%ff x", "!%c3%a9 x", "!%c3%41 x", "a: !!str", "a: !!str\nb: 1", "!!str a: b", "&x !!str a", "!!str &x a", "!!str,x a", "- !!int", "a: !!int 0o7\nb: !!float 1e3\n", "!foo!bar x", "a!b", "!a!b!c x",
	"%YAML 1.1\n---\na: 1", "%YAML 1.2\n---\na: 1", "%YAML 1.1\n%YAML 1.1\n---\na", "%YAML 1\n---\na", "%YAML 1.\n---\na", "%YAML 1.100\n---\na", "%YAML  1.1 # c\n---\na", "%YAML 1.1 x\n---\na", "%FOO\n---\na", "%", "% \n", "%YAML 1.1\na: 1", "%TAG !e x\n---\n", "%TAG\n---\n", "%TAG !e!\n---\n", "%TAG !e! x\n%TAG !e! y\n---\na", "%a-b x\n", "%a.b x\n", "a: 1\n%b: 2\n", "a\n%b",
	"---\na: 1\n", "--- a\n", "--- |\n a\n", "---\n---\n", "---\n", "--- # c\na: b", "a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "...\n", "...\na: 1", "a: 1\n...\n---\nb: [", "a: 1\n---\n[", "---a", "--- - a", "--- a: b", "--- {a: b}", "---\n- a\n---\n- b", "a\n...\nb", "'a\n--- b'", "\"a\n... b\"", "a\n---b", "a: |\n  x\n---\nb",
	"# c\n", "# c\na: 1 # d\n# e\n", "a: 1# b\n", "a: # c\n  b\n", "- # c\n  a\n", "[a, # c\n b]", "[a,# c\n b]", "a:#b", "a: 'b'#c", "a: 'b' #c", "a: |#c\n  b", "a: | #c\n  b",
	"a: |\n  x\n  y\n", "a: |-\n  x\n", "a: |+\n  x\n\n", "a: |\n  x\n\n", "a: >\n  x\n  y\n\n  z\n", "a: >-\n  x\n   y\n  z\n", "a: >+\n  x\n\n\nb: 1", "a: |2\n   x\n  y\n", "a: |1\n x\n", "a: |0\n x", "a: |-2\n   x\n", "a: |2-\n   x\n", "a: |+1-\n x", "a: |10\n x", "a: |\nb: 1", "a: |", "a: >", "a: |\n", "a: |\n\n\n", "a: |\n \n  x\n", "a: |\n    \n  x\n", "a: |\n\tx\n", "a: |\n  \tx\n", "a: |\n  x\n y\n", "a: |\n  x\n\ty\n", "|\n x", "|\nx", ">\n a\n b\n", "- |\n a\n- b", "- |\n  a\n - b", "a:\n  - |\n    x\n    y\n  - z", "a: |x\n  y", "a: > x\n  y", "a: >\n\n  x\n\n\n  y\n\n    z\n\n  w\n", "a: >\n  x\n  \ty\n  z\n", "a: |\r\n  x\r\n  y\r\n", "a: |\n  x\n  # c\n# d\n", "a: |9\n           x\n", "? |\n  k\n: v",
	"a: 'x'", "a: 'x''y'", "a: 'x\n  y'", "a: 'x\n\n  y'", "a: 'x", "a: 'x'y", "a: 'x' y", "a: \"x\"", "a: \"x\\ny\"", "a: \"x\n  y\"", "a: \"x\n\n  y\"", "a: \"x\\\n  y\"", "a: \"x \\\n  y\"", "a: \"x\\\n\n  y\"", "a: \"x  \n  y\"", "a: \"x\\q\"", "a: \"\\x4\"", "a: \"\\x41\"", "a: \"\\u00e9\"", "a: \"\\U0001F600\"", "a: \"\\ud83d\\ude00\"", "a: \"\\U00110000\"", "a: \"\\Uffffffff\"", "a: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\\\\\N\\_\\L\\P\\'\"", "a: \"\\/\"", "a: \"\\\t\"", "a: \"x", "a: \"x\n", "a: \"x\nb: y\n", "\"a\" b", "\"a\": b", "\"a\":b", "{\"a\":b}", "{'a':b}", "{\"a\":1,\"b\":[1,2]}", "{a:b}", "[a:b]", "\"a\n b\": c", "'a\n b': c", "a\n b: c", "\"\\u2028\"", "'a\\nb'", "'a\\'",
	"a\n  b\n  c", "a\n\n  b", "a: b\n  c\n  d", "a: b\n\n  c", "a: b\n   \n  c", "a: b\n\t\n  c", "a: b\n \tc", "a: b\n\tc", "a: b\n  c: d", "a: b\n  - c", "a: b # c\n  d", "- a\n  b\n-c", "a: b\r\nc: d\r\n", "a: b\rc: d\r", "a\u2028b: c", "a: b\u0085c: d", "a:\tb", "a:\t- b", "a: \t b", "\ta: b", " \ta: b", "a:\n\tb: c", "a:\n  b: c\n\td: e", "-\ta", "- \ta: b", "-\t- a", "[\ta,\tb\t]", "{\ta:\tb\t}", "a: b\t# c", "a: b\t", "a: 'b'\t", "? \ta", "a: [\n\tb\n]", "a: [\nb\n]", "a:\n[b]", "a:\n{b: c}", "a: b\n]",
	"@a", "`a`", "a: @b", "a: `b`", "a: %b", "%b", "a: &b", "a: !b", "a: |b", "a: >b", "a: ,b", "a: ?b", "a: ? b", "a: - b", "a: -b", "a: :b", "a: ::b", "a: b:", "a: b::c", "a: b :c", "a: b : c", "a : b", "a :b", "a:b", "a::b: c", "- - - a", "- -", "-", "- \n-", "--", "- ? a\n  : b", "- : a", "? - a", "?a", "a: ?", "-\n- a\n-\n  b\n", "- a: 1\n  b: 2\n- c: 3\n", "- a: 1\n b: 2\n", "-  a: 1\n   b: 2", "- a\nb: c", "a: b\n- c", "a:\n- b\n- c\nd: e", "a:\n  - b\n  c: d", "a:\n    b: 1\n  c: 2", "a:\n  b: 1\n    c: 2", "a:\n b:\n  c:\n   d: e\n", "a: 1\n\n\n\nb: 2: 3", "a: 1\nb\nc: 2", "a: 1\nb", "a\nb: 1", "a b: c d", "a: [b\nc: d", "a: \"b\" c: d", "a: 'b': c", "x:\n  - a\n - b", "x:\n- a\n  - b", "x:\n - a\n - b", "foo:\n  bar: 1\n baz: 2",
	"\ufeffa: 1", "\ufeff", "a: \ufeffb", "a: b\ufeff", "\xff\xfea\x00:\x00 \x00b\x00", "\xfe\xff\x00a\x00:\x00 \x00b", "\xff\xfe\x3d\xd8\x00\xde", "\xff\xfe\x00\xde", "\xff\xfea", "a: \x01", "a: \x00", "a: \x7f", "a: \u0080", "a: \ufffe", "a: \xff", "a: \xc3", "a: \xc3(", "a: \xed\xa0\x80", "a: \xf4\x90\x80\x80", "a: \xc0\x80", "a: b\n---\n\x01", "a: [\n" + strings.Repeat("x,\n", 300) + "\x01", "a: b: c\n" + strings.Repeat("# x\n", 300) + "\x01", "a: b\n" + strings.Repeat("# x\n", 300) + "\x01", "a: b\n---\n" + strings.Repeat("# x\n", 300) + "\x01",
	strings.Repeat("a", 1023) + ": b", strings.Repeat("a", 1024) + ": b", strings.Repeat("a", 1025) + ": b", "x: 1\n" + strings.Repeat("a", 1025) + ": b", "{" + strings.Repeat("a", 1025) + ": b}", "\"" + strings.Repeat("a", 1022) + "\": b", "\"" + strings.Repeat("a", 1023) + "\": b", "? " + strings.Repeat("a", 1025) + "\n: b",
	strings.Repeat("[", 100) + strings.Repeat("]", 100), strings.Repeat("[", 10001), strings.Repeat("{a: ", 10001), strings.Repeat("- ", 10001), strings.Repeat("? ", 10001), "- " + strings.Repeat("[", 10001),
	bomb(9, 9), bomb(2, 60), bomb(3, 3), "a: &a [" + strings.Repeat("x, ", 2000) + "]\nb: [" + strings.Repeat("*a, ", 300) + "]",
	"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {app.kubernetes.io/name: x}\ndata:\n  x.yaml: |-\n    a: b\n\n    c: d\n  y: \"1\"\n",
	"image:\n  repository: nginx\n  tag: \"\"\nresources: {}\n  # limits:\n  #   cpu: 100m\nnodeSelector: {}\ntolerations: []\n", "env:\n  - name: A\n    value: \"x\"\n  - name: B\n    valueFrom:\n      secretKeyRef:\n        name: s\n        key: k\nargs: [\"-c\", 'echo \"x\"', --flag=1]\n", "port: 8080\nhosts:\n- host: a.b\n  paths:\n  - /\n  - /x\nannotations:\n  nginx.ingress.kubernetes.io/x: |\n    if ($a = b) {\n      return 1;\n    }\n",
}

// bomb nests aliases: each level names the one below it several times.
func bomb(levels, width int) string {
	text := "a0: &a0 [x, x, x]\n"
	for level := 1; level <= levels; level++ {
		name, below := string(rune('0'+level)), string(rune('0'+level-1))
		text += "a" + name + ": &a" + name + " [" + strings.Repeat("*a"+below+", ", width) + "]\n"
	}
	return text
}

// texts are the scalars in several places, and the documents.
func texts() []string {
	var all []string
	for _, scalar := range scalars {
		if len(scalar) < 300 {
			all = append(all, scalar, "a: "+scalar+"\n", "- "+scalar+"\n- b\n", scalar+": b\n")
		}
	}
	return append(all, documents...)
}

// mutated makes new texts of the documents by small changes that the seed determines.
func mutated(count int, seed uint64) []string {
	random := rand.New(rand.NewPCG(seed, 7))
	pieces := []string{" ", "  ", "\n", "\n  ", "\n- ", "- ", ": ", ":", "?", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!!str ", "!x ", "'", "\"", "|", "|-\n", ">\n", "\t", "\\", "%", "---\n", "\n...\n", "a", "1", "é", "<<: ", "\r\n", "\u2028", "~", "0", ".5", "\u0085", "@"}
	var all []string
	for len(all) < count {
		text := documents[random.IntN(len(documents))]
		if len(text) > 400 {
			continue
		}
		for range 1 + random.IntN(3) {
			at := random.IntN(len(text) + 1)
			switch random.IntN(4) {
			case 0:
				end := min(len(text), at+1+random.IntN(3))
				text = text[:at] + text[end:]
			case 1:
				other := documents[random.IntN(len(documents))]
				if len(other) < 200 {
					text = text[:at] + other + text[at:]
				}
			default:
				text = text[:at] + pieces[random.IntN(len(pieces))] + text[at:]
			}
		}
		all = append(all, text)
	}
	return all
}

// values are what is written.
func values() []any {
	var all []any
	for _, scalar := range scalars {
		all = append(all, scalar, map[string]any{"k": scalar}, []any{scalar}, map[string]any{scalar: "v"}, map[string]any{"a": []any{map[string]any{"b": scalar}}})
	}
	for _, number := range []float64{0, 1, -1, 0.1, 1.5, 100000, 999999, 1000000, 1234567, 123456.7, 1234567.891, 1e15, 9007199254740992, 1e18, 1234567890123456768, 9223372036854775807, 1e19, 18446744073709551615, 1e20, 1e21, 1e22, -1e18, -9223372036854775808, -1e19, 1e-4, 1e-5, 1e-7, 5e-324, 1.7976931348623157e308, 0.1 + 0.2} {
		all = append(all, number, []any{number}, map[string]any{"k": number})
	}
	all = append(all, structures...)
	for at, key := range sortKeys {
		for _, other := range sortKeys[:at] {
			all = append(all, sortable(key, other))
		}
	}
	return all
}

var structures = []any{
	nil, true, false, map[string]any{}, []any{}, map[string]any{"a": nil}, []any{nil}, map[string]any{"a": map[string]any{}, "b": []any{}}, []any{[]any{}, map[string]any{}, []any{[]any{}}},
	map[string]any{"a": map[string]any{"b": map[string]any{"c": []any{1, []any{2, []any{3}}, map[string]any{"d": 4, "e": []any{5}}}}}},
	[]any{map[string]any{"a": 1, "b": map[string]any{"c": 2}, "d": []any{map[string]any{"e": 3}}}, []any{map[string]any{"f": 1}}},
	map[string]any{"t": []any{map[string]any{"a": 1}, map[string]any{"b": []any{map[string]any{"c": 1}}}}, "u": map[string]any{"v": map[string]any{"w": 1}}, "x": 1},
	map[string]any{"mixed": []any{map[string]any{"a": 1, "t": map[string]any{"z": 1}, "n": nil}, 1}, "nested": []any{[]any{map[string]any{"a": 1}}}},
	map[string]any{"a": []any{1, nil}}, map[string]any{"a": []any{map[string]any{"b": nil}}}, map[string]any{"a": []any{map[string]any{"b": nil, "c": 1}, 2}}, map[string]any{"a": []any{map[string]any{"b": 1, "c": nil}, 2}},
	map[string]any{"a b": map[string]any{"c.d": map[string]any{"": 1}}, "é": map[string]any{"x": []any{map[string]any{}}}},
	map[string]any{strings.Repeat("k", 129): map[string]any{"a": 1}, strings.Repeat("l", 129): []any{1, 2}, "multi\nline": []any{map[string]any{"a": "x\ny"}}, strings.Repeat("m", 140): "a\nb\n"},
	[]any{map[string]any{strings.Repeat("k", 129): []any{map[string]any{"a": []any{1}}}}},
	[]any{"a\nb\n", []any{"a\n\n", map[string]any{"x": " a\n"}}}, map[string]any{"a": map[string]any{"b": "x\n\ny\n\n", "c": "z"}},
	sortable("日1", "日10", "日2", "a٣", "a١٠", "ab", "a b", "a/b", "foo.bar/baz", "foo-bar", "foo_bar", "foobar", "fooBar", "FOO"),
}

// sortKeys are ordered two by two, since some of them go in circles.
var sortKeys = []string{"a1", "a9", "a10", "a", "A", "B", "b", "a-1", "a_1", "a.1", "a1b", "a1a", "a10b", "a01", "a001", "é", "z", "1", "10", "9", "01", "1a", "1-", "-1", "_", "~", "x0y", "x00y", "x1y", "x10", "x00", "v1.2.10", "v1.2.9", "v1.10.0", "100", "1000", "10a", "日1", "日10", "a٣", "a١٠", "a b", "a/b", ""}

func sortable(keys ...string) map[string]any {
	sorted := map[string]any{}
	for at, key := range keys {
		sorted[key] = at
	}
	return sorted
}
