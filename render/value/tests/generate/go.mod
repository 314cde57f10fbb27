module mythoughts/render/value/generate

go 1.26
