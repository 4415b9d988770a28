//! `tl decode`: bytes as JSON, or as a text for people with offsets.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use typelang::ReadOptions;
use typelang::reflect::JsonLayout;
use typelang_inspect::input::{Form, Input, read};
use typelang_inspect::{Format as Shape, Inspector};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::history::layers_of;
use crate::input::{content, is_argument, shown, split};
use crate::tables::{Source, mtproto};
use crate::tally::plural;

const EXAMPLES: &str = "\
Examples:
  tl decode --schema api.tl 157afa4401000000e1b541f187d612008877665544332211
  tl decode --schema api.tl --format dump answer.bin
  pbpaste | tl decode --schema api.tl
  tl decode --schema api.tl older.tl --request messages.getDialogs message.txt
  tl decode --schema api.tl --type 'Vector<long>' - < log.txt
  tl decode --schema api.tl --type messages.getDialogs answer.bin     what the function returns
  tl decode --schema api.tl --select 'updates[*].message.id' --select date message.txt

The input is a file, standard input, or an argument. Text is read in the form that it has: hexadecimal digits with any
separators, 0x or \\x, base64, the output of xxd, hexdump, od, tcpdump and Wireshark, and literals of C, Rust, Python and
JavaScript. Anything else in a file is taken for bytes.

The messages of MTProto that contain others are built in: containers are opened, gzip and zlib are unpacked, and results are
read by their id, or by --request. What no schema knows is shown as bytes, and reading goes on behind it. Several objects can
follow one another.

--select shows parts, and reads nothing behind the last one. A path is made of fields and elements: `chat.title`, `users[0]`,
`users[-1]` (the last one), `updates[*].pts` (of every element), `updates[*].(updateNewMessage).message` (only of this
constructor). It applies to every object in containers and results, and must fit one of them. Each part is a JSON text of its
own; with --format dump a line has the offset of the part and the way to it.

In JSON a constructor or call is an object whose \"_\" is its name, a long is a text of decimal digits, and bytes are a text
of hexadecimal digits. `tl encode` turns values of a schema back into the same bytes.

Exit codes:
  0  decoded; notes tell what was not read, and which bytes follow the last object
  1  the bytes are no such value, or the schema has errors
  2  wrong arguments, or a file that cannot be read";

/// Decodes bytes by a schema.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Decode {
    /// Bytes as text, a file, or `-` for standard input, which can be left out where the input is piped.
    #[arg(value_name = "TEXT|FILE|-")]
    input: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// The requests whose results are in the input: a function, or the type of what it returns.
    #[arg(long, value_name = "TYPE")]
    request: Option<String>,
    /// Show only these parts of each object, such as `updates[*].message.id`; can be given several times. See below.
    #[arg(long = "select", value_name = "PATH", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    paths: Vec<String>,
    /// Packed data may become so many bytes, all of the input together.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 26)]
    max_unpacked: usize,
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
    let (schemas, input) = split(&arguments.source.schemas, arguments.input.as_ref())?;
    let bytes = bytes(arguments, input, console)?;
    let Some(tables) = arguments.source.load(schemas, console)? else { return Ok(Outcome::Findings) };
    let (Ok(ty), Ok(answer)) =
        (tables.named(arguments.source.ty.as_deref(), console), tables.named(arguments.request.as_deref(), console))
    else {
        return Ok(Outcome::Findings);
    };
    let mtproto = mtproto();
    let options = if arguments.strict { ReadOptions::strict() } else { ReadOptions::new() };
    let inspector = Inspector::new(tables.schemas(&mtproto))
        .options(options.lossy_strings(arguments.lossy))
        .ty(ty.as_ref().map(|ty| ty.of(&bytes)))
        .answer(answer.as_ref().map(|answer| answer.of(&[])))
        .select(arguments.paths.clone())
        .max_unpacked(arguments.max_unpacked);
    let shown = inspector.show(&bytes, arguments.format.shape());
    if !shown.text.is_empty() {
        console.line(shown.text)?;
    }
    for note in shown.notes {
        console.hint(format_args!("note: {note}"));
    }
    let layers: Vec<String> = shown.unknown.into_iter().filter_map(layers_of).collect();
    let Some(error) = shown.error else {
        layers.iter().for_each(|layers| console.hint(format_args!("note: {layers} of the Telegram API")));
        return Ok(Outcome::Fine);
    };
    console.error(&error.message);
    for help in
        error.help.into_iter().chain(layers.into_iter().map(|layers| format!("it is {layers} of the Telegram API")))
    {
        console.hint(format_args!("help: {help}"));
    }
    Ok(Outcome::Findings)
}

impl Format {
    fn shape(self) -> Shape {
        match self {
            Self::Json => Shape::Json(JsonLayout::Pretty),
            Self::Compact => Shape::Json(JsonLayout::Compact),
            Self::Dump => Shape::Dump,
        }
    }
}

/// The bytes of the input. Its form is named, unless it is the usual one.
fn bytes(arguments: &Decode, input: &Path, console: &Console) -> Result<Vec<u8>, Failure> {
    let content = content(input)?;
    let is_argument = is_argument(input);
    if arguments.binary && !is_argument {
        return Ok(content);
    }
    match str::from_utf8(&content).map_err(|error| error.to_string()).and_then(read) {
        Ok(read) if is_argument && is_unlikely(&read) => {
            Err(not_bytes(input, "as base64 it is not a whole number of words"))
        }
        Ok(read) => {
            if read.form != Form::Hexadecimal {
                console.hint(format_args!(
                    "note: the input is read as {}: {}",
                    read.form,
                    plural(read.bytes.len(), "byte")
                ));
            }
            Ok(read.bytes)
        }
        Err(fault) if is_argument => Err(not_bytes(input, &fault)),
        Err(fault) => {
            if content.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')) {
                console
                    .hint(format_args!("note: the input is read as bytes, since it is not in a known form: {fault}"));
            }
            Ok(content)
        }
    }
}

fn not_bytes(input: &Path, fault: &str) -> Failure {
    Failure::Message(format!("{} is neither a file nor bytes in a known form: {fault}", shown(input)))
}

/// Returns whether the input is rather the name of a file that is not there.
fn is_unlikely(input: &Input) -> bool {
    matches!(input.form, Form::Base64 | Form::Base64Url) && !input.bytes.len().is_multiple_of(4)
}
