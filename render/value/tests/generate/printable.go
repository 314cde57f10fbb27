package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// printable writes the table of the characters beyond ASCII that strconv.IsPrint takes for printable.
func printable(path string) error {
	var out strings.Builder
	out.WriteString("//! The characters beyond ASCII that Go's `strconv.IsPrint` takes for printable, by ranges.\n")
	out.WriteString("//!\n//! Written by `render/value/tests/generate`.\n\n")
	out.WriteString("#[rustfmt::skip]\npub(super) static PRINTABLE: &[(u32, u32)] = &[")
	count, first := 0, rune(-1)
	for char := rune(0x80); char <= 0x110000; char++ {
		shown := char < 0x110000 && strconv.IsPrint(char)
		switch {
		case shown && first < 0:
			first = char
		case !shown && first >= 0:
			if count%5 == 0 {
				out.WriteString("\n   ")
			}
			fmt.Fprintf(&out, " (0x%05x, 0x%05x),", first, char-1)
			count, first = count+1, -1
		}
	}
	out.WriteString("\n];\n")
	return os.WriteFile(path, []byte(out.String()), 0o644)
}
