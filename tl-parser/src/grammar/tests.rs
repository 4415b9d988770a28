//! Each form of the grammar, shown by what it prints as.

use crate::ast::{Body, Combinator, ExpressionKind, FieldKind, File, FinalityKind, Item, Section, Separator};
use crate::codes::{
    BAD_CONDITION, BAD_ID, BAD_NAME, BAD_SECTION_HEADER, CONDITION_WITHOUT_BIT, EXPECTED_TOKEN, IGNORED_EXCLAMATION,
    INVALID_ARGUMENT_KIND, INVALID_RESULT, MISPLACED_ANNOTATION, MISSING_EQUALS, MISSING_SEMICOLON, MISSING_TYPE,
    NESTING_TOO_DEEP, NON_ASCII, NUMBER_TOO_LARGE, PARTIAL_APPLICATION, UNCLOSED_DELIMITER, UNKNOWN_SECTION,
    UPPER_CASE_NAMESPACE,
};
use crate::{Code, Diagnostic, Severity, SourceId, parse, print, print_combinator};

fn file(text: &str) -> File {
    let parsed = parse(SourceId::default(), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.file
}

fn combinator(text: &str) -> Combinator {
    let file = file(text);
    assert_eq!(file.items.len(), 1, "{text}");
    file.combinators().next().cloned().unwrap_or_else(|| panic!("no combinator in {text}"))
}

/// Asserts that the text is one sound combinator, and what it prints as, which must read the same again.
fn prints(text: &str, expected: &str) {
    let read = combinator(text);
    assert_eq!(print_combinator(&read), expected);
    assert_eq!(file(text).without_spans(), file(expected).without_spans());
}

/// Codes of what is wrong.
fn codes(text: &str) -> Vec<&'static Code> {
    parse(SourceId::default(), text).diagnostics.iter().map(|found| found.code).collect()
}

/// Asserts that there is one finding, and that its place is `place` as written in the text.
fn one_finding(text: &str, code: &Code, place: &str) -> Diagnostic {
    let mut found = parse(SourceId::default(), text).diagnostics;
    assert_eq!(found.len(), 1, "{text}: {found:#?}");
    let found = found.remove(0);
    assert_eq!((found.code, text.get(found.primary.span.range())), (code, Some(place)), "{text}");
    found
}

#[test]
fn the_usual_forms() {
    prints(
        "name#1234567 {X:Type} flags:# a:flags.0?true b:Vector<int> = T;",
        "name#01234567 {X:Type} flags:# a:flags.0?true b:Vector<int> = T;",
    );
    prints("true#3FEDD339=True;", "true#3fedd339 = True;");
    prints("a.b.c#A x:d.e.F = g.H;", "a.b.c#0000000a x:d.e.F = g.H;");
    prints("_ {X:Type} result:X = ReqResult X;", "_ {X:Type} result:X = ReqResult X;");
    prints(
        "a type:int self:int Final:int New:# _:int A:int = A;",
        "a type:int self:int Final:int New:# _:int A:int = A;",
    );
    prints("p_q_inner_data x:int = P_Q_inner_data;", "p_q_inner_data x:int = P_Q_inner_data;");
    prints("a\n  x : int // why\n\n  // and\n  y:\tint\n  = A\n;", "a x:int y:int = A;");
    prints("a/* x */x:int/* y:int; */=A;", "a x:int = A;");
}

#[test]
fn builtin_types() {
    prints("int ? = Int;", "int ? = Int;");
    prints("int#a8509bda ? = Int;", "int#a8509bda ? = Int;");
    assert!(matches!(combinator("int ? = Int;").body, Body::Builtin(span) if span.range() == (4..5)));
    prints("int int = Int;", "int int = Int;");
}

#[test]
fn type_expressions() {
    prints("a x:(vector T) y:vector<T> z:Vector<a,b c> = A;", "a x:(vector T) y:vector<T> z:Vector<a,b c> = A;");
    prints("a x:%T y:%(T a) z:(%T a) w:%%T = A;", "a x:%T y:%(T a) z:(%T a) w:%T = A;");
    prints("a x:(((b))) y:((f a) b) = A;", "a x:b y:((f a) b) = A;");
    prints("a x:(T n+1) y:(T 1+n) z:(T (a+b)+c) = A;", "a x:(T n+1) y:(T 1+n) z:(T (a+b)+c) = A;");
    prints(
        "a x:vector<vector<vector<int>>> = Vector<%Map<a,b>>;",
        "a x:vector<vector<vector<int>>> = Vector<%Map<a,b>>;",
    );
    prints("a x:# = Tuple t 3;", "a x:# = Tuple t 3;");
    assert!(matches!(combinator("a = B;").result.kind, ExpressionKind::Name(_)));
}

