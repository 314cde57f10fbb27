// Compose-check reads a compose file with Compose's own loader and refuses what the project does not allow itself:
// a service that can write to its root file system, keeps a capability or has no health check, a password in the
// environment, a port that is open to the world. It prints what is wrong, one line each.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: compose-check FILE")
		os.Exit(2)
	}
	project, err := load(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	findings := 0
	for _, name := range project.ServiceNames() {
		for _, finding := range check(project.Services[name]) {
			fmt.Printf("%s: service %s: %s\n", os.Args[1], name, finding)
			findings++
		}
	}
	if findings > 0 {
		os.Exit(1)
	}
	fmt.Printf("%s: %d services, nothing wrong\n", os.Args[1], len(project.Services))
}

func load(path string) (*types.Project, error) {
	options, err := cli.NewProjectOptions([]string{path})
	if err != nil {
		return nil, err
	}
	return options.LoadProject(context.Background())
}

func check(service types.ServiceConfig) (findings []string) {
	find := func(wrong bool, format string, args ...any) {
		if wrong {
			findings = append(findings, fmt.Sprintf(format, args...))
		}
	}
	find(!service.ReadOnly, "wanted read_only: true")
	find(strings.Join(service.CapDrop, " ") != "ALL", "wanted cap_drop: [ALL], met %v", service.CapDrop)
	find(service.HealthCheck == nil, "wanted a health check")
	for name := range service.Environment {
		find(strings.HasSuffix(name, "PASSWORD"), "wanted a secret's file for %s, met its value", name)
	}
	for _, port := range service.Ports {
		find(port.HostIP != "127.0.0.1", "wanted port %s on 127.0.0.1, met %q", port.Published, port.HostIP)
	}
	for name, dependency := range service.DependsOn {
		find(dependency.Condition != types.ServiceConditionHealthy, "wanted %s healthy first, met %s", name, dependency.Condition)
	}
	return findings
}
