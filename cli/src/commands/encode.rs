//! `tl encode`: bytes from JSON.

use std::path::{Path, PathBuf};

use clap::Args;
use typelang::WriteOptions;
use typelang::reflect::{EncodeFault, Table, Type};
use typelang_inspect::TypeIn;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::hexadecimal;
use crate::input::{content, is_argument, shown, split};
use crate::json::Json;
use crate::tables::{Source, Tables};

const EXAMPLES: &str = "\
Examples:
  tl encode --schema api.tl '{\"_\": \"inputPeerUser\", \"user_id\": \"7\", \"access_hash\": \"8\"}'
  tl encode --schema api.tl --binary request.json > request.bin
  tl decode --schema api.tl answer.bin | tl encode --schema api.tl -
  tl encode --schema api.tl --type 'Vector<long>' '[\"1\", \"2\"]'

The JSON is that of `tl decode`. Flags are computed from the fields that are there; a field that is null is absent; a long can
be a number, too. An object needs no \"_\" where only one constructor is possible.

Exit codes:
  0  encoded
  1  the JSON is none, or no such value, or the schema has errors
  2  wrong arguments, or a file that cannot be read";

/// Encodes JSON by a schema.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Encode {
    /// JSON, a file, or `-` for standard input.
    #[arg(value_name = "JSON|FILE|-")]
    input: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// Write the bytes themselves instead of hexadecimal digits.
    #[arg(long)]
    binary: bool,
}

/// Values in JSON may be inside of one another so many times.
const MAX_JSON_DEPTH: usize = 1000;

/// Runs the command.
pub(crate) fn run(arguments: &Encode, console: &Console) -> Result<Outcome, Failure> {
    let (schemas, input) = split(&arguments.source.schemas, arguments.input.as_ref())?;
    let json = match parse(input)? {
        Ok(json) => json,
        Err(error) => {
            console.error(&error);
            return Ok(Outcome::Findings);
        }
    };
    let Some(tables) = arguments.source.load(schemas, console)? else { return Ok(Outcome::Findings) };
    let Ok(named) = tables.named(arguments.source.ty.as_deref(), console) else { return Ok(Outcome::Findings) };
    let TypeIn { table, ty } = match &named {
        Some(named) => named.of(&[]),
        None => TypeIn { table: table_for(&tables, &json), ty: Type::ANY },
    };
    match table.encode_as(ty, &json.value(), WriteOptions::new()) {
        Ok(bytes) if arguments.binary => console.bytes(&bytes)?,
        Ok(bytes) => console.line(hexadecimal::encode(&bytes))?,
        Err(error) => {
            console.error(&error.to_string());
            if let Some(name) = suggestion(&table, error.fault()) {
                console.hint(format_args!("help: did you mean `{name}`?"));
            }
            return Ok(Outcome::Findings);
        }
    }
    Ok(Outcome::Fine)
}

/// The table of the first schema that can encode a value; the first one if none can.
fn table_for<'t>(tables: &'t Tables, json: &Json) -> Table<'t> {
    let can_encode = |table: &Table<'_>| table.encode_as(Type::ANY, &json.value(), WriteOptions::new()).is_ok();
    let fallback = || tables.all().next().unwrap_or(Table::generated(&[]));
    match tables.all().nth(1) {
        Some(_) => tables.all().find(can_encode).unwrap_or_else(fallback),
        None => fallback(),
    }
}

/// A name of the schema that a wrong one resembles.
fn suggestion<'t>(table: &Table<'t>, fault: &EncodeFault) -> Option<&'t str> {
    match fault {
        EncodeFault::UnknownName { found, .. } => {
            typelang_parser::suggest(found, table.combinators().filter_map(|it| it.name()))
        }
        EncodeFault::UnknownField { name, combinator } => {
            let combinator = table.constructor_named(combinator).or_else(|| table.function_named(combinator))?;
            typelang_parser::suggest(name, combinator.fields().map(|field| field.name()))
        }
        _ => None,
    }
}

/// The JSON of the input, or what is wrong with it.
fn parse(input: &Path) -> Result<Result<Json, String>, Failure> {
    let content = content(input)?;
    // A byte order mark is not part of the text.
    let content = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&content);
    if depth(content) > MAX_JSON_DEPTH {
        return Ok(Err(format!("the JSON is nested deeper than {MAX_JSON_DEPTH} levels")));
    }
    match parse_text(content) {
        Err(error) if is_argument(input) && !looks_like_json(content) => {
            Err(Failure::Message(format!("{} is neither a file nor JSON: {error}", shown(input))))
        }
        Err(error) => Ok(Err(format!("the input is not valid JSON: {error}"))),
        json => Ok(json),
    }
}

/// The one JSON value of a text.
fn parse_text(content: &[u8]) -> Result<Json, String> {
    let mut reader = serde_json::Deserializer::from_slice(content);
    // The depth is bounded above, by a limit that every value that can be decoded keeps.
    reader.disable_recursion_limit();
    let mut values = reader.into_iter::<Json>();
    match (values.next(), values.next()) {
        (Some(Ok(json)), None) => Ok(json),
        (Some(Err(error)), _) | (_, Some(Err(error))) => Err(error.to_string()),
        (Some(Ok(_)), Some(Ok(_))) => Err("there is more than one value".to_owned()),
        (None, _) => Err("there is nothing".to_owned()),
    }
}

fn looks_like_json(content: &[u8]) -> bool {
    content.trim_ascii_start().first().is_some_and(|first| b"{[\"".contains(first))
}

/// How deep brackets are nested, those in texts aside.
fn depth(content: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in content {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
