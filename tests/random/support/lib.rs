//! The part of the test that is compiled together with the code of random schemas: values of everything in the lists that the
//! code has, in generated types, through the walker, and as JSON.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use typelang::catalog::{Entry, Kind};
use typelang::reflect::{self, DecodeFault, Table, Type};
use typelang::{DecodeErrorKind, DecodeOwned, Encode, ReadOptions, WriteOptions};

#[path = "../../src/agreement.rs"]
pub mod agreement;
#[path = "../../src/hexadecimal.rs"]
pub mod hexadecimal;
#[path = "../../src/random.rs"]
pub mod random;
#[path = "../../src/recode.rs"]
pub mod recode;

pub use arbitrary;
use random::Random;

/// Values of each entry.
const VALUES: usize = 6;
/// Choices from which a value is made.
const CHOICES: usize = 96;
/// Values of at most so many bytes are cut short at every byte.
const CUT_UP_TO: usize = 64;
/// Damaged forms of each value.
const DAMAGES: usize = 6;
/// The stack of the thread that reads values.
const STACK: usize = 16 << 20;

/// The code of one schema.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The name of its crate.
    pub name: &'static str,
    /// The table of the schema.
    pub table: &'static Table<'static>,
    /// The lists of everything.
    pub entries: &'static [&'static [Entry]],
    /// The enum of all constructors, and the one of all functions.
    pub any: &'static [Any],
}

/// An enum of everything of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Any {
    name: &'static str,
    entry: Entry,
    through_json: fn(&[u8]) -> Result<(), String>,
    arbitrary: fn(&[u8]) -> Result<bool, String>,
}

