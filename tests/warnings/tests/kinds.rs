//! Kinds of names, texts and schemas that tempt compilers and documentation to complain, each with all sets of options.

use std::fmt::Write as _;

use typelang_build::{Options, generate_features, generate_file, generate_files};
use typelang_facts::{Callers, CallersStatement, CombinatorTexts, ErrorFacts, Facts, Method, MethodError};
use typelang_ir::{ResolveOptions, Schema, resolve};
use typelang_parser::{Severity, SourceId, parse};
use typelang_tests_warnings::option_sets::option_sets;
use typelang_tests_warnings::scratch::{Scratch, Tool};

const KINDS: &[(&str, &str)] = &[
    ("nothing", "// A schema."),
    ("functions_alone", "---functions---\nping = Bool;"),
    ("call_without_functions", "foo a:Function b:Vector<Function> c:2*[Function] f:# d:f.0?Function e:f.0?int = Foo;"),
    ("object_of_parametric_types", "foo {X:Type} a:X b:Object = Foo X;"),
    ("parametric_alone", "pair {X:Type} {Y:Type} a:X b:Y = Pair X Y;"),
    ("selves", "self = Foo;\na.self = Foo;\nb.self a:int = Foo;\nself.self.self self:int = self.self.Self;"),
    (
        "case",
        "aB.x = aB.X;\na_b.x = a_b.X;\naB_.x = aB_.X;\naB.fooBar a:int = aB.X;\na_b.foo_bar = a_b.X;\nfoobar = X;\nfooBar = X;\nfOOBAR = X;\n\
         ---functions---\naB.g = aB.X;\na_b.g = a_b.X;\naB_.g = aB_.X;",
    ),
    (
        "digits",
        "_1 _1:# _2:_1*[int] f:# _3:f.0?int _4:f.0?int = A5;\n_1.y = _1.X;\n__ a:int = B;\n___ a:int = B;\n_1.x a:int = B;\n---functions---\n_2 _1:A5 = _1.X;",
    ),
    (
        "capitals",
        "i_d_s a:int = S_E_L_F;\np_l_a_c_e = S_E_L_F;\nA_P_I.x a:I_O = A_P_I.X;\ni_o = I_O;\nh_t_t_p f:# i_d:f.0?int u_r_l:f.0?string = H_T_T_P;",
    ),
    (
        "devices",
        "con.x = con.X;\naux.x a:con.X = aux.X;\nnul.com1.x = nul.com1.X;\nmod.x = mod.X;\ncon = Con;\n---functions---\nprn.f = con.X;",
    ),
    ("nested", "a.a.x a:a.a.X = a.X;\na.x = a.X;\na.a.y = a.a.X;\nb.b.b = b.b.B;\n---functions---\nx.x.x = b.b.B;"),
    (
        "methods",
        "foo f:# len:f.0?int clone:f.0?int new:f.0?int to_a:f.0?int from_b:f.0?int into_c:f.0?string is_empty:f.0?true default:f.0?true \
      eq:f.0?int next:f.0?int not:f.0?int add:f.0?int deref:f.0?int as_ref:f.0?string to_string:f.0?string iter:f.0?int hash:f.0?int = Foo;\n\
      bar f:# encode:f.0?int encode_bare:f.0?int decode:f.0?Foo decode_bare:f.0?int to_bytes:f.0?int from_bytes:f.0?int = Bar;\nbaz = Bar;\n\
      holds a:Bar b:Object = Holds;",
    ),
    (
        "groups",
        "thing {fooAAndB:Type} f:# a:f.0?fooAAndB b:f.0?int = Foo fooAAndB;\nother {x:Type} {X:Type} {x_:Type} a:x b:X c:x_ = O x X x_;",
    ),
    (
        "parameters",
        "s {S:Type} {D:Type} {T:Type} a:S b:D c:T = S S D T;\nself {Self:Type} {self:#} a:Self = P Self self;\n---functions---\nf {S:Type} a:!S = S;\n\
      g {D:Type} a:!D = D;\nh {de:Type} a:!de = de;",
    ),
];

