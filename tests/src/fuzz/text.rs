//! Texts of schemas: whatever they are, every step ends, and what is right stays right.

use typelang::reflect::Table;
use typelang_build::{Availability, Options, generate_file};
use typelang_ir::{Resolution, ResolveOptions, resolve};
use typelang_lint::Levels;
use typelang_parser::{Parsed, Severity, SourceId, Sources, format, parse, print, render_all};

use crate::walker::table_of;

/// Parses, prints and formats a text, resolves it, looks for lints, and generates code and the table.
pub(super) fn schema_text(data: &[u8]) -> bool {
    let mut sources = Sources::new();
    let (source, mut diagnostics) = sources.add_bytes("fuzz.tl", data.to_vec());
    let text = sources.text(source).to_owned();
    let parsed = parse(source, &text);
    if !parsed.has_errors() {
        printing_says_the_same(&parsed);
    }
    formatting_ends(&parsed, &text);
    let resolution = resolve(std::slice::from_ref(&parsed.file), ResolveOptions::default());
    let is_right = !parsed.has_errors() && !has_errors(&resolution);
    diagnostics.extend(parsed.diagnostics);
    diagnostics.extend(resolution.diagnostics.iter().cloned());
    let findings = typelang_lint::check(&[&parsed.file], &sources, &Levels::new(), diagnostics);
    assert_eq!(render_all(&findings, &sources).is_empty(), findings.is_empty());
    if is_right {
        code_is_rust(&resolution);
        let table = table_of(&resolution.schema);
        assert!(Table::new(&table).is_ok(), "a damaged table: {text:?}");
    }
    is_right
}

fn has_errors(resolution: &Resolution) -> bool {
    resolution.diagnostics.iter().any(|it| it.severity == Severity::Error)
}

fn printing_says_the_same(parsed: &Parsed) {
    let printed = print(&parsed.file);
    let again = parse(SourceId::default(), &printed);
    assert!(!again.has_errors(), "{printed:?}: {:?}", again.diagnostics);
    assert_eq!(again.file.without_spans(), parsed.file.clone().without_spans(), "{printed:?}");
    assert_eq!(print(&again.file), printed);
}

fn formatting_ends(parsed: &Parsed, text: &str) {
    let formatted = format(parsed, text);
    assert_eq!(formatted.is_none(), parsed.has_errors());
    let Some(formatted) = formatted else { return };
    let again = parse(SourceId::default(), &formatted);
    assert_eq!(format(&again, &formatted).as_deref(), Some(&*formatted), "from {text:?}");
}

fn code_is_rust(resolution: &Resolution) {
    let options = Options {
        pretty: false,
        function_decoding: Availability::Always,
        any_constructor: Availability::Always,
        catalog: Availability::Always,
        reflect: Availability::Always,
        ..Options::default()
    };
    let code = generate_file(&resolution.schema, &options);
    if let Err(error) = syn::parse_file(&code) {
        panic!("{error}: {code}");
    }
}