impl Any {
    /// `AnyConstructor` or `AnyFunction`.
    #[must_use]
    pub const fn of<T>(name: &'static str) -> Self
    where
        T: DecodeOwned + Encode + Serialize + DeserializeOwned + Debug + for<'a> arbitrary::Arbitrary<'a> + 'static,
    {
        Self {
            name,
            entry: Entry::of_type::<T>(name),
            through_json: through_json::<T>,
            arbitrary: arbitrary_value::<T>,
        }
    }
}

fn generous() -> ReadOptions {
    ReadOptions::strict().max_memory_ratio(100_000)
}

fn through_json<T: DecodeOwned + Encode + Serialize + DeserializeOwned + Debug>(bytes: &[u8]) -> Result<(), String> {
    let value = T::from_bytes_with(bytes, generous()).map_err(|error| error.to_string())?;
    let text = serde_json::to_string(&value).map_err(|error| format!("cannot be serialized: {error}: {value:?}"))?;
    let back: T = serde_json::from_str(&text).map_err(|error| format!("cannot be deserialized: {error}: {text}"))?;
    let again = back.to_bytes().map_err(|error| format!("cannot be encoded: {error}: {text}"))?;
    if again == bytes { Ok(()) } else { Err(format!("other bytes: {}: {text}", hexadecimal::encode(&again))) }
}

/// Returns whether the choices made a value.
fn arbitrary_value<T: DecodeOwned + Encode + for<'a> arbitrary::Arbitrary<'a>>(choices: &[u8]) -> Result<bool, String> {
    let Ok(value) = T::arbitrary(&mut arbitrary::Unstructured::new(choices)) else { return Ok(false) };
    let bytes = value.to_bytes().map_err(|error| error.to_string())?;
    let again = T::from_bytes_with(&bytes, generous()).and_then(|value| Ok(value.to_bytes().expect("was encoded")));
    if again.as_ref() == Ok(&bytes) { Ok(true) } else { Err(format!("{again:?} instead of {bytes:?}")) }
}

/// Runs the subjects, or the one that the command line names. Prints a line for each failure.
#[must_use]
pub fn main(subjects: &[Subject]) -> ExitCode {
    let wanted = std::env::args().nth(1);
    std::panic::set_hook(Box::new(|_| {}));
    let mut code = ExitCode::SUCCESS;
    for subject in subjects.iter().copied().filter(|it| wanted.as_deref().is_none_or(|wanted| it.name == wanted)) {
        println!("begin {}", subject.name);
        let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || try_subject(&subject));
        match thread.expect("a thread can be started").join().expect("panics are caught") {
            Ok(counts) => println!("passed {} {counts}", subject.name),
            Err(message) => {
                println!("failed {} {}", subject.name, message.replace('\n', " "));
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

/// Returns how many values were tried, how many choices made none, and how many values were made as arbitrary ones.
fn try_subject(subject: &Subject) -> Result<String, String> {
    match catch_unwind(AssertUnwindSafe(|| Run { subject, random: Random::new(3), values: 0, given_up: 0, arbitrary: 0 }.all())) {
        Ok(result) => result,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Err(text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default())
        }
    }
}

struct Run<'a> {
    subject: &'a Subject,
    random: Random,
    /// Values that were made and kept their bytes.
    values: usize,
    /// Choices that made none, or one beyond a limit.
    given_up: usize,
    /// Values that were made as arbitrary ones.
    arbitrary: usize,
}

impl Run<'_> {
    fn all(mut self) -> Result<String, String> {
        let table = self.subject.table;
        for entry in self.subject.entries.iter().copied().flatten() {
            let name = entry.name();
            let ty = match entry.kind() {
                Kind::Type => table.type_named(name),
                Kind::Constructor => table.constructor_named(name).map(|it| it.bare()),
                Kind::Function => table.function_named(name).map(|it| it.boxed()),
                _ => table.function_named(name).map(|it| it.result()),
            };
            let ty = ty.ok_or_else(|| format!("{entry:?} is not in the table"))?;
            self.entry(entry, ty).map_err(|error| format!("{entry:?}: {error}"))?;
        }
        self.subject.any.iter().try_for_each(|any| self.any(any).map_err(|error| format!("{}: {error}", any.name)))?;
        let has_entries = self.subject.entries.iter().any(|list| !list.is_empty());
        if has_entries && self.values == 0 {
            return Err(format!("nothing tried: {} choices made no value", self.given_up));
        }
        Ok(format!("{} {} {}", self.values, self.given_up, self.arbitrary))
    }

    /// Values of an enum of everything, through JSON and from choices.
    fn any(&mut self, any: &Any) -> Result<(), String> {
        let table = self.subject.table;
        // An `Object` of some schemas can be a call; what the enum accepts shows itself.
        let types = if any.name == "AnyFunction" { &[Type::FUNCTION][..] } else { &[Type::OBJECT, Type::ANY] };
        for _ in 0..VALUES * 4 {
            let choices = self.random.bytes(CHOICES);
            let samples: Vec<Vec<u8>> =
                types.iter().filter_map(|ty| table.sample(*ty, &mut choices.iter().copied())).collect();
            match samples.first().map(|bytes| (bytes, any.entry.decode(bytes, generous()))) {
                None => self.given_up += 1,
                Some((bytes, Err(error))) if is_cost(&error, bytes) => self.given_up += 1,
                Some((bytes, _)) => {
                    (any.through_json)(bytes).map_err(|error| format!("{}: {error}", hexadecimal::encode(bytes)))?;
                    self.values += 1;
                }
            }
            // It is made from the same choices, and read with options that allow less.
            let is_possible = |bytes: &Vec<u8>| any.entry.decode(bytes, ReadOptions::new()).is_ok();
            let must_be = samples.len() == types.len() && samples.iter().all(is_possible);
            let is_made = (any.arbitrary)(&choices).map_err(|error| format!("arbitrary: {error}"))?;
            if must_be && !is_made {
                return Err(format!("arbitrary: no value from {}", hexadecimal::encode(&choices)));
            }
            self.arbitrary += usize::from(is_made);
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, ty: Type<'static>) -> Result<(), String> {
        for round in 0..VALUES {
            let choices = if round == 0 { Vec::new() } else { self.random.bytes(CHOICES) };
            let Some(bytes) = self.subject.table.sample(ty, &mut choices.iter().copied()) else {
                self.given_up += 1;
                continue;
            };
            match self.is_kept(entry, ty, &bytes)? {
                true => self.values += 1,
                false => self.given_up += 1,
            }
            if bytes.len() <= CUT_UP_TO {
                (0..bytes.len()).try_for_each(|length| self.agree(entry, ty, &bytes[..length]))?;
            }
            for _ in 0..DAMAGES {
                let mut damaged = bytes.clone();
                if !damaged.is_empty() {
                    let place = self.random.below(damaged.len());
                    damaged[place] ^= 1 << self.random.below(8);
                    self.agree(entry, ty, &damaged)?;
                }
            }
        }
        Ok(())
    }

    /// A value keeps its bytes. Returns false if it is beyond a limit.
    fn is_kept(&self, entry: &Entry, ty: Type<'static>, bytes: &[u8]) -> Result<bool, String> {
        let digits = || hexadecimal::encode(bytes);
        let value = match entry.decode(bytes, generous()) {
            Ok(value) => value,
            Err(error) if is_cost(&error, bytes) => return Ok(false),
            Err(error) => return Err(format!("refused: {error}: {}", digits())),
        };
        let encoded = value.to_bytes().map_err(|error| format!("cannot be encoded: {error}: {}", digits()))?;
        if encoded != bytes || value.encoded_len() != bytes.len() {
            return Err(format!("other bytes: {} from {}", hexadecimal::encode(&encoded), digits()));
        }
        self.agree(entry, ty, bytes)?;
        // The walker alone, by value and by JSON; its own limits are those of the strict default.
        if self.subject.table.decode_as(ty, bytes, ReadOptions::strict()).is_ok() {
            agreement::assert_same(self.subject.table, ty, bytes, "walker");
        }
        Ok(true)
    }

    /// Generated code and walker accept the same, and write the same.
    fn agree(&self, entry: &Entry, ty: Type<'static>, bytes: &[u8]) -> Result<(), String> {
        for options in [generous(), ReadOptions::new().max_memory_ratio(100_000)] {
            self.agree_with(entry, ty, bytes, options)
                .map_err(|error| format!("{error}: {}", hexadecimal::encode(bytes)))?;
        }
        Ok(())
    }

    fn agree_with(&self, entry: &Entry, ty: Type<'static>, bytes: &[u8], options: ReadOptions) -> Result<(), String> {
        let table = self.subject.table;
        match (table.decode_as(ty, bytes, options), entry.decode(bytes, options)) {
            (Ok(value), Ok(typed)) => {
                let walked = table.encode_as(ty, &value, WriteOptions::new()).map_err(|error| error.to_string())?;
                let typed = typed.to_bytes().map_err(|error| error.to_string())?;
                if walked == typed { Ok(()) } else { Err("walker and generated code write other bytes".to_owned()) }
            }
            (Err(walked), Err(generated)) => {
                if !is_cost(&generated, bytes) && !is_cost_of_walker(&walked, bytes) {
                    agreement::assert_same_reason(&walked, &generated, &hexadecimal::encode(bytes));
                }
                Ok(())
            }
            (Ok(_), Err(error)) if is_cost(&error, bytes) => Ok(()),
            (Ok(value), Err(error)) => Err(format!("refused only by generated code: {error}: {value:?}")),
            (Err(error), Ok(_)) if is_cost_of_walker(&error, bytes) => Ok(()),
            (Err(error), Ok(_)) => Err(format!("refused only by the walker: {error}")),
        }
    }
}

/// Values without types take other memory and count other levels, so that limits strike elsewhere.
fn is_cost(error: &typelang::DecodeError, bytes: &[u8]) -> bool {
    is_about_cost(error.kind(), bytes.len() - error.offset())
}

fn is_cost_of_walker(error: &reflect::DecodeError, bytes: &[u8]) -> bool {
    match error.fault() {
        DecodeFault::TooManyValues => true,
        DecodeFault::Bytes(kind) => is_about_cost(kind, bytes.len() - error.offset()),
        _ => false,
    }
}

/// Of elements that take bytes there cannot be more than bytes follow, on which both agree. Those that take none each counts for
/// itself, and allows many more.
fn is_about_cost(kind: &DecodeErrorKind, rest: usize) -> bool {
    match kind {
        DecodeErrorKind::MemoryLimit { .. } | DecodeErrorKind::DepthLimit { .. } => true,
        DecodeErrorKind::TooManyElements { limit, .. } => *limit > rest,
        _ => false,
    }
}

/// A type for strings that is not `String`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
