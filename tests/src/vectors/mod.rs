//! Encodings made by other software, held against generated code: the value is built through serde and encoded, the bytes are
//! decoded and serialized, and both must come out as the other software has them.
//!
//! The command `vectors` compiles this module into a crate of its own, beside the code that it generates: nothing here may
//! refer to another module of this package than `encodings` and `hexadecimal`.

mod compare;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;
use typelang::reflect::Table;
use typelang::serde::{Deserialize, Serialize};
use typelang::{DecodeOwned, Encode};

use crate::encodings::Encoding;
use crate::hexadecimal;
pub use compare::is_same;
pub use report::{Explanation, Report, explanations};

/// What encodes and decodes all constructors, or all functions, of a schema.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    encode: fn(&Value) -> Result<Vec<u8>, String>,
    decode: fn(&[u8]) -> Result<Decoded, String>,
}

/// What became of bytes.
#[derive(Debug)]
struct Decoded {
    value: Value,
    /// The decoded value, encoded again.
    bytes: Vec<u8>,
}

impl Codec {
    /// The codec of an enum of all constructors or all functions.
    #[must_use]
    pub const fn of<T>() -> Self
    where
        T: Encode + DecodeOwned + Serialize + for<'de> Deserialize<'de>,
    {
        Self { encode: encode::<T>, decode: decode::<T> }
    }
}

fn encode<T: Encode + for<'de> Deserialize<'de>>(value: &Value) -> Result<Vec<u8>, String> {
    let value = T::deserialize(value).map_err(|error| error.to_string())?;
    value.to_bytes().map_err(|error| error.to_string())
}

fn decode<T: Encode + DecodeOwned + Serialize>(bytes: &[u8]) -> Result<Decoded, String> {
    let value = T::from_bytes(bytes).map_err(|error| error.to_string())?;
    let bytes = value.to_bytes().map_err(|error| error.to_string())?;
    // As text and back, since that is what users see.
    let text = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    let value = crate::encodings::json(&text)?;
    Ok(Decoded { value, bytes })
}

/// The generated code of a schema.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The schema as a table.
    pub table: Table<'static>,
    /// All constructors, if the schema has any.
    pub constructors: Option<Codec>,
    /// All functions, if the schema has any.
    pub functions: Option<Codec>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Bytes and value are those of the other software.
    Equal,
    /// Something is different.
    Different(Difference),
    /// The schema does not have the constructor or function, or it has parameters, so that it is no value by itself.
    NotCovered,
}

/// What is different in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What was done.
    pub step: &'static str,
    /// What came out, or why nothing did.
    pub ours: String,
    /// What the other software has.
    pub theirs: String,
}

impl Subject {
    /// Checks one line.
    #[must_use]
    pub fn check(&self, line: &Encoding) -> Outcome {
        let Some(codec) = self.codec(line) else { return Outcome::NotCovered };
        match check(codec, line) {
            Ok(()) => Outcome::Equal,
            Err(difference) => Outcome::Different(difference),
        }
    }

    fn codec(&self, line: &Encoding) -> Option<Codec> {
        let (codec, combinator) = if line.is_function {
            (self.functions?, self.table.function_named(&line.name)?)
        } else {
            (self.constructors?, self.table.constructor_named(&line.name)?)
        };
        combinator.stands_alone().then_some(codec)
    }
}

fn check(codec: Codec, line: &Encoding) -> Result<(), Difference> {
    let theirs = hexadecimal::encode(&line.bytes);
    let differ = |step, ours, theirs: &dyn ToString| Err(Difference { step, ours, theirs: theirs.to_string() });
    match (codec.encode)(&line.value) {
        Ok(bytes) if bytes == line.bytes => {}
        Ok(bytes) => return differ("encoding the value", hexadecimal::encode(&bytes), &theirs),
        Err(error) => return differ("encoding the value", error, &theirs),
    }
    match (codec.decode)(&line.bytes) {
        Ok(decoded) if !is_same(&decoded.value, &line.value) => {
            differ("decoding the bytes", decoded.value.to_string(), &line.value)
        }
        Ok(decoded) if decoded.bytes != line.bytes => {
            differ("encoding what was decoded", hexadecimal::encode(&decoded.bytes), &theirs)
        }
        Ok(_) => Ok(()),
        Err(error) => differ("decoding the bytes", error, &line.value),
    }
}