#[test]
fn fields_and_repetitions() {
    prints("vector {t:Type} # [ t ] = Vector t;", "vector {t:Type} # [ t ] = Vector t;");
    prints("vector {t:Type} #[t]=Vector t;", "vector {t:Type} # [ t ] = Vector t;");
    prints("int128 4*[ int ] = Int128;", "int128 4*[ int ] = Int128;");
    prints("a n:# x:f.0?n*[int y:n*[]] (n+1)*[%T] = A;", "a n:# x:f.0?n*[ int y:n*[ ] ] (n+1)*[ %T ] = A;");
    prints("a (x y:f.1?T) [(z:int)] = A;", "a x:f.1?T y:f.1?T [ z:int ] = A;");
    prints("a {a b:Type} {n:#} {X:!Type} !X q:!X = X;", "a {a:Type} {b:Type} {n:#} {X:!Type} !X q:!X = X;");
    prints("a x:fields_mask.31?# y:x.0?string = A;", "a x:fields_mask.31?# y:x.0?string = A;");
    prints("a flags.0?int (T a) %T 3 = A;", "a flags.0?int (T a) %T 3 = A;");
}

#[test]
fn sections_and_arrows() {
    let text = "f => A; --- functions --- g = A; ---types--- h = A; ---types---\n---functions---\n";
    let file = file(text);
    let sections: Vec<Section> = file.combinators().map(|combinator| combinator.section).collect();
    assert_eq!(sections, [Section::Functions, Section::Functions, Section::Types]);
    assert_eq!(file.combinators().next().map(|f| f.separator), Some(Separator::FunctionArrow));
    assert_eq!(file.items.len(), 7);
    let printed = "f => A;\n\n---functions---\n\ng = A;\n\n---types---\n\nh = A;\n\n---types---\n\n---functions---\n\n";
    assert_eq!(print(&file), printed);
}

#[test]
fn annotations() {
    prints("@read @write\n@any f x:int => A;", "@read @write @any f x:int => A;");
    let read = combinator("@read f = A;");
    assert_eq!((read.span.range(), read.annotations[0].text.as_str()), (0..12, "read"));
}

#[test]
fn declarations_that_are_no_combinators() {
    let file = file("Empty False; New a.B; Final C; Tuple int 3; Vector<int>;");
    let kinds: Vec<FinalityKind> =
        file.items.iter().filter_map(|item| if let Item::Finality(f) = item { Some(f.kind) } else { None }).collect();
    assert_eq!(kinds, [FinalityKind::Empty, FinalityKind::New, FinalityKind::Final]);
    assert_eq!(print(&file), "Empty False;\nNew a.B;\nFinal C;\nTuple int 3;\nVector<int>;\n");
    // With a result, the keywords are names like others.
    assert_eq!(codes("Empty x:int = A;"), [&BAD_NAME]);
    assert_eq!(one_finding("tuple int 3;", &PARTIAL_APPLICATION, "tuple int 3").severity, Severity::Warning);
}

#[test]
fn ids() {
    for (text, id) in [("a#1 = A;", 1), ("a#Ff = A;", 255), ("a#ffffffff x:int = A;", u32::MAX)] {
        assert_eq!(combinator(text).id.map(|id| id.value), Some(id));
    }
    // A field may follow eight digits at once.
    prints("a#12345678x:int = A;", "a#12345678 x:int = A;");
    prints("a#12345678abc:int = A;", "a#12345678 abc:int = A;");
    one_finding("a#123456789 x:int = A;", &BAD_ID, "#123456789");
    one_finding("a#xyz x:int = A;", &BAD_ID, "#xyz");
    one_finding("a# x:int = A;", &BAD_ID, "#");
    one_finding("a #12345678 x:int = A;", &BAD_ID, "#12345678");
    one_finding("a #1cb5c415 x:int = A;", &BAD_ID, "#1cb5c415");
    // A number sign apart from the name is a field.
    prints("a #b:int = A;", "a # b:int = A;");
}

