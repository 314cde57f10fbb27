package main

import (
	"fmt"
	"math"
	"math/rand"
	"strconv"
)

type floatCase struct {
	Bits      string `json:"bits"`
	Form      string `json:"form"`
	Precision int    `json:"precision"`
	Want      string `json:"want"`
}

func formatFloats(path string) error {
	source := rand.New(rand.NewSource(1))
	numbers := []float64{0, math.Copysign(0, -1), 1, 2, 10, 100, 0.5, 1.5, 2.5, 0.25, 0.125, 0.1, 0.3, 999999, 1e6, 1234567, 123456789, 1e20, 1e21, 1e22, 1e23, 1e-4, 1e-5, 1e-7,
		5e-324, 2.2250738585072014e-308, math.MaxFloat64, 9007199254740993, 4503599627370496.5, 891488502236547.25, 891488502236547.75, 2251799813685248.25, 112589990684262.46875, 0.000123456, 99.995, 9.5, 0.95, 1 << 60, math.Inf(1), math.Inf(-1), math.NaN()}
	for range 40 {
		numbers = append(numbers, math.Float64frombits(source.Uint64()))
	}
	for range 20 {
		numbers = append(numbers, float64(source.Intn(1000000))/1000)
	}
	var cases []floatCase
	for _, number := range numbers {
		for _, form := range "begGfxX" {
			for _, precision := range []int{-1, 0, 1, 3, 6, 17, 30} {
				if form != 'x' && (form == 'b' || form == 'X' || form == 'G') && precision > 0 {
					continue
				}
				want := strconv.FormatFloat(number, byte(form), precision, 64)
				cases = append(cases, floatCase{fmt.Sprintf("%016x", math.Float64bits(number)), string(form), precision, want})
			}
		}
	}
	return write(path, cases)
}

type parseCase struct {
	Text  any    `json:"text"`
	Base  int    `json:"base"`
	Bits  int    `json:"bits"`
	Want  string `json:"want"`
	Error any    `json:"error"`
}

var numberTexts = []string{
	"", "0", "1", "-1", "+1", "00", "08", "010", "0x10", "0X1f", "0xg", "0x", "0b101", "0b2", "0b", "0o17", "0o8", "0o", "-0x10", "+0b1", "--1", "+-1", "-", "+", "1_000", "1__0", "_1", "1_", "0_1", "0x_1f", "0x1_", "0_x1",
	"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "99999999999999999999x", "127", "128", "-128", "-129", "255", "256",
	" 1", "1 ", "1.0", "1.5", "abc", "z", "Z9", "0xFFFFFFFFFFFFFFFF", "0777", "\xff", "é", "1e3", "1E5", "1e", "1e+", "1e+5", "e5", ".", ".5", "5.", "-.5", "+.5e-3", "1..2", "1.2.3", "inf", "-Inf", "+INF", "infinity", "INFINITY", "infinit", "infx", "nan", "NaN", "-nan", "+nan",
	"1e308", "1e309", "-1e400", "1e-400", "4.9e-324", "2.4e-324", "2.5e-324", "1.7976931348623157e308", "1.7976931348623159e308", "1e99999999999", "0e99999999999", "1e-99999999999", "0x1p4", "0x1.8p3", "0x1.8", "0x.8p1", "0xp1", "0x1p", "0x1p+", "0x1P-2", "0x1.fffffffffffff8p0", "0x1.fffffffffffff7p0", "0x1.00000000000008p0", "0x1.00000000000018p0",
	"0x1p1023", "0x1p1024", "0x1.fffffffffffff8p1023", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x0.8p-1074", "0x1p-1076", "0x1.0000000000001p-1075", "0x123456789abcdef0123p0", "0x123456789abcdef01230000000000001p-4", "0x0p0", "-0x0p9", "0x1_0p0", "0x_1p0", "0x1p1_0", "0x1p_1", "0x1p99999", "0x1p-99999",
	"1_0.5", "1_.5", "1._5", "1e1_0", "1_e1", "1e_1", "0.1e1", "123456789012345678901234567890", "0.30000000000000004", "9007199254740993", "true", "T", "t", "TRUE", "True", "tRUE", "false", "F", "f", "FALSE", "yes",
}

