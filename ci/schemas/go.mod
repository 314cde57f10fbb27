module mythoughts/ci/schemas

go 1.25
