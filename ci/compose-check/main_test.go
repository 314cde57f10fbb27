package main

import (
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"
)

func TestEachWrongLineIsFound(t *testing.T) {
	value := "correct horse"
	var service types.ServiceConfig
	service.Environment = types.MappingWithEquals{"POSTGRES_PASSWORD": &value}
	service.Ports = []types.ServicePortConfig{{Published: "8000"}}
	service.DependsOn = types.DependsOnConfig{"users": {Condition: types.ServiceConditionStarted}}
	found := strings.Join(check(service), "\n")
	for _, wanted := range []string{"read_only", "cap_drop", "health check", "POSTGRES_PASSWORD", "port 8000", "users healthy first"} {
		if !strings.Contains(found, wanted) {
			t.Errorf("wanted a finding about %q, met:\n%s", wanted, found)
		}
	}
	if strings.Contains(found, value) {
		t.Errorf("a finding tells the password: %s", found)
	}
}

func TestARightServiceHasNoFinding(t *testing.T) {
	var service types.ServiceConfig
	service.ReadOnly = true
	service.CapDrop = []string{"ALL"}
	service.HealthCheck = &types.HealthCheckConfig{}
	service.Ports = []types.ServicePortConfig{{Published: "8000", HostIP: "127.0.0.1"}}
	if found := check(service); len(found) > 0 {
		t.Errorf("wanted nothing, met %v", found)
	}
}
