//! `tl decode`: bytes as JSON, or as a text for people with offsets.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use typelang::reflect::{DecodeError, DecodeFault, JsonLayout};
use typelang::{ReadOptions, VECTOR_ID};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::hexadecimal;
use crate::input::{Source, content, is_argument, shown};
use crate::tally::plural;

const EXAMPLES: &str = "\
Examples:
  tl decode --schema api.tl 157afa4401000000e1b541f187d612008877665544332211
  tl decode --schema api.tl --format dump answer.bin
  tl decode --schema mtproto.tl api.tl --type 'Vector<long>' - < log.txt
  tl decode --schema api.tl --type messages.getDialogs answer.bin     what the function returns

The input is a file, standard input (`-`), or hexadecimal digits. A file that holds only digits, blanks, commas, colons and
`0x` is taken for hexadecimal digits, any other for bytes.

In JSON a constructor or call is an object whose \"_\" is its name, a long is a text of decimal digits, and bytes are a text
of hexadecimal digits. `tl encode` turns it back into the same bytes.

Exit codes:
  0  decoded; bytes that follow the value are reported
  1  the bytes are no such value, or the schema has errors
  2  wrong arguments, or a file that cannot be read";

/// Decodes bytes by a schema.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Decode {
    /// Hexadecimal digits, a file, or `-` for standard input.
    #[arg(value_name = "HEX|FILE|-")]
    input: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// How the value is shown.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The file or standard input holds bytes, even if they look like hexadecimal digits.
    #[arg(long)]
    binary: bool,
    /// Refuse what this software would not write: bytes after the value, unknown flags, padding that is not zero, lengths
    /// longer than needed.
    #[arg(long)]
    strict: bool,
    /// Replace what is not UTF-8 in strings instead of refusing it.
    #[arg(long)]
    lossy: bool,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON, indented.
    Json,
    /// JSON on one line.
    Compact,
    /// A line for each field, with the offset of its first byte. What comes before an error is shown, too.
    Dump,
}

/// Runs the command.
pub(crate) fn run(arguments: &Decode, console: &Console) -> Result<Outcome, Failure> {
    let (schemas, input) = arguments.source.split(arguments.input.as_ref())?;
    let bytes = bytes(arguments, input)?;
    let Some(loaded) = arguments.source.load(schemas, console)? else { return Ok(Outcome::Findings) };
    let (table, ty) = (loaded.table(), loaded.ty());
    let options = if arguments.strict { ReadOptions::strict() } else { ReadOptions::new() };
    let options = options.lossy_strings(arguments.lossy);
    let taken = match arguments.format {
        Format::Dump => {
            let (text, result) = table.dump(ty, &bytes, options);
            console.text(&text)?;
            result
        }
        Format::Json => show_json(table.json(ty, &bytes, options, JsonLayout::Pretty), console)?
            .and_then(|()| table.check(ty, &bytes, options)),
        Format::Compact => show_json(table.json(ty, &bytes, options, JsonLayout::Compact), console)?
            .and_then(|()| table.check(ty, &bytes, options)),
    };
    match taken {
        Ok(taken) => {
            report_rest(bytes.len().saturating_sub(taken), taken, console);
            Ok(Outcome::Fine)
        }
        Err(error) => {
            console.error(&error.to_string());
            if let DecodeFault::AmbiguousId { .. } = error.fault() {
                console.hint("help: say which is meant: --type Function for a call, --type TYPE for a value of a type");
            }
            if arguments.source.names_no_type() && is_vector(&error) {
                console.hint(
                    "help: say what the vector holds, such as --type 'Vector<long>', or which function returned it",
                );
            }
            Ok(Outcome::Findings)
        }
    }
}

/// Returns whether the input begins as a vector where no vector was expected.
fn is_vector(error: &DecodeError) -> bool {
    let is_vector = matches!(error.fault(), DecodeFault::UnknownConstructor { found: VECTOR_ID, .. });
    is_vector && error.offset() == 0
}

fn show_json(text: Result<String, DecodeError>, console: &Console) -> Result<Result<(), DecodeError>, Failure> {
    match text {
        Ok(text) => console.line(text).map(Ok),
        Err(error) => Ok(Err(error)),
    }
}

fn report_rest(rest: usize, taken: usize, console: &Console) {
    if rest > 0 {
        console.hint(format_args!("note: {} after the value, from byte {taken} on", plural(rest, "byte")));
    }
}

/// The bytes of the input.
fn bytes(arguments: &Decode, input: &Path) -> Result<Vec<u8>, Failure> {
    let content = content(input)?;
    let is_argument = is_argument(input);
    if arguments.binary && !is_argument {
        return Ok(content);
    }
    match str::from_utf8(&content).map_err(|error| error.to_string()).and_then(hexadecimal::decode) {
        Ok(bytes) => Ok(bytes),
        Err(error) if is_argument => {
            Err(Failure::Message(format!("{} is neither a file nor hexadecimal digits: {error}", shown(input))))
        }
        Err(_) => Ok(content),
    }
}
