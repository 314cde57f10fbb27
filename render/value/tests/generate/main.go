// Prints what Go's standard library makes of the cases of govalue's tests.
//
//	cd render/value/tests/generate && go run .
package main

import "log"

func main() {
	for _, err := range []error{
		printable("../../src/strconv/printable.rs"),
		sprintf("../sprintf_special.json", "../operands.json", "../formats.json"),
		sprint("../sprint.json"),
		formatFloats("../format_float.json"),
		parseNumbers("../parse_int.json", "../parse_float.json", "../parse_bool.json"),
		quotes("../quote.json", "../unquote.json"),
		marshals("../marshal.json"),
		unmarshals("../unmarshal.json"),
	} {
		if err != nil {
			log.Fatal(err)
		}
	}
}
