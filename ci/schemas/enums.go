package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// enums are the texts that a field may have, by definition and field: the OpenAPI files leave them out, the types
// that they are made from are marked with +enum.
type enums map[string][]string

func readEnums(module string) (enums, error) {
	packages := map[string][]*ast.File{}
	err := filepath.WalkDir(module, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "types.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		folder, relErr := filepath.Rel(module, filepath.Dir(path))
		if relErr != nil {
			return relErr
		}
		packages[filepath.ToSlash(folder)] = append(packages[filepath.ToSlash(folder)], file)
		return err
	})
	if err != nil {
		return nil, err
	}
	texts := map[string][]string{}
	for folder, files := range packages {
		for _, file := range files {
			collectEnums(folder, file, texts)
		}
	}
	found := enums{}
	for folder, files := range packages {
		for _, file := range files {
			collectFields(folder, file, texts, found)
		}
	}
	return found, nil
}

// collectEnums finds the constants of each marked type.
func collectEnums(folder string, file *ast.File, texts map[string][]string) {
	marked := map[string]bool{}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			comment := general.Doc.Text() + spec.(*ast.TypeSpec).Doc.Text()
			for line := range strings.Lines(comment) {
				if strings.TrimSpace(line) == "+enum" {
					marked[spec.(*ast.TypeSpec).Name.Name] = true
				}
			}
		}
	}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.CONST {
			continue
		}
		for _, spec := range general.Specs {
			value := spec.(*ast.ValueSpec)
			kind, ok := value.Type.(*ast.Ident)
			if !ok || !marked[kind.Name] {
				continue
			}
			for _, expression := range value.Values {
				if literal, ok := expression.(*ast.BasicLit); ok {
					text, err := strconv.Unquote(literal.Value)
					if err == nil && text != "" && !slices.Contains(texts[folder+"."+kind.Name], text) {
						texts[folder+"."+kind.Name] = append(texts[folder+"."+kind.Name], text)
					}
				}
			}
		}
	}
}

// collectFields finds the fields of those types, also as pointers, in lists and from other packages.
func collectFields(folder string, file *ast.File, texts map[string][]string, found enums) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		path = strings.TrimPrefix(path, "k8s.io/api/")
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = path
	}
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if structure, ok := spec.Type.(*ast.StructType); ok {
			name := "io.k8s.api." + strings.ReplaceAll(folder, "/", ".") + "." + spec.Name.Name
			for _, field := range structure.Fields.List {
				if field.Tag == nil {
					continue
				}
				tag, _ := strconv.Unquote(field.Tag.Value)
				key, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
				if values := texts[enumType(field.Type, folder, imports)]; len(values) > 0 && key != "" {
					found[name+"."+key] = slices.Sorted(slices.Values(values))
				}
			}
		}
		return false
	})
}

func enumType(expression ast.Expr, folder string, imports map[string]string) string {
	switch expression := expression.(type) {
	case *ast.StarExpr:
		return enumType(expression.X, folder, imports)
	case *ast.ArrayType:
		return enumType(expression.Elt, folder, imports)
	case *ast.Ident:
		return folder + "." + expression.Name
	case *ast.SelectorExpr:
		if name, ok := expression.X.(*ast.Ident); ok {
			return imports[name.Name] + "." + expression.Sel.Name
		}
	}
	return ""
}
