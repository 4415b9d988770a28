//! Hostile schemas: each kind is a text of about a given number of bytes, made so that a tool that looks at one thing again for each
//! other thing would show it.

use crate::inputs::{Inputs, Kind};

/// All kinds, by topic: one declaration, many declarations, names, findings, comments, and what is not a schema.
pub(crate) const KINDS: &[Kind] = &[
    // One declaration.
    kind("fields of one declaration", |size| one(size, "a", |n| format!(" f{n}:int"), " = A;\n")),
    kind("fields without a name", |size| one(size, "a", |_| " int".into(), " = A;\n")),
    kind("fields named like those without", |size| one(size, "a int", |n| format!(" value{n}:int int"), " = A;\n")),
    kind("fields of one name", |size| one(size, "a", |_| " x:int".into(), " = A;\n")),
    kind("numbers that flags test in a chain", |size| {
        one(size, "a f0:#", |n| format!(" f{}:f{n}.0?#", n + 1), " = A;\n")
    }),
    kind("numbers, each tested once", |size| one(size, "a", |n| format!(" n{n}:# x{n}:n{n}.0?int"), " = A;\n")),
    kind("`true` on one bit", |size| one(size, "a flags:#", |n| format!(" t{n}:flags.0?true"), " = A;\n")),
    kind("values on one bit", |size| one(size, "a flags:#", |n| format!(" v{n}:flags.0?int"), " = A;\n")),
    kind("repetitions", |size| one(size, "a n:#", |n| format!(" r{n}:n*[ x:int y:string ]"), " = A;\n")),
    kind("counts and repetitions", |size| one(size, "a", |_| " # [ int string ]".into(), " = A;\n")),
    kind("fields of a repetition", |size| one(size, "a n:# r:n*[", |n| format!(" f{n}:int"), " ] = A;\n")),
    kind("type arguments of a function", |size| {
        one(size, "---functions---\nf", |n| format!(" {{X{n}:Type}}"), " = Int;\n")
    }),
    kind("type arguments of a type", |size| parameters(size, ":Type")),
    kind("number arguments of a type", |size| parameters(size, ":#")),
    kind("arguments in one pair of braces", |size| one(size, "a {", |n| format!(" x{n}"), ":#} = A;\n")),
    kind("calls in one function", |size| one(size, "---functions---\nf {X:Type}", |n| format!(" q{n}:!X"), " = X;\n")),
    kind("terms of a sum", |size| one(size, "a {n:#} x:((n", |_| "+1".into(), ")*[ int ]) = A n;\n")),
    kind("arguments of one type", |size| one(size, "a x:(Vector", |_| " int".into(), ") = A;\n")),
    kind("names in parentheses", |size| one(size, "a (", |n| format!(" f{n}"), ":int) = A;\n")),
    kind("percent signs", |size| one(size, "a x:", |_| "%".into(), "A = A;\n")),
    kind("equals signs", |size| one(size, "a", |_| " =".into(), " A;\n")),
    kind("annotations", |size| one(size, "---functions---\n", |n| format!("@raed{n} "), "f = Int;\n")),
    kind("type arguments of a type, a field of each", |size| {
        let count = size / 32;
        let list = |piece: fn(usize) -> String| (0..count).map(piece).collect::<String>();
        let [declared, fields, named] =
            [list(|n| format!(" {{X{n}:Type}}")), list(|n| format!(" x{n}:X{n}")), list(|n| format!(" X{n}"))];
        format!("a{declared}{fields} = A{named};\n").into_bytes()
    }),
    kind("open parentheses", |size| one(size, "a x:", |_| "(".into(), "int = A;\n")),
    kind("open brackets", |size| one(size, "a n:# x:", |_| "n*[ ".into(), "int = A;\n")),
    kind("open angle brackets", |size| one(size, "a x:", |_| "Vector<".into(), "int = A;\n")),
    kind("open braces", |size| one(size, "a ", |_| "{X:Type ".into(), "= A;\n")),
    kind("brackets beside each other", |size| one(size, "a n:#", |_| " n*[ n*[ int ] ]".into(), " = A;\n")),
    kind("faulty fields", |size| one(size, "a", |n| format!(" f{n}:"), " = A;\n")),
    kind("unknown flags", |size| {
        one(size, "a flag0:#", |n| format!(" x{n}:flags{n}.0?int flag{}:#", n + 1), " = A;\n")
    }),
    kind("one line of declarations", |size| many(size, |n| format!("a{n} x:int = A{n}; "))),
    // Many declarations.
    kind("constructors of one type", |size| many(size, |n| format!("a{n} x:int = A;\n"))),
    kind("bare uses of a type of many constructors", |size| {
        let half = many(size / 2, |n| format!("a{n} x:int = A;\n"));
        [half, many(size / 2, |n| format!("b{n} x:%A = B{n};\n"))].concat()
    }),
    kind("vectors of a struct of many numbers", |size| {
        let half = one(size / 2, "a", |n| format!(" f{n}:int"), " = A;\n");
        [half, many(size / 2, |n| format!("b{n} x:(vector %A) = B{n};\n"))].concat()
    }),
    kind("types of one constructor", |size| many(size, |n| format!("a{n} x:int = A{n};\n"))),
    kind("a chain of types", |size| {
        many(size, |n| format!("a{n} x:A{} = A{n};\n", n.saturating_sub(1).min(n)).replacen("x:A0 = A0;", "= A0;", 1))
    }),
    kind("a chain of types, outermost first", |size| {
        [many(size, |n| format!("a{n} x:A{} = A{n};\n", n + 1)), last_of_chain(size)].concat()
    }),
    kind("a chain of optional types", |size| {
        many(size, |n| format!("a{n} f:# x:f.0?A{} = A{n};\n", n.saturating_sub(1)))
    }),
    kind("a cycle of types", |size| {
        [many(size, |n| format!("a{n} f:# x:f.0?A{} = A{n};\n", n + 1)), last_of_cycle(size)].concat()
    }),
    kind("a chain of generic types", |size| {
        let mut text = b"t0 {X:Type} x:X = T0 X;\n".to_vec();
        text.extend(many(size, |n| format!("t{} {{X:Type}} x:(T{n} X) = T{} X;\n", n + 1, n + 1)));
        text
    }),
    kind("a chain of generic types, outermost first", |size| {
        let count = many(size, |n| format!("t{n} {{X:Type}} x:(T{} X) = T{n} X;\n", n + 1));
        let last = lines(&count);
        [count, format!("t{last} {{X:Type}} x:X = T{last} X;\n").into_bytes()].concat()
    }),
    kind("a chain of types with a number", |size| {
        let count = many(size, |n| format!("t{n} {{n:#}} x:(%T{} n) = T{n} n;\n", n + 1));
        let last = lines(&count);
        [count, format!("t{last} {{n:#}} x:n*[ int ] = T{last} n;\n").into_bytes()].concat()
    }),
    kind("generic types that double", |size| {
        let mut text = b"pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\nt0 {X:Type} x:X = T0 X;\n".to_vec();
        text.extend(many(size, |n| format!("t{} {{X:Type}} x:(T{n} (Pair X X)) = T{} X;\n", n + 1, n + 1)));
        text
    }),
    kind("generic types used twice in a chain", |size| {
        let mut text = b"t0 {X:Type} x:X = T0 X;\n".to_vec();
        text.extend(many(size, |n| format!("t{} {{X:Type}} x:(T{n} X) y:(T{n} X) = T{} X;\n", n + 1, n + 1)));
        text
    }),
    kind("types that contain others twice", |size| many(size, |n| format!("a{n} x:A{} y:A{} = A{n};\n", n + 1, n + 2))),
    kind("deep types", |size| {
        many(size, |n| format!("a{n} x:{}int{} = A{n};\n", "Vector<".repeat(60), ">".repeat(60)))
    }),
    kind("arrays of arrays", |size| {
        many(size, |n| format!("a{n} x:{}int{} = A{n};\n", "3*[ ".repeat(40), " ]".repeat(40)))
    }),
    kind("types with a number beyond a cycle", |size| {
        let count = lines(&many(size, |n| format!("a{n} f:# x:f.0?A{} = A{n};\n", n + 1)));
        let chain = many(size, |n| format!("a{n} f:# x:f.0?A{} = A{n};\n", n + 1));
        [chain, format!("a{count} x:(vector A0) d:double = A{count};\n").into_bytes()].concat()
    }),
    kind("cycles of types within each other", |size| {
        many(size, |n| format!("a{n} x:(vector A{}) y:(vector A{}) = A{n};\n", n + 1, n / 2))
    }),
    kind("functions that return a type of many constructors", |size| {
        let constructors = many(size / 2, |n| format!("a{n} x:int = A;\n"));
        [constructors, b"---functions---\n".to_vec(), many(size / 2, |n| format!("f{n} x:int = A;\n"))].concat()
    }),
    kind("functions that take a type of many constructors", |size| {
        let constructors = many(size / 2, |n| format!("a{n} x:int = A;\n"));
        [constructors, b"---functions---\n".to_vec(), many(size / 2, |n| format!("f{n} x:A = Bool;\n"))].concat()
    }),
    kind("functions whose values triple with each level", |size| {
        let types = (0..20).map(|n| format!("a{n} x:A{0} y:A{0} z:A{0} = A{n};\n", n + 1)).collect::<String>();
        let functions = many(size, |n| format!("f{n} x:A0 = Bool;\n"));
        [types.into_bytes(), b"a20 x:int = A20;\n---functions---\n".to_vec(), functions].concat()
    }),
    kind("fields of a type of many constructors", |size| {
        let constructors = many(size / 2, |n| format!("a{n} x:int = A;\n"));
        [constructors, one(size / 2, "b", |n| format!(" f{n}:A"), " = B;\n")].concat()
    }),
    kind("forms of one constructor by layers", |size| {
        many(size, |n| format!("==={}===\nnote{} x{n}:int = Note;\n", n + 8, n % 2))
    }),
    kind("layers with many constructors", |size| {
        many(
            size,
            |n| if n % 1000 == 0 { format!("==={}===\n", n / 1000 + 8) } else { format!("a{n} x:int = A{n};\n") },
        )
    }),
    kind("repetitions within repetitions", |size| {
        many(size, |n| format!("a{n} n:# x:{} int{} = A{n};\n", "n*[".repeat(30), "]".repeat(30)))
    }),
    kind("bare structs in a chain", |size| {
        many(size, |n| if n == 0 { "a0 x:int = A0;\n".into() } else { format!("a{n} x:a{} y:int = A{n};\n", n - 1) })
    }),
    kind("fields of type Object", |size| many(size, |n| format!("a{n} x:Object = A{n};\n"))),
    kind("functions that return one type", |size| {
        let functions = many(size, |n| format!("f{n} x:A = A;\n"));
        [b"a x:int = A;\n---functions---\n".to_vec(), functions].concat()
    }),
    kind("functions with calls", |size| {
        [b"---functions---\n".to_vec(), many(size, |n| format!("f{n} {{X:Type}} q:!X = X;\n"))].concat()
    }),
    kind("functions of type Function", |size| {
        [b"---functions---\n".to_vec(), many(size, |n| format!("f{n} q:Function = Int;\n"))].concat()
    }),
    kind("default constructors of one type", |size| many(size, |_| "_ x:int = A;\n".into())),
    kind("declarations of one name", |size| many(size, |n| format!("a x:int y{n}:int = A;\n"))),
    kind("declarations of one id", |size| many(size, |n| format!("a{n}#11111111 x:int = A;\n"))),
    kind("built-in types of one name", |size| many(size, |_| "int ? = Int;\n".into())),
    kind("built-in types", |size| many(size, |n| format!("b{n} ? = B{n};\n"))),
    kind("wrong ids", |size| many(size, |n| format!("a{n}#{:08x} x:int = A{n};\n", n + 1))),
    kind("sections", |size| many(size, |_| "---functions---\n---types---\n".into())),
    kind("`New`, `Final` and `Empty`", |size| many(size, |n| format!("New N{n};\nFinal F{n};\nEmpty E{n};\n"))),
    kind("fields of empty types", |size| many(size, |n| format!("Empty E{n};\na{n} x:E{n} = A{n};\n"))),
    kind("instances", |size| {
        [b"pair {X:Type} {Y:Type} a:X b:Y = Pair X Y;\n".to_vec(), many(size, |_| "Pair int;\n".into())].concat()
    }),
    kind("shadowing fields", |size| {
        many(size, |n| format!("a{n} n:# r:n*[ n:# s:n*[ n:int x:int ] y:int ] = A{n};\n"))
    }),
    kind("flags of all bits", |size| {
        many(size, |n| {
            let fields: String = (0..32).map(|bit| format!(" f{bit}:flags.{bit}?int")).collect();
            format!("a{n} flags:#{fields} = A{n};\n")
        })
    }),
    // Names.
    kind("one long name", |size| one(size, "a", |_| "a".into(), " x:int = A;\n")),
    kind("one long name of words", |size| one(size, "a", |_| "_a".into(), " x:int = A;\n")),
    kind("one long name of a field", |size| one(size, "a x", |_| "Xx".into(), ":int = A;\n")),
    kind("one name of many namespaces", |size| one(size, "", |_| "a.".into(), "b x:int = A;\n")),
    kind("long names", |size| {
        let long = "Abcdefghij".repeat(100);
        many(size, |n| format!("a{n} x:{long}{} = {long}{n};\n", n.saturating_sub(1)))
    }),
    kind("names that differ in case alone", |size| many(size, |n| format!("a{} x:int = A{n};\n", in_case(n)))),
    kind("long names with one beginning", |size| {
        let beginning = "a".repeat(100);
        many(size, |n| format!("{beginning}{n} x:int = A;\n"))
    }),
    kind("many deep namespaces", |size| many(size, |n| format!("n{n}.{}a x:int = n{n}.A;\n", "b.".repeat(20)))),
    kind("many namespaces", |size| many(size, |n| format!("n{n}.a x:int = n{n}.A;\n"))),
    kind("functions of many namespaces", |size| {
        [b"---functions---\n".to_vec(), many(size, |n| format!("n{n}.a x:int = Int;\n"))].concat()
    }),
    kind("names equal but for underscores", |size| many(size, |n| format!("{} x:int = A{n};\n", underscored(n)))),
    kind("fields equal but for case", |size| one(size, "a", |n| format!(" {}:int", underscored(n)), " = A;\n")),
    kind("group names that collide", |size| {
        one(size, "a", |n| format!(" f{n}:# a:f{n}.0?int b:f{n}.0?int"), " = A;\n")
    }),
    kind("constructors with common words", |size| many(size, |n| format!("theSameWordsBefore{n} x:int = TheSame;\n"))),
    // Findings.
    kind("unknown types on one line", |size| one(size, "a", |n| format!(" f{n}:Unknown"), " = A;\n")),
    kind("unknown types, all different", |size| many(size, |n| format!("a{n} x:Z{n} = A{n};\n"))),
    kind("unknown types like known ones", |size| {
        many(size, |n| format!("abcdefgh{n:07} x:Abcdegh{n:07} = Abcdefgh{n:07};\n"))
    }),
    kind("unknown bare types like known ones", |size| {
        many(size, |n| format!("abcdefgh{n:07} x:abcdegh{n:07} = Abcdefgh{n:07};\n"))
    }),
    kind("unknown numbers like known ones", |size| {
        one(size, "a", |n| format!(" number{n}:# x{n}:numbr{n}*[ int ]"), " = A;\n")
    }),
    kind("long unknown names", |size| {
        let long = "Abcdefghij".repeat(100);
        many(size, |n| format!("a{n} x:{long}{n} = {}{n};\n", long.replace("bcd", "bdc")))
    }),
    kind("missing semicolons", |size| many(size, |n| format!("a{n} x:int = A{n}\n"))),
    kind("missing semicolons on one line", |size| many(size, |n| format!("a{n}#0000000{} x:int = A{n} ", n % 8))),
    kind("semicolons", |size| many(size, |_| ";".into())),
    kind("stray characters", |size| many(size, |_| "$ ".into())),
    kind("letters that are not ASCII", |size| many(size, |n| format!("\u{430}{n} x:int = A{n};\n"))),
    kind("infinite types", |size| many(size, |n| format!("a{n} x:A{n} = A{n};\n"))),
    kind("layer markers", |size| many(size, |n| format!("==={n}===\n"))),
    // Comments.
    kind("blank lines", |size| many(size, |_| "\n".into())),
    kind("blank lines between declarations", |size| many(size, |n| format!("a{n} x:int = A{n};\n\n\n"))),
    kind("changes on all lines", |size| many(size, |n| format!("a{n}   x:int  = A{n} ;\n"))),
    kind("block comments on one line", |size| many(size, |_| "/* c */ ".into())),
    kind("comments within a declaration", |size| one(size, "a\n", |n| format!("  x{n}:int // {n}\n"), "  = A;\n")),
    kind("comments after a declaration", |size| many(size, |n| format!("a{n} = A{n}; // text\n"))),
    kind("line comments", |size| many(size, |n| format!("// LAYER {n}\n"))),
    kind("one long comment", |size| one(size, "// ", |_| "LAYER x ".into(), "\na = A;\n")),
    kind("unclosed block comments", |size| many(size, |_| "/*\n".into())),
    kind("documentation of many fields", |size| {
        let tags = many(size / 2, |n| format!("//@f{n} text\n"));
        let count = lines(&tags);
        [b"//@description d\n".to_vec(), tags, fields_up_to(count)].concat()
    }),
    kind("documentation of unknown fields", |size| {
        let tags = many(size / 2, |n| format!("//@g{n} text\n"));
        let count = lines(&tags);
        [b"//@description d\n".to_vec(), tags, fields_up_to(count)].concat()
    }),
    kind("a long description of a type of many constructors", |size| {
        let text = "word ".repeat(size / 10);
        let class = format!("//@class A @description {text}\n").into_bytes();
        [class, many(size / 2, |n| format!("a{n} x:int = A;\n"))].concat()
    }),
    kind("a long description of a constructor that many functions return", |size| {
        let constructor = format!("//@description {}\na x:int = A;\n---functions---\n", "word ".repeat(size / 10));
        [constructor.into_bytes(), many(size / 2, |n| format!("f{n} x:A = A;\n"))].concat()
    }),
    kind("descriptions that name what has a long one", |size| {
        let long = format!("//@description {}\nlongOne x:int = LongOne;\n", "word ".repeat(size / 10));
        let naming = many(size / 2, |n| format!("//@description see longOne\na{n} x:int = A{n};\n"));
        [long.into_bytes(), naming].concat()
    }),
    kind("documentation of one line", |size| {
        one(size, "//@description d", |n| format!(" @x text{n}"), "\na x:int = A;\n")
    }),
    kind("documentation that goes on", |size| {
        one(size, "//@description d\n", |_| "//-more\n".into(), "a x:int = A;\n")
    }),
    kind("documentation that names types", |size| {
        let types = many(size / 2, |n| format!("a{n} x:int = A{n};\n"));
        let count = lines(&types);
        let names: String = (0..count).map(|n| format!("//-A{n}\n")).collect();
        [types, format!("//@description d\n{names}b x:int = B;\n").into_bytes()].concat()
    }),
    kind("`tl:allow` with unknown codes", |size| {
        one(size, "// tl:allow(", |n| format!("bit-aliaz{n},"), ")\na x:int = A;\n")
    }),
    kind("`tl:allow` of many declarations", |size| {
        many(size, |n| format!("// tl:allow(bit-alias)\na{n} x:int = A{n};\n"))
    }),
    kind("`tl:warn-file` many times", |size| {
        many(size, |n| format!("// tl:warn-file(shared-bit)\na{n} f:# x:f.0?int y:f.0?int = A{n};\n"))
    }),
    // Not a schema.
    kind("random bytes", random),
    kind("random ASCII", |size| random(size).iter().map(|byte| b' ' + byte % 95).collect()),
    kind("bytes that are not UTF-8", |size| vec![0xff; size]),
    kind("zeros", |size| vec![0; size]),
    kind("carriage returns", |size| many(size, |n| format!("a{n} x:int = A{n};\r"))),
    kind("quotation marks", |size| many(size, |_| "\"a\": 1, ".into())),
    kind("letters", |size| vec![b'a'; size]),
    kind("words", |size| many(size, |_| "word ".into())),
    kind("lines of words", |size| many(size, |_| "some words\n".into())),
];

