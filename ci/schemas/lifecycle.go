package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Types that newer releases of the modules no longer have were last in this one.
const lastWithRemoved = "v0.24.17"

const lifecycleFile = "zz_generated.prerelease-lifecycle.go"

var (
	lifecycleNumber = regexp.MustCompile(`func \(in \*(\w+)\) APILifecycle(Introduced|Deprecated|Removed)\(\) \(major, minor int\) \{\s*return 1, (\d+)`)
	replacement     = regexp.MustCompile(`func \(in \*(\w+)\) APILifecycleReplacement\(\) schema\.GroupVersionKind \{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"`)
	groupName       = regexp.MustCompile(`(?m)^const GroupName = "([^"]*)"`)
)

type lifecycle struct {
	minors      map[string]string
	replacement string
}

// readLifecycles finds since when, and up to when, each beta API is served:
// `lifecycle policy/v1beta1 PodDisruptionBudget 5 21 25 policy/v1 PodDisruptionBudget`.
func readLifecycles(version string) ([]string, error) {
	newest := strings.Replace(version, "v1.", "v0.", 1)
	found := map[string]lifecycle{}
	for _, module := range []string{
		"k8s.io/api@" + lastWithRemoved, "k8s.io/apiextensions-apiserver@" + lastWithRemoved,
		"k8s.io/kube-aggregator@" + lastWithRemoved,
		"k8s.io/api@" + newest, "k8s.io/apiextensions-apiserver@" + newest, "k8s.io/kube-aggregator@" + newest,
	} {
		folder, err := download(module)
		if err != nil {
			return nil, err
		}
		err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.Name() != lifecycleFile {
				return err
			}
			return readLifecycle(path, found)
		})
		if err != nil {
			return nil, err
		}
	}
	var lines []string
	for kind, times := range found {
		number := func(what string) string {
			if minor, ok := times.minors[what]; ok {
				return minor
			}
			return "-"
		}
		line := fmt.Sprintf("lifecycle %s %s %s %s %s", kind, number("Introduced"), number("Deprecated"), number("Removed"), times.replacement)
		lines = append(lines, strings.TrimSpace(line))
	}
	slices.Sort(lines)
	return lines, nil
}

func readLifecycle(path string, found map[string]lifecycle) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	register, err := os.ReadFile(filepath.Join(filepath.Dir(path), "register.go"))
	if err != nil {
		return err
	}
	group := groupName.FindSubmatch(register)
	if group == nil {
		return fmt.Errorf("%s: wanted a GroupName beside it", path)
	}
	version := groupVersionKind{string(group[1]), filepath.Base(filepath.Dir(path)), ""}.apiVersion()
	at := func(kind []byte) (string, lifecycle) {
		key := version + " " + string(kind)
		times, ok := found[key]
		if !ok {
			times = lifecycle{minors: map[string]string{}}
		}
		return key, times
	}
	for _, match := range lifecycleNumber.FindAllSubmatch(text, -1) {
		if strings.HasSuffix(string(match[1]), "List") {
			continue
		}
		key, times := at(match[1])
		times.minors[string(match[2])] = string(match[3])
		found[key] = times
	}
	for _, match := range replacement.FindAllSubmatch(text, -1) {
		if strings.HasSuffix(string(match[1]), "List") {
			continue
		}
		key, times := at(match[1])
		times.replacement = groupVersionKind{string(match[2]), string(match[3]), ""}.apiVersion() + " " + strings.TrimSuffix(string(match[4]), "List")
		found[key] = times
	}
	return nil
}
