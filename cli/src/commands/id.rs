//! `tl id`: the id of a declaration in each dialect.

use std::path::Path;

use clap::Args;
use typelang_parser::ast::{Combinator, File};
use typelang_parser::ids::{Dialect, canonical_text, check_ids, compute_id};
use typelang_parser::{Parsed, Severity, Sources, Tally, codes, parse};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::schemas::read_bytes;

const EXAMPLES: &str = "\
Examples:
  tl id 'user id:int first_name:string last_name:string = User'
  tl id 'inputEncryptedChat#f141b5e1 chat_id:int access_hash:long = InputEncryptedChat;'
  tl id - < schema.tl

The id is the CRC-32 of the text that is shown beside it. Where a declaration has an id of its own, a line more says which
dialect gives it.";

/// Shows the id that a declaration has in each dialect.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Id {
    /// A declaration of a constructor or function, or several; the semicolon of the last one may be missing. `-` reads
    /// them from standard input.
    #[arg(value_name = "DECLARATION", allow_hyphen_values = true)]
    declaration: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Id, console: &Console) -> Result<Outcome, Failure> {
    let (sources, parsed) = read(arguments)?;
    console.limit.expect(Tally::of(&parsed.diagnostics));
    for diagnostic in &parsed.diagnostics {
        console.diagnostic(diagnostic, &sources);
    }
    let blocks: Vec<String> = parsed.file.combinators().map(|combinator| block(combinator, &parsed.file)).collect();
    if parsed.has_errors() {
        console.tally(Tally::of(&parsed.diagnostics));
        return Ok(Outcome::Findings);
    }
    if blocks.is_empty() {
        console.error("there is no declaration of a constructor or function");
        return Ok(Outcome::Findings);
    }
    console.line(blocks.join("\n\n"))?;
    Ok(Outcome::Fine)
}

fn read(arguments: &Id) -> Result<(Sources, Parsed), Failure> {
    let mut sources = Sources::new();
    let mut parsed = match arguments.declaration.as_str() {
        "-" => {
            let path = Path::new("-");
            let bytes = read_bytes(path).map_err(|error| Failure::read(path, &error))?;
            sources.parse_bytes("<stdin>", bytes)
        }
        text => sources.parse_bytes("<declaration>", text.as_bytes().to_vec()),
    };
    let source = parsed.file.source;
    if parsed.diagnostics.iter().any(|diagnostic| diagnostic.code == &codes::MISSING_SEMICOLON) {
        // The last one may be missing. On a line of its own, it cannot get lost in a comment.
        let text = format!("{}\n;", sources.text(source));
        let whole = parse(source, &text);
        let invalid = std::mem::take(&mut parsed.diagnostics).into_iter().filter(|it| it.code == &codes::INVALID_UTF8);
        parsed = Parsed { file: whole.file, diagnostics: invalid.chain(whole.diagnostics).collect() };
    }
    Ok((sources, parsed))
}

/// The lines about one declaration.
fn block(combinator: &Combinator, file: &File) -> String {
    let mut lines = Vec::new();
    for dialect in [Dialect::Telegram, Dialect::Reference] {
        let id = compute_id(combinator, dialect);
        lines.push(format!("{:9}  {id:#010x}  {}", name(dialect), canonical_text(combinator, dialect)));
    }
    if let Some(declared) = combinator.id {
        let verdict = verdict(combinator, declared.value, file);
        lines.push(format!("{:9}  {:#010x}  {verdict}", "declared", declared.value));
    }
    lines.join("\n")
}

fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Telegram => "telegram",
        Dialect::Reference => "reference",
    }
}

/// Which dialects give the declared id.
fn verdict(combinator: &Combinator, declared: u32, file: &File) -> String {
    let gives = |dialect| compute_id(combinator, dialect) == declared;
    match (gives(Dialect::Telegram), gives(Dialect::Reference)) {
        (true, true) => "matches both dialects".to_owned(),
        (true, false) => "matches the telegram dialect".to_owned(),
        (false, true) => "matches the reference dialect".to_owned(),
        (false, false) => match pinned(combinator, file) {
            Some(message) => format!("matches neither dialect: {message}"),
            None => "matches neither dialect".to_owned(),
        },
    }
}

/// What is said of an id that is known to be an exception.
fn pinned(combinator: &Combinator, file: &File) -> Option<String> {
    let place = combinator.id?.span;
    let notes = check_ids(file, Dialect::Telegram).into_iter();
    notes
        .filter(|note| note.severity == Severity::Note)
        .find(|note| note.primary.span == place)
        .map(|note| note.message)
}