const fn kind(name: &'static str, make: fn(usize) -> Vec<u8>) -> Kind {
    Kind { name, make: Inputs::Schema(make) }
}

/// Pieces until the size is reached.
pub(crate) fn many(size: usize, piece: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = Vec::with_capacity(size + 100);
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.extend(piece(number).into_bytes());
    }
    text
}

/// Pieces between a beginning and an end.
pub(crate) fn one(size: usize, before: &str, piece: impl Fn(usize) -> String, after: &str) -> Vec<u8> {
    [before.as_bytes(), &many(size, piece), after.as_bytes()].concat()
}

pub(crate) fn lines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// The declaration that ends a chain of types that each name the next one.
fn last_of_chain(size: usize) -> Vec<u8> {
    let last = lines(&many(size, |n| format!("a{n} x:A{} = A{n};\n", n + 1)));
    format!("a{last} = A{last};\n").into_bytes()
}

fn last_of_cycle(size: usize) -> Vec<u8> {
    let last = lines(&many(size, |n| format!("a{n} f:# x:f.0?A{} = A{n};\n", n + 1)));
    format!("a{last} x:(vector A0) = A{last};\n").into_bytes()
}

/// A type with many arguments.
fn parameters(size: usize, kind: &str) -> Vec<u8> {
    let count = size / 20;
    let list = |piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<String>();
    let declared = list(&|n| format!(" {{X{n}{kind}}}"));
    let named = list(&|n| format!(" X{n}"));
    format!("a{declared} = A{named};\n").into_bytes()
}

pub(crate) fn fields_up_to(count: usize) -> Vec<u8> {
    let fields: String = (0..count).map(|n| format!(" f{n}:int")).collect();
    format!("a{fields} = A;\n").into_bytes()
}

/// Letters that are equal but for their case: capitals are the bits of the number.
fn in_case(number: usize) -> String {
    (0..20).map(|bit| if number >> bit & 1 == 1 { 'B' } else { 'b' }).collect()
}

/// Names that are equal once underscores are gone: the places of underscores are the bits of the number.
fn underscored(number: usize) -> String {
    let mut name = String::from("a");
    for bit in 0..20 {
        if number >> bit & 1 == 1 {
            name.push('_');
        }
        name.push('b');
    }
    name
}

/// Bytes of a generator that always starts the same way.
fn random(size: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..size).map(|_| next()).collect()
}
