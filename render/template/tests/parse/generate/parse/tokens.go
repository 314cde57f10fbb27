package parse

import (
	"fmt"
	"strings"
)

var kinds = map[itemType]string{
	itemError: "Error", itemBool: "Bool", itemChar: "Char", itemCharConstant: "CharConstant",
	itemComplex: "Complex", itemAssign: "Assign", itemDeclare: "Declare", itemEOF: "Eof", itemField: "Field",
	itemIdentifier: "Identifier", itemLeftDelim: "LeftDelim", itemLeftParen: "LeftParen", itemNumber: "Number",
	itemPipe: "Pipe", itemRawString: "RawString", itemRightDelim: "RightDelim", itemRightParen: "RightParen",
	itemSpace: "Space", itemString: "String", itemText: "Text", itemVariable: "Variable", itemBlock: "Block",
	itemBreak: "Break", itemContinue: "Continue", itemDot: "Dot", itemDefine: "Define", itemElse: "Else",
	itemEnd: "End", itemIf: "If", itemNil: "Nil", itemRange: "Range", itemTemplate: "Template", itemWith: "With",
}

// Tokens lists the items of a text, one a line, with place, line and value.
func Tokens(text string, loops bool) string {
	var out strings.Builder
	lexer := lex("", text, "", "")
	lexer.options = lexOptions{breakOK: loops, continueOK: loops}
	for {
		item := lexer.nextItem()
		fmt.Fprintf(&out, "%s %d:%d %q\n", kinds[item.typ], item.pos, item.line, item.val)
		if item.typ == itemEOF || item.typ == itemError {
			return out.String()
		}
	}
}
