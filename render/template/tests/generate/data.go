package main

import (
	"errors"
	"fmt"
	"strings"
)

// T is the data of cases that need Go's types; tests/data/mod.rs has the same.
type T struct {
	True        bool
	I           int
	Uthree      uint64
	Ufour       uint64
	NegOne      int
	Three       int
	Rune        rune
	X, S        string
	FloatZero   float64
	ComplexZero complex128
	U           *U
	Struct      U
	V1          *V
	D           D
	Err         error
	SI          []int
	SIEmpty     []int
	SB          []bool
	Strs        []string
	Bytes       []byte
	MSI         map[string]int
	MSIone      map[string]int
	MSIEmpty    map[string]int
	NonNilMap   map[string]any
	SMSI        []map[string]any
	Values      Values
	Empty0      any
	Empty1      any
	Empty2      any
	Empty3      any
	Empty4      any
}

// U is a struct that is pointed to.
type U struct{ V string }

// TrueFalse is a method of a pointer.
func (u *U) TrueFalse(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// V prints by its method.
type V struct{ j int }

func (v *V) String() string { return fmt.Sprintf("<%d>", v.j) }

// D is a number that prints by its method.
type D int64

func (d D) String() string { return fmt.Sprintf("%d days", int64(d)) }

// Values is a map with a method.
type Values map[string]any

// Count is how many keys there are.
func (v Values) Count() int { return len(v) }

func newT() *T {
	return &T{
		True: true, I: 17, Uthree: 3, Ufour: 4, NegOne: -1, Three: 3, Rune: 'e', X: "x", S: "xyz",
		U: &U{"v"}, Struct: U{"s"}, V1: &V{7777}, D: 3, Err: errors.New("erroozle"),
		SI: []int{3, 4, 5}, SB: []bool{true, false}, Strs: []string{"a", "b"}, Bytes: []byte("hi"),
		MSI:       map[string]int{"one": 1, "two": 2, "three": 3},
		MSIone:    map[string]int{"one": 1},
		NonNilMap: map[string]any{},
		SMSI:      []map[string]any{{"one": 1, "two": 2}, {"eleven": 11, "twelve": 12}},
		Values:    Values{"a": "b", "nil": nil},
		Empty1:    3, Empty2: "empty2", Empty3: []int{7, 8}, Empty4: &U{"UinEmpty"},
	}
}

// Method0 has no arguments.
func (t *T) Method0() string { return "M0" }

// Method1 has one.
func (t *T) Method1(a int) int { return a }

// Method2 has two of different types.
func (t *T) Method2(a int, b string) string { return fmt.Sprintf("Method2: %d %s", a, b) }

// Method3 takes anything.
func (t *T) Method3(v any) string { return fmt.Sprintf("Method3: %v", v) }

// Join takes any number.
func (t *T) Join(separator string, words ...string) string { return strings.Join(words, separator) }

// Copy gives a pointer.
func (t *T) Copy() *T { return newT() }

// GetU gives another.
func (t *T) GetU() *U { return t.U }

// MyError fails if told so.
func (t *T) MyError(fail bool) (bool, error) {
	if fail {
		return true, errors.New("my error")
	}
	return false, nil
}