func parseNumbers(ints, floats, bools string) error {
	var intCases, floatCases, boolCases []parseCase
	for _, number := range numberTexts {
		for _, base := range []int{0, 2, 10, 16, 36} {
			for _, bits := range []int{64, 8} {
				if bits == 8 && base > 10 {
					continue
				}
				signed, err := strconv.ParseInt(number, base, bits)
				intCases = append(intCases, parseCase{text(number), base, bits, fmt.Sprint(signed), text(message(err))})
				unsigned, err := strconv.ParseUint(number, base, bits)
				intCases = append(intCases, parseCase{text(number), base, -bits, fmt.Sprint(unsigned), text(message(err))})
			}
		}
		plain, err := strconv.Atoi(number)
		intCases = append(intCases, parseCase{text(number), -1, 64, fmt.Sprint(plain), text(message(err))})
		float, err := strconv.ParseFloat(number, 64)
		floatCases = append(floatCases, parseCase{text(number), 0, 64, fmt.Sprintf("%016x", math.Float64bits(float)), text(message(err))})
		truth, err := strconv.ParseBool(number)
		boolCases = append(boolCases, parseCase{text(number), 0, 1, fmt.Sprint(truth), text(message(err))})
	}
	return first(write(ints, intCases), write(floats, floatCases), write(bools, boolCases))
}

type quoteCase struct {
	Text      any    `json:"text"`
	Quote     string `json:"quote"`
	ASCII     string `json:"ascii"`
	Backquote bool   `json:"backquote"`
}

type unquoteCase struct {
	Literal any    `json:"literal"`
	Want    any    `json:"want"`
	Error   string `json:"error"`
}

func quotes(quotePath, unquotePath string) error {
	texts := []string{"", "plain", "with space", "\a\b\f\n\r\t\v\x00\x1f\x7f", "\"'`\\", "é", "\u00a0\u00ad\u2028\ufeff\ufffd", "\U0001F600\U0010FFFF\U000E0001", "\xff", "a\xc3", "\xed\xa0\x80", "\xf0\x9f\x98", "日本語", "\u0378\u200b\u3000", "tab\there", "back`quote"}
	for char := rune(0); char < 0x300; char++ {
		texts = append(texts, string(char))
	}
	source := rand.New(rand.NewSource(2))
	for range 300 {
		texts = append(texts, string(rune(source.Intn(0x30000))))
	}
	var quoted []quoteCase
	for _, t := range texts {
		quoted = append(quoted, quoteCase{text(t), strconv.Quote(t), strconv.QuoteToASCII(t), strconv.CanBackquote(t)})
	}
	literals := []string{"", "\"", "\"\"", "''", "``", "\"a\"", "'a'", "'ab'", "`a\\n\r\nb`", "`a`b`", "\"a", "a\"", "abc", "\"\\n\\t\\\\\\\"\"", "\"\\'\"", "'\\''", "'\\\"'", "'\"'", "\"\\x41\\101\\u00e9\\U0001F600\"", "\"\\xff\"", "\"\\x4\"", "\"\\400\"", "\"\\18\"", "\"\\ud800\"", "\"\\U00110000\"",
		"\"\\q\"", "\"a\nb\"", "\"a\\\"", "\"a\"b\"", "'\\x41'", "'é'", "\"\xff\"", "'\xff'", "\"\\\n\"", "'\\377'", "'\\n'", "'\n'", "\"é\"", "\"\\a\\b\\f\\r\\v\""}
	var unquoted []unquoteCase
	for _, literal := range literals {
		want, err := strconv.Unquote(literal)
		unquoted = append(unquoted, unquoteCase{text(literal), text(want), message(err)})
	}
	return first(write(quotePath, quoted), write(unquotePath, unquoted))
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