#[test]
fn conditions() {
    one_finding("a x:flags.?int = A;", &BAD_CONDITION, "flags.?");
    one_finding("a x:flags.0int = A;", &BAD_CONDITION, "flags.0");
    one_finding("a x:flags.a?int = A;", &BAD_CONDITION, "flags.a?");
    one_finding("a x:a.b.0?int = A;", &BAD_CONDITION, "a.b.");
    one_finding("a x:0?int = A;", &BAD_CONDITION, "0?");
    one_finding("a x:?int = A;", &BAD_CONDITION, "?");
    one_finding("a x:f.0?f.1?int = A;", &BAD_CONDITION, "f.");
    one_finding("a x:(flags.0?string) = A;", &BAD_CONDITION, ".");
    one_finding("a x:flags.99999999999?int = A;", &NUMBER_TOO_LARGE, "99999999999");
    assert_eq!(one_finding("a x:n?int = A;", &CONDITION_WITHOUT_BIT, "n?").severity, Severity::Warning);
    let bit = |text: &str| match combinator(text).body {
        Body::Fields(fields) => fields[0].condition.as_ref().and_then(|condition| condition.bit).map(|bit| bit.value),
        Body::Builtin(_) => None,
    };
    assert_eq!(bit("a x:flags.32?int = A;"), Some(32), "the range of bits is no matter of grammar");
}

#[test]
fn missing_types_and_results() {
    one_finding("a x: = A;", &MISSING_TYPE, ":");
    one_finding("a x: y:int = A;", &MISSING_TYPE, ":");
    one_finding("a x:f.0? y:int = A;", &MISSING_TYPE, "?");
    one_finding("a x:int = ;", &MISSING_TYPE, "=");
    one_finding("a x:int => ;", &MISSING_TYPE, ">");
    one_finding("a x:int:string = A;", &EXPECTED_TOKEN, ":");
    one_finding("a x:int = 5;", &INVALID_RESULT, "5");
    one_finding("a x:int = #;", &INVALID_RESULT, "#");
    one_finding("a x:int = A+1;", &INVALID_RESULT, "A+1");
    one_finding("a x:int = [int];", &EXPECTED_TOKEN, "[");
    one_finding("a x:int = A );", &EXPECTED_TOKEN, ")");
    assert_eq!(one_finding("a x:int = !A;", &IGNORED_EXCLAMATION, "!").severity, Severity::Warning);
}

#[test]
fn unclosed_brackets() {
    for (text, open, at) in [
        ("a x:(int = A;", "(", "="),
        ("a x:(int", "(", ""),
        ("a x:Vector<int = A;", "<", "="),
        ("a x:Vector<int;", "<", ";"),
        ("a {t:Type x:int = A;", "{", ":"),
        ("a # [ int = A;", "[", "="),
        ("a x:(vector [int) = A;", "(", "["),
    ] {
        let found = one_finding(text, &UNCLOSED_DELIMITER, open);
        assert_eq!(text.get(found.secondary[0].span.range()), Some(at), "{text}");
    }
    one_finding("a x:int) = A;", &EXPECTED_TOKEN, ")");
    one_finding("a x:int> y:int = A;", &EXPECTED_TOKEN, ">");
}

#[test]
fn what_follows_a_fault_is_not_lost() {
    let printed = |text: &str| print(&parse(SourceId::default(), text).file);
    assert_eq!(printed("a x:(int y:int {t:Type} z:f.?int w:long = A;"), "a {t:Type} y:int w:long = A;\n");
    assert_eq!(printed("a x:int = A\nb y:int = B;"), "a x:int = A;\nb y:int = B;\n");
    assert_eq!(printed("a x:int = A b#1 y:int = B c = C"), "a x:int = A;\nb#00000001 y:int = B;\nc = C;\n");
    assert_eq!(printed("a x:int =\nb y:int = B;"), "b y:int = B;\n");
    assert_eq!(printed("a x:int\nb#2 y:int = B;"), "b#00000002 y:int = B;\n");
    assert_eq!(printed("a x:int A;\nb y:int = B;"), "a x:int = A;\nb y:int = B;\n");
    assert_eq!(printed("<html>\na = A;\n# words\nb = B;"), "a = A;\nb = B;\n");
    assert_eq!(printed("a = A\n---functions---\nb = B;"), "a = A;\n\n---functions---\n\nb = B;\n");
    assert_eq!(printed("a = Maybe<int b = B;\nc = C;"), "c = C;\n");
    assert_eq!(printed("a = Map<int,%B>\n@read b = B;"), "a = Map<int,%B>;\n@read b = B;\n");
    assert_eq!(printed("a = A\nEmpty B;"), "a = A;\nEmpty B;\n");
    assert_eq!(printed("a € x:int $ y:int = A;"), "a x:int y:int = A;\n");
    assert_eq!(codes("aé é:int y:Sträng = Ä;"), [&NON_ASCII; 4]);
    assert_eq!(printed("Empty A\ntuple int 3;"), "Empty A;\ntuple int 3;\n");
    assert_eq!(printed("/* a\nb = B;"), "b = B;\n");
    assert_eq!(printed("a x:int {t:Type} y:int = A;"), "a {t:Type} x:int y:int = A;\n");
}