/// Texts that mean something to Markdown, HTML, Rust, or to nobody.
const TEXTS: &[&str] = &[
    "a \u{202e} b",
    "\u{2066}x\u{2069}\u{200f}",
    "\u{200b}zero\u{feff}width\u{ad}",
    "bell \u{7} escape \u{1b}[31m nul\u{0}",
    "*/ /* */",
    "/// //! //",
    "```",
    "``` rust\nfn main() {}",
    "~~~",
    "`unbalanced",
    "``a`",
    "[Foo]",
    "[`Foo`]",
    "[a](b)",
    "[a]: http://b",
    "![a](b)",
    "[a][b]",
    "<b>",
    "<script>alert(1)</script>",
    "<!-- ",
    "</div>",
    "Vec<u8>",
    "&lt; &#60; &",
    "# heading",
    "#",
    "- a",
    "* a",
    "+ a",
    "1. a",
    "1) a",
    "| a | b |",
    "a\n===",
    "a\n---",
    "***",
    "> quote",
    "    indented",
    "https://example.org/[a](b)",
    "see http://example.org.",
    "http://",
    "www.example.org",
    "HTTPS://EXAMPLE.ORG/a_b",
    "tg://resolve?x=<y>",
    "a\\",
    "\\",
    "\\n",
    "\"#",
    "r#\"",
    "{{x}} {x} {}",
    "$x$",
    "$$",
    "^1 [^1]",
    "a:b: c",
    "- [ ] task",
    "\ttab",
    "\u{2028}line\u{2029}",
    "a  \nb",
    "\"quoted\" 'single'",
    "@param x",
    ":::",
    "<https://a b>",
    "https://a\u{202e}b.org/",
    "<details>",
    "a<b c>d",
    "crate::x::Y",
    "[crate::x]",
    "[u8; 4]",
    "1\\. x",
    "--",
    "é ü 漢字 👩\u{200d}👧",
];

fn schema(text: &str) -> Schema {
    let parsed = parse(SourceId::default(), text);
    let resolved = resolve(&[parsed.file], ResolveOptions::default());
    let all = parsed.diagnostics.iter().chain(&resolved.diagnostics);
    let errors: Vec<_> = all.filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{text}\n{errors:?}");
    resolved.schema
}

/// Long names, of everything that has one.
fn long() -> String {
    let name = |first: &str| first.to_owned() + &"Ab_cd".repeat(1_000);
    let (a, b, c, d) = (name("a"), name("b"), name("c"), name("d"));
    let upper = name("X");
    format!(
        "{a} {b}:int f:# {c}:f.0?int {d}:f.0?int = {upper};\n{a}.{b} {c}:{upper} = {a}.{upper};\n{b} {{{c}:Type}} {d}:{c} = Y{upper} {c};\n\
         ---functions---\n{a}.{b}.{c} {d}:{upper} = {upper};\n{a}.{b}.{c}e = {upper};\n"
    )
}

/// A schema whose texts are these, in every place that has one; and as many texts in facts.
fn texts() -> (String, Facts) {
    let mut schema = String::from("//@class Foo @description A class.\nother = Foo;\n");
    let mut functions = String::from("---functions---\n");
    let mut facts = Facts::default();
    for (index, text) in TEXTS.iter().enumerate() {
        let line = text.replace(['\n', '\u{0}'], " ");
        let _ = writeln!(
            schema,
            "//@class Bar{index} @description {line}\n//@description {line} @a {line}\nfoo{index} a:int b:Foo = Bar{index};"
        );
        let _ = writeln!(functions, "//@description {line}\n//-{line}\nget{index} a:int = Foo;");
        let owned = || Some((*text).to_owned());
        let described = CombinatorTexts { description: owned(), fields: [("a".to_owned(), (*text).to_owned())].into() };
        facts.texts.constructors.insert(format!("foo{index}"), described.clone());
        facts.texts.functions.insert(format!("get{index}"), described);
        facts.texts.types.insert(format!("Bar{index}"), (*text).to_owned());
        let error = format!("ERROR_{index}_%d");
        let known = ErrorFacts { codes: vec![400], text: owned(), parameter: owned() };
        facts.errors.insert(error.clone(), known);
        let mut method = Method {
            errors: vec![MethodError { name: error, sources: vec![(*text).to_owned()] }],
            ..Method::default()
        };
        for callers in [Callers::Both, Callers::Users] {
            method.callers.push(CallersStatement { callers, source: owned() });
        }
        facts.methods.insert(format!("get{index}"), method);
    }
    (schema + &functions, facts)
}

fn add(scratch: &mut Scratch, name: &str, schema: &Schema, facts: &Facts) {
    for (set, options) in option_sets() {
        let options = Options { facts: facts.clone(), ..options };
        scratch.add(&format!("{name}_{set}"), &generate_file(schema, &options));
        scratch.add_features(&generate_features(schema, &options).unwrap_or_default());
        for path in generate_files(schema, &options, "code").keys() {
            assert!(path.split('/').all(|part| part.len() <= 100), "{name}: {path}");
        }
    }
}

#[test]
fn no_kind_of_schema_has_a_warning() {
    let mut scratch = Scratch::new("kinds");
    for (name, text) in KINDS {
        add(&mut scratch, name, &schema(text), &Facts::default());
    }
    add(&mut scratch, "long", &schema(&long()), &Facts::default());
    let (text, facts) = texts();
    add(&mut scratch, "texts", &schema(&text), &Facts::default());
    add(&mut scratch, "facts", &schema(&text), &facts);
    for (tool, edition) in [(Tool::Clippy, "2024"), (Tool::Rustdoc, "2021")] {
        if let Err(report) = scratch.run(tool, edition) {
            panic!("{tool:?}: {}", report.get(..20_000).unwrap_or(&report));
        }
    }
}
