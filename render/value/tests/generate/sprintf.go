package main

import (
	"fmt"
	"math"
	"time"
)

type sprintfCase struct {
	Format any   `json:"format"`
	Args   []any `json:"args"`
	Want   any   `json:"want"`
}

// Every one of these values is printed by every one of the formats.
var operands = []any{
	nil, true, false,
	0, 7, -42, int64(1234567890123), int64(math.MinInt64), int32('ä'), int32(-1), uint8(200), uint64(math.MaxUint64), 0x1F600, 0x110000,
	0.0, math.Copysign(0, -1), 1.0, 8080.0, 1e6, 123456789.0, 1e20, 1e21, 1e-4, 1e-5, -2.5, 0.1, math.Pi, 1e300, 5e-324,
	math.Inf(1), math.Inf(-1), math.NaN(),
	complex(1, -2.5),
	"", "hi", "héllo wörld", "a\tb\"c`\\\n", "\xff\xfe bad", "日本", "\u200b\U0001F600\u00ad",
	[]byte{}, []byte{1, 2, 3}, []byte("text"),
	[]any{}, []any{1, "a", nil, 2.0, []any{true}}, []string{"a", "b c"}, []int{1, 2},
	map[string]any{}, map[string]any{"b": 1, "a": nil, "c": map[string]any{"d": []any{"x"}}}, map[string]string{"k": "v"},
	Point{1, "x"}, &Point{-2, "y z"}, failure, 90 * time.Second, []any{90 * time.Second, Point{}},
}

var formats = []string{
	"%v", "%+v", "%#v", "%T", "%s", "%d", "%q", "%x", "%X", "%t", "%b", "%o", "%O", "%c", "%U", "%e", "%E", "%f", "%F", "%g", "%G",
	"%z", "%w", "%5v", "%-5v|", "%05v", "%10.3v", "%+d", "% d", "%+05d", "% 05d", "%.3d", "%8.3d", "%-8.3d|", "%08.3d", "%#x", "%#X", "% x", "% #x",
	"%#o", "%#b", "%#q", "%+q", "%#+q", "%#U", "%10s|", "%-10s|", "%.2s", "%010s", "%.2q", "%.3x", "%8.2x|", "%-12x|", "%.0d", "%5.0d|", "%+.2e", "%.0f", "%.1f", "%.2f", "%8.2f|", "%-8.2f|", "%+08.2f",
	"% .2f", "%.3g", "%.10g", "%.20g", "%#g", "%#.3g", "%#.0f", "%#e", "%.3b", "%#v|%+v", "%x|%d", "%06d", "%-06d|", "%20.15f", "%.30f", "%#.3x", "%+.3q", "%5t", "%5c|", "%-5c|", "%05c", "%010q", "%15U|", "%#15U|", "%.6U",
}

