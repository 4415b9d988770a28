//! Hostile inputs of several files: schemas with facts about them, and schemas that belong together.

use crate::inputs::{Inputs, Kind};
use crate::kinds::{fields_up_to, lines, many};

/// Kinds of fact files, then of many schemas.
pub(crate) const KINDS: &[Kind] = &[
    facts("facts: errors", |size| about(ONE, many(size, |n| format!("errors.ERROR_A{n} = 400\n")))),
    facts("facts: codes of one error", |size| {
        let codes: String = (0..size / 5).map(|n| format!("{}, ", n % 999 + 1)).collect();
        about(ONE, format!("errors.ERROR = [{codes}]\n").into_bytes())
    }),
    facts("facts: errors of one function", |size| {
        let errors = many(size / 2, |n| format!("errors.ERROR_A{n} = 400\n"));
        let listed: String = (0..lines(&errors)).map(|n| format!("\"ERROR_A{n}\", ")).collect();
        about(ONE, [errors, format!("functions.get.errors = [{listed}]\n").into_bytes()].concat())
    }),
    facts("facts: unknown errors of one function", |size| {
        let listed: String = (0..size / 12).map(|n| format!("\"ERROR_A{n}\", ")).collect();
        about(ONE, format!("errors.ERROR_AB = 400\nfunctions.get.errors = [{listed}]\n").into_bytes())
    }),
    facts("facts: one error of many functions", |size| {
        let error = "errors.ERROR = { codes = 400, text = \"a text\" }\n".to_owned();
        of_functions(size, &error, |n| format!("functions.get{n}.errors = [\"ERROR\"]\n"))
    }),
    facts("facts: a long text of an error of many functions", |size| {
        let error = format!("errors.ERROR = {{ codes = 400, text = \"{}\" }}\n", "word ".repeat(size / 20));
        of_functions(size, &error, |n| format!("functions.get{n}.errors = [\"ERROR\"]\n"))
    }),
    facts("facts: a long source", |size| {
        let source = format!("source = \"{}\"\nerrors.ERROR = 400\n", "word ".repeat(size / 20));
        of_functions(size, &source, |n| format!("functions.get{n} = {{ errors = [\"ERROR\"], callers = \"bots\" }}\n"))
    }),
    facts("facts: texts of functions", |size| {
        of_functions(size, "", |n| format!("functions.get{n}.text = \"see get1\"\n"))
    }),
    facts("facts: texts of unknown functions", |size| {
        about(ONE, many(size, |n| format!("functions.ge{n}.text = \"a text\"\n")))
    }),
    facts("facts: texts of unknown types", |size| {
        let schema = many(size / 2, |n| format!("abcdefgh{n:07} x:int = Abcdefgh{n:07};\n"));
        (schema, headed(many(size / 2, |n| format!("types.Abcdegh{n:07}.text = \"a text\"\n"))))
    }),
    facts("facts: texts of fields", |size| {
        let texts = many(size / 2, |n| format!("constructors.a.fields.f{n} = \"a text\"\n"));
        (fields_up_to(lines(&texts)), headed(texts))
    }),
    facts("facts: texts of unknown fields", |size| {
        let texts = many(size / 2, |n| format!("constructors.a.fields.g{n} = \"a text\"\n"));
        (fields_up_to(lines(&texts)), headed(texts))
    }),
    facts("facts: names of groups", |size| {
        let names = many(size / 2, |n| format!("constructors.a.groups.x{n} = \"group{n}\"\n"));
        let fields: String = (0..lines(&names)).map(|n| format!(" f{n}:# x{n}:f{n}.0?int y{n}:f{n}.0?int")).collect();
        (format!("a{fields} = A;\n").into_bytes(), headed(names))
    }),
    facts("facts: names of unknown groups", |size| {
        let names = many(size / 2, |n| format!("constructors.a.groups.z{n} = \"group{n}\"\n"));
        let fields: String = (0..lines(&names)).map(|n| format!(" f{n}:# x{n}:f{n}.0?int y{n}:f{n}.0?int")).collect();
        (format!("a{fields} = A;\n").into_bytes(), headed(names))
    }),
    facts("facts: unknown keys", |size| about(ONE, many(size, |n| format!("functons{n} = 1\n")))),
    facts("facts: one key with many dots", |size| {
        about(ONE, format!("errors{} = 1\n", ".a".repeat(size / 2)).into_bytes())
    }),
    facts("facts: open brackets", |size| about(ONE, format!("source = {}\n", "[".repeat(size)).into_bytes())),
    facts("facts: open braces", |size| about(ONE, format!("source = {}\n", "{a=".repeat(size / 3)).into_bytes())),
    facts("facts: no TOML", |size| about(ONE, many(size, |n| format!("{n} {n}\n")))),
    facts("facts: one key many times", |size| about(ONE, many(size, |_| "errors.ERROR = 400\n".to_owned()))),
    facts("facts: directions", |size| about(ONE, many(size, |n| format!("# \u{202e}\u{202e}{n}\n")))),
    files("files: alone", |size| in_files(size, |file| many(4096, |n| format!("a{file}n{n} x:int = A{file}n{n};\n")))),
    files("files: each needs the one before", |size| {
        in_files(size, |file| {
            let first = format!("b{file} x:B{} = B{file};\n", file.saturating_sub(1));
            let first = if file == 0 { "b0 = B0;\n".to_owned() } else { first };
            [first.into_bytes(), many(4096, |n| format!("a{file}n{n} x:int = A{file}n{n};\n"))].concat()
        })
    }),
    files("files: all need the first", |size| {
        in_files(size, |file| many(4096, |n| format!("a{file}n{n} x:A0n0 = A{file}n{n};\n")))
    }),
    files("files: the same in each", |size| in_files(size, |_| many(4096, |n| format!("a{n} x:int = A{n};\n")))),
    files("files: the same names in each", |size| {
        in_files(size, |file| many(4096, |n| format!("a{n} x{file}:int = A{n};\n")))
    }),
    files("files: faults in each", |size| in_files(size, |_| many(4096, |n| format!("a{n} x: = A{n};\n")))),
];

/// A schema with one function.
const ONE: &str = "a x:int = A;\n---functions---\nget = A;\n";

const fn facts(name: &'static str, make: fn(usize) -> (Vec<u8>, Vec<u8>)) -> Kind {
    Kind { name, make: Inputs::Facts(make) }
}

const fn files(name: &'static str, make: fn(usize) -> Vec<Vec<u8>>) -> Kind {
    Kind { name, make: Inputs::Files(make) }
}

fn headed(facts: Vec<u8>) -> Vec<u8> {
    [b"format = 1\n".to_vec(), facts].concat()
}

/// A schema, and facts about it.
fn about(schema: &str, facts: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    (schema.as_bytes().to_vec(), headed(facts))
}

/// A third of the size each: functions, and facts about each of them.
fn of_functions(size: usize, before: &str, facts: impl Fn(usize) -> String) -> (Vec<u8>, Vec<u8>) {
    let facts = many(size / 3, facts);
    let functions: String = (0..lines(&facts)).map(|n| format!("get{n} x:int = A;\n")).collect();
    let schema = format!("a x:int = A;\n---functions---\n{functions}").into_bytes();
    (schema, headed([before.as_bytes().to_vec(), facts].concat()))
}

/// Files of 4 KiB.
fn in_files(size: usize, file: impl Fn(usize) -> Vec<u8>) -> Vec<Vec<u8>> {
    (0..(size / 4096).max(1)).map(file).collect()
}
