package main

import (
	"regexp"
	"strings"
)

// A section is a part of a case: a line `-- NAME --` and the lines below it.
type section struct{ name, text string }

var heading = regexp.MustCompile(`(?m)^-- (.+) --\n`)

func parse(text string) []section {
	var sections []section
	places := heading.FindAllStringSubmatchIndex(text, -1)
	for i, place := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		sections = append(sections, section{text[place[2]:place[3]], text[place[1]:end]})
	}
	return sections
}

var printed = regexp.MustCompile(`^(exit|stdout|stderr|written .*?)( \([34]\))?$`)

// Leaves out what a former run printed.
func written(sections []section) []section {
	var kept []section
	for _, section := range sections {
		if !printed.MatchString(section.name) {
			kept = append(kept, section)
		}
	}
	return kept
}

func format(sections []section) string {
	var text strings.Builder
	for _, section := range sections {
		text.WriteString("-- " + section.name + " --\n" + section.text)
	}
	return text.String()
}

// What both Helms did, as sections: one where they agree.
func merge(three, four []section) []section {
	texts := map[string][2]*string{}
	var names []string
	for version, sections := range [][]section{three, four} {
		for _, section := range sections {
			both, known := texts[section.name]
			if !known {
				names = append(names, section.name)
			}
			text := section.text + "\n"
			both[version] = &text
			texts[section.name] = both
		}
	}
	var merged []section
	for _, name := range names {
		both := texts[name]
		if both[0] != nil && both[1] != nil && *both[0] == *both[1] {
			merged = append(merged, section{name, *both[0]})
			continue
		}
		for version, suffix := range []string{" (3)", " (4)"} {
			if both[version] != nil {
				merged = append(merged, section{name + suffix, *both[version]})
			}
		}
	}
	return merged
}
