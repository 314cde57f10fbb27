// Command generate prints what Go's text/template/parse makes of the cases in a folder.
package main

import (
	"bufio"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"generate/parse"
)

var builtins = []string{
	"and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf", "println", "urlquery",
	"eq", "ge", "gt", "le", "lt", "ne",
}

func main() {
	log.SetFlags(0)
	folder := os.Args[1]
	cases, err := os.Open(filepath.Join(folder, "cases.txt"))
	check(err)
	var trees, tokens strings.Builder
	lines := bufio.NewScanner(cases)
	for lines.Scan() {
		name, quoted, _ := strings.Cut(lines.Text(), "\t")
		text, err := strconv.Unquote(quoted)
		check(err)
		loops := !strings.HasPrefix(name, "function break")
		fmt.Fprintf(&tokens, "# %s\n%s\n", name, parse.Tokens(text, loops))
		fmt.Fprintf(&trees, "# %s\n%s\n", name, outcome(name, text, loops))
	}
	check(lines.Err())
	check(os.WriteFile(filepath.Join(folder, "tokens.txt"), []byte(tokens.String()), 0o644))
	check(os.WriteFile(filepath.Join(folder, "trees.txt"), []byte(trees.String()), 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func outcome(name, text string, loops bool) string {
	functions := map[string]any{}
	for _, builtin := range builtins {
		functions[builtin] = true
	}
	if !loops {
		functions["break"], functions["continue"] = true, true
	}
	trees, err := parse.Parse(name, text, "", "", functions)
	if err != nil {
		return fmt.Sprintf("error %q\n", valid(err.Error()))
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		root := trees[name].Root
		fmt.Fprintf(&out, "tree %q empty=%t\n%q\n", name, parse.IsEmptyTree(root), valid(root.String()))
		writeList(&out, 1, root)
	}
	return out.String()
}

// valid replaces what is no UTF-8, as the other side does when it prints.
func valid(text string) string {
	return string([]rune(text))
}

func line(out *strings.Builder, depth int, format string, args ...any) {
	out.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(out, format, args...)
	out.WriteByte('\n')
}

func writeList(out *strings.Builder, depth int, list *parse.ListNode) {
	for _, node := range list.Nodes {
		writeNode(out, depth, node)
	}
}

func writeNode(out *strings.Builder, depth int, node parse.Node) {
	pos := node.Position()
	switch node := node.(type) {
	case *parse.TextNode:
		line(out, depth, "text %d %q", pos, node.Text)
	case *parse.ActionNode:
		line(out, depth, "action %d:%d", pos, node.Line)
		writePipe(out, depth+1, node.Pipe)
	case *parse.IfNode:
		writeBranch(out, depth, "if", &node.BranchNode)
	case *parse.WithNode:
		writeBranch(out, depth, "with", &node.BranchNode)
	case *parse.RangeNode:
		writeBranch(out, depth, "range", &node.BranchNode)
	case *parse.TemplateNode:
		line(out, depth, "template %d:%d %q", pos, node.Line, node.Name)
		if node.Pipe != nil {
			writePipe(out, depth+1, node.Pipe)
		}
	case *parse.BreakNode:
		line(out, depth, "break %d", pos)
	case *parse.ContinueNode:
		line(out, depth, "continue %d", pos)
	default:
		log.Fatalf("unknown node %T", node)
	}
}

func writeBranch(out *strings.Builder, depth int, name string, branch *parse.BranchNode) {
	line(out, depth, "%s %d:%d", name, branch.Pos, branch.Line)
	writePipe(out, depth+1, branch.Pipe)
	writeList(out, depth+1, branch.List)
	if branch.ElseList != nil {
		line(out, depth, "else")
		writeList(out, depth+1, branch.ElseList)
	}
}

func writePipe(out *strings.Builder, depth int, pipe *parse.PipeNode) {
	line(out, depth, "pipe %d:%d assign=%t", pipe.Pos, pipe.Line, pipe.IsAssign)
	for _, variable := range pipe.Decl {
		line(out, depth+1, "decl %d %s", variable.Pos, strings.Join(variable.Ident, " "))
	}
	for _, command := range pipe.Cmds {
		line(out, depth+1, "command %d", command.Pos)
		for _, arg := range command.Args {
			writeOperand(out, depth+2, arg)
		}
	}
}

func writeOperand(out *strings.Builder, depth int, node parse.Node) {
	pos := node.Position()
	switch node := node.(type) {
	case *parse.DotNode:
		line(out, depth, "dot %d", pos)
	case *parse.NilNode:
		line(out, depth, "nil %d", pos)
	case *parse.BoolNode:
		line(out, depth, "bool %d %t", pos, node.True)
	case *parse.NumberNode:
		line(out, depth, "number %d %s%s", pos, valid(node.Text), number(node))
	case *parse.StringNode:
		line(out, depth, "string %d %q %q", pos, node.Quoted, node.Text)
	case *parse.IdentifierNode:
		line(out, depth, "identifier %d %s", pos, node.Ident)
	case *parse.FieldNode:
		line(out, depth, "field %d %s", pos, strings.Join(node.Ident, " "))
	case *parse.VariableNode:
		line(out, depth, "variable %d %s", pos, strings.Join(node.Ident, " "))
	case *parse.ChainNode:
		line(out, depth, "chain %d %s", pos, strings.Join(node.Field, " "))
		writeOperand(out, depth+1, node.Node)
	case *parse.PipeNode:
		writePipe(out, depth, node)
	default:
		log.Fatalf("unknown operand %T", node)
	}
}

// number tells the types of a number and its value in each, floats by their bits.
func number(node *parse.NumberNode) string {
	var out strings.Builder
	if node.IsInt {
		fmt.Fprintf(&out, " int=%d", node.Int64)
	}
	if node.IsUint {
		fmt.Fprintf(&out, " uint=%d", node.Uint64)
	}
	if node.IsFloat {
		fmt.Fprintf(&out, " float=%016x", math.Float64bits(node.Float64))
	}
	if node.IsComplex {
		parts := node.Complex128
		fmt.Fprintf(&out, " complex=%016x,%016x", math.Float64bits(real(parts)), math.Float64bits(imag(parts)))
	}
	return out.String()
}
