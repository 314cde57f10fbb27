// Prints what the real Helm does with the cases of render's command; see README.md.
package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	folder := os.Args[1]
	base, err := os.ReadFile(filepath.Join(folder, "base.txt"))
	check(err)
	cases, err := filepath.Glob(filepath.Join(folder, "cases", "*.txt"))
	check(err)
	for _, path := range cases {
		text, err := os.ReadFile(path)
		check(err)
		inputs := written(parse(string(text)))
		all := append(parse(string(base)), inputs...)
		printed := merge(run("helm3", all), run("helm4", all))
		check(os.WriteFile(path, []byte(format(append(inputs, printed...))), 0o644))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Runs one Helm in a folder of its own.
func run(helm string, sections []section) []section {
	home, err := os.MkdirTemp("", "helm")
	check(err)
	defer os.RemoveAll(home)
	folder := filepath.Join(home, "work")
	check(os.Mkdir(folder, 0o755))
	command := exec.Command(helm, "template")
	command.Dir = folder
	command.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TZ=UTC"}
	var given []string
	for _, section := range sections {
		switch section.name {
		case "arguments":
			command.Args = append(command.Args, lines(section.text)...)
		case "environment":
			command.Env = append(command.Env, lines(section.text)...)
		case "stdin":
			command.Stdin = strings.NewReader(section.text)
		default:
			if link, found := strings.CutPrefix(section.name, "link "); found {
				given = append(given, link)
				path := filepath.Join(folder, link)
				check(os.MkdirAll(filepath.Dir(path), 0o755))
				check(os.Symlink(strings.TrimSuffix(section.text, "\n"), path))
				continue
			}
			given = append(given, section.name)
			write(filepath.Join(folder, section.name), section.text)
		}
	}
	if !slices.ContainsFunc(command.Args, func(argument string) bool { return strings.HasPrefix(argument, "--kube-version") }) {
		command.Args = append(command.Args, "--kube-version=v1.37.0")
	}
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	var failed *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &failed) {
		log.Fatal(err)
	}
	mask := func(text string) string { return mask(text, folder) }
	printed := []section{
		{"exit", strconv.Itoa(command.ProcessState.ExitCode())},
		{"stdout", mask(stdout.String())},
		{"stderr", mask(withoutDebug(stderr.String()))},
	}
	return append(printed, writtenFiles(folder, given)...)
}

func lines(text string) []string {
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

func write(path, text string) {
	check(os.MkdirAll(filepath.Dir(path), 0o755))
	check(os.WriteFile(path, []byte(text), 0o644))
}

var moment = regexp.MustCompile(`(?m)^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d `)

func mask(text, folder string) string {
	return moment.ReplaceAllString(strings.ReplaceAll(text, folder, "$DIR"), "$$TIME ")
}

var debug = regexp.MustCompile(`(?m)^(\S+\.go:\d+: .*\[debug\]|time=\S+ level=DEBUG|level=DEBUG).*\n\n?`)

// Leaves out what --debug tells of Helm's own code, and the stack of calls at the end.
func withoutDebug(text string) string {
	if before, _, found := strings.Cut(text, "helm.go:"); found && strings.Contains(before, "Error: ") {
		text = before
	}
	return debug.ReplaceAllString(text, "")
}

func writtenFiles(folder string, given []string) []section {
	var files []section
	check(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		check(err)
		name, err := filepath.Rel(folder, path)
		check(err)
		if entry.Type().IsRegular() && !slices.Contains(given, name) {
			text, err := os.ReadFile(path)
			check(err)
			files = append(files, section{"written " + name, string(text)})
		}
		return nil
	}))
	return files
}