#[test]
fn a_missing_semicolon_is_where_the_declaration_ends() {
    for text in ["a x:int = A\n\n// c\nb = B;", "a x:int = A b = B;", "a x:int = A", "a x:int = A // c"] {
        let found = one_finding(text, &MISSING_SEMICOLON, "");
        assert_eq!(found.primary.span.start, 11, "{text}");
    }
}

#[test]
fn a_missing_equals_sign() {
    one_finding("a x:int A;", &MISSING_EQUALS, "A");
    one_finding("a#1 A;", &MISSING_EQUALS, "A");
    one_finding("a x:int;", &MISSING_EQUALS, "");
    one_finding("a;", &MISSING_EQUALS, "");
    one_finding("int ?;", &MISSING_EQUALS, "");
    assert_eq!(codes("@read Tuple int 3;"), [&MISPLACED_ANNOTATION]);
}

#[test]
fn names() {
    one_finding("A x:int = A;", &BAD_NAME, "A");
    one_finding("a.B x:int = A;", &BAD_NAME, "a.B");
    one_finding("a x.y:int = A;", &BAD_NAME, "x.y");
    assert_eq!(one_finding("A.b x:int = A;", &UPPER_CASE_NAMESPACE, "A.b").severity, Severity::Warning);
    let help = one_finding("a {t:Tipe} = A;", &INVALID_ARGUMENT_KIND, "Tipe").help;
    assert_eq!(help.as_deref(), Some("did you mean `Type`?"));
}

#[test]
fn section_headers() {
    let help = |text| one_finding(text, &UNKNOWN_SECTION, text.trim_matches('-')).help;
    assert_eq!(help("---functons---").as_deref(), Some("did you mean `functions`?"));
    assert_eq!(help("---Types---").as_deref(), Some("did you mean `types`?"));
    assert_eq!(help("---classes---").as_deref(), Some("the sections are `types` and `functions`"));
    for text in ["---functions", "---functions--", "--functions--", "------", "---\nfunctions---"] {
        assert!(codes(text).contains(&&BAD_SECTION_HEADER), "{text}");
    }
    let file = parse(SourceId::default(), "---functons---\nf = A;").file;
    assert_eq!(file.combinators().next().map(|f| f.section), Some(Section::Functions));
}

#[test]
fn nesting_is_bounded() {
    let nested = |levels: usize| format!("a x:{}int{} = A;", "(".repeat(levels), ")".repeat(levels));
    assert!(codes(&nested(64)).is_empty());
    assert_eq!(codes(&nested(65)), [&NESTING_TOO_DEEP]);
    let named = |namespaces: usize| format!("{}a x:int = A;", "n.".repeat(namespaces));
    assert!(codes(&named(64)).is_empty());
    assert_eq!(codes(&named(65)), [&NESTING_TOO_DEEP]);
    for open in ["(", "[", "<", "T<", "%(", "{", "(a:", "n*[", "x:(", "%"] {
        let text = format!("a x:{}", open.repeat(20_000));
        assert!(!codes(&text).is_empty(), "{open}");
    }
}

#[test]
fn a_group_is_told_from_a_type_in_parentheses() {
    let read = combinator("a (b c) (b c:d) = A;");
    let Body::Fields(fields) = read.body else { panic!("fields") };
    let names: Vec<Option<&str>> =
        fields.iter().map(|field| field.name.as_ref().map(|name| name.text.as_str())).collect();
    assert_eq!(names, [None, Some("b"), Some("c")]);
    assert!(matches!(&fields[0].kind, FieldKind::Type(expression) if expression.span.range() == (2..7)));
}