/// Another name for the objects in a field, since the schema of the vectors calls them otherwise:
/// `msg_container.messages=containedMessage`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    constructor: String,
    field: String,
    name: String,
}

impl Rename {
    /// Reads `CONSTRUCTOR.FIELD=NAME`. The name of the constructor may have a namespace.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (place, name) = text.split_once('=')?;
        let (constructor, field) = place.rsplit_once('.')?;
        let parts = [constructor, field, name];
        let [constructor, field, name] = parts.map(str::to_owned);
        parts.iter().all(|part| !part.is_empty()).then_some(Self { constructor, field, name })
    }

    /// Gives the objects the other name, wherever in the value they are.
    pub fn apply(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if fields.get("_").is_some_and(|name| *name == self.constructor.as_str())
                    && let Some(field) = fields.get_mut(&self.field)
                {
                    self.rename(field);
                }
                fields.values_mut().for_each(|field| self.apply(field));
            }
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.apply(element)),
            _ => {}
        }
    }

    fn rename(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => _ = fields.insert("_".to_owned(), self.name.as_str().into()),
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.rename(element)),
            _ => {}
        }
    }
}

/// Checks all lines of files.
///
/// # Errors
///
/// A file cannot be read. A line that is no encoding is counted in the report.
pub fn check_files(
    subject: &Subject,
    files: &[PathBuf],
    renames: &[Rename],
    explanations: &[Explanation],
) -> Result<Report, String> {
    let mut report = Report::default();
    for file in files {
        check_file(subject, file, renames, explanations, &mut report)?;
    }
    Ok(report)
}

fn check_file(
    subject: &Subject,
    file: &Path,
    renames: &[Rename],
    explanations: &[Explanation],
    report: &mut Report,
) -> Result<(), String> {
    for line in crate::encodings::read_lines(file)? {
        // The others may still be equal.
        let mut line = match line {
            Ok(line) => line,
            Err(error) => {
                report.unreadable.push(error);
                continue;
            }
        };
        without_notes(&mut line.value);
        renames.iter().for_each(|rename| rename.apply(&mut line.value));
        report.add(&line, subject.check(&line), explanations);
    }
    Ok(())
}

/// Fields whose names begin with `__` are notes by whoever made the vectors; no field of a schema is called so.
pub fn without_notes(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.starts_with("__"));
            fields.values_mut().for_each(without_notes);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_notes),
        _ => {}
    }
}

/// What the crate that the command `vectors` generates does: the first argument is a file of explanations, the others are
/// `--rename=…`, `--limit=…` or files of encodings.
#[must_use]
pub fn main(subject: &Subject) -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let explanations = arguments.next().unwrap_or_default();
    let (mut renames, mut files) = (Vec::new(), Vec::new());
    let mut limit = report::LIMIT;
    for argument in arguments {
        if let Some(text) = argument.to_str().and_then(|text| text.strip_prefix("--limit=")) {
            limit = text.parse().unwrap_or(limit);
            continue;
        }
        match argument.to_str().and_then(|text| text.strip_prefix("--rename=")).and_then(Rename::parse) {
            Some(rename) => renames.push(rename),
            None => files.push(PathBuf::from(argument)),
        }
    }
    let read = || {
        let text = std::fs::read_to_string(&explanations).map_err(|error| format!("{explanations:?}: {error}"))?;
        check_files(subject, &files, &renames, &report::explanations(&text)?)
    };
    match read() {
        Ok(report) => {
            println!("{}", report.shown(limit));
            if report.is_fine() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