// What is special about a format, whatever the values.
var special = []sprintfCase{
	{Format: ""}, {Format: "%"}, {Format: "100%"}, {Format: "%%"}, {Format: "%5%"}, {Format: "%-"}, {Format: "%5"}, {Format: "%5."},
	{Format: "%d"}, {Format: "%d %d", Args: []any{1}}, {Format: "none", Args: []any{1, "a", nil, 2.0}}, {Format: "%d", Args: []any{1, 2}},
	{Format: "%!", Args: []any{1}}, {Format: "%!d", Args: []any{1}}, {Format: "%.", Args: []any{1}}, {Format: "%.d", Args: []any{0}},
	{Format: "%é", Args: []any{1}}, {Format: "%\xff", Args: []any{1}}, {Format: "a\xffb%s", Args: []any{"c"}},
	{Format: "%*d", Args: []any{5, 42}}, {Format: "%-*d|", Args: []any{5, 42}}, {Format: "%*d|", Args: []any{-5, 42}}, {Format: "%0*d|", Args: []any{-5, 42}},
	{Format: "%*d", Args: []any{"x", 42}}, {Format: "%*d", Args: []any{10000000, 42}}, {Format: "%*d", Args: []any{5}}, {Format: "%*d"},
	{Format: "%.*f", Args: []any{2, math.Pi}}, {Format: "%.*f", Args: []any{-2, math.Pi}}, {Format: "%.*f", Args: []any{"x", math.Pi}}, {Format: "%8.*f", Args: []any{2, math.Pi}},
	{Format: "%*.*f|", Args: []any{10, 3, math.Pi}}, {Format: "%*d", Args: []any{5.0, 42}}, {Format: "%*d", Args: []any{int64(6), 42}}, {Format: "%*d", Args: []any{uint8(6), 42}},
	{Format: "%[2]d %[1]d", Args: []any{1, 2}}, {Format: "%[2]*[1]d", Args: []any{1, 5}}, {Format: "%6.2f", Args: []any{12.0}},
	{Format: "%[3]*.[2]*[1]f|", Args: []any{12.0, 2, 6}}, {Format: "%[1]d %d %[1]q", Args: []any{16, 17}}, {Format: "%[3]d", Args: []any{1, 2}},
	{Format: "%[0]d", Args: []any{1}}, {Format: "%[]d", Args: []any{1}}, {Format: "%[x]d", Args: []any{1}}, {Format: "%[1", Args: []any{1}}, {Format: "%[1]", Args: []any{1}},
	{Format: "%[-1]d", Args: []any{1}}, {Format: "%[1]2d", Args: []any{1}}, {Format: "%[1].2d", Args: []any{1}}, {Format: "%[5]d %s", Args: []any{1, "a"}},
	{Format: "%[99999999]d", Args: []any{1}}, {Format: "%.[1]d", Args: []any{1}}, {Format: "%.[2]*d", Args: []any{1, 2}}, {Format: "%.[1]*[2]d", Args: []any{4, 2}}, {Format: "%[1]*d", Args: []any{4, 2}},
	{Format: "%99999999d tail", Args: []any{1}}, {Format: "%.99999999d tail", Args: []any{1}},
	{Format: "%s %v", Args: []any{"a", []any{"b", 1.5}}}, {Format: "%-+ #0d", Args: []any{5}}, {Format: "%+ d", Args: []any{5}}, {Format: "%1.2.3d", Args: []any{5}},
	{Format: "%d%%", Args: []any{50}}, {Format: "%s=%v;", Args: []any{"a", nil, "b"}}, {Format: "%v %v", Args: []any{nil, nil, nil}}, {Format: "%!s(MISSING)"}, {Format: "%d", Args: []any{8080.0}},
	{Format: "%.1100f", Args: []any{5e-324}}, {Format: "%.1500e", Args: []any{math.Pi}}, {Format: "%.2000g|%.1200x", Args: []any{0.1, 0.1}}, {Format: "%1100.3d|", Args: []any{5}},
}

type formatCase struct {
	Format string `json:"format"`
	Wants  []any  `json:"wants"`
}

func sprintf(specialPath, operandsPath, formatsPath string) error {
	var cases []sprintfCase
	for _, c := range special {
		format := c.Format.(string)
		cases = append(cases, sprintfCase{text(format), each(c.Args), text(fmt.Sprintf(format, c.Args...))})
	}
	var all []formatCase
	for _, format := range formats {
		c := formatCase{Format: format}
		for _, operand := range operands {
			c.Wants = append(c.Wants, text(fmt.Sprintf(format, operand)))
		}
		all = append(all, c)
	}
	return first(write(specialPath, cases), write(operandsPath, each(operands)), write(formatsPath, all))
}

type printCase struct {
	Args []any `json:"args"`
	Want any   `json:"sprint"`
	Line any   `json:"sprintln"`
}

func sprint(path string) error {
	var cases []printCase
	add := func(args ...any) {
		cases = append(cases, printCase{each(args), text(fmt.Sprint(args...)), text(fmt.Sprintln(args...))})
	}
	add()
	for _, left := range operands {
		add(left)
		for _, right := range []any{1, "s", nil, 90 * time.Second} {
			add(left, right)
			add(right, left, right)
		}
	}
	return write(path, cases)
}
