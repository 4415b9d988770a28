//! What the tests of every family of schemas do with the code that is generated from one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use typelang::ReadOptions;
use typelang::reflect::{Table, Type};
use typelang_ir::{ConstructorId, FunctionId, Profile, Schema};
use typelang_tests::encodings::Encoding;
use typelang_tests::modules::{Answer, Recode};
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler, stand_alone};
use typelang_tests::trials::{self, Missing};
use typelang_tests::vector_files::{SchemaFiles, VectorFile, vector_files};
use typelang_tests::vectors::{Outcome, Subject};
use typelang_tests::{hexadecimal, reader, schemas, shared, walker};

/// Values with some of the optional fields, for each combinator.
const RANDOM_SAMPLES: usize = 8;
/// Samples of at most so many bytes are cut short at every byte.
const CUT_UP_TO: usize = 120;
/// Damaged forms of each sample that is damaged.
const DAMAGES: usize = 4;

/// One schema with the code that is generated from it.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Name of the generated module.
    pub name: &'static str,
    /// The schema files.
    pub files: &'static [&'static str],
    /// The profile that the files do not say themselves.
    pub profile: Option<&'static str>,
    /// Decodes a boxed value of any constructor and encodes it again; a schema without constructors has none.
    pub constructor: Option<Recode>,
    /// The same for a call of any function.
    pub function: Option<Recode>,
    /// Values through serde, where the code has it.
    pub json: Option<Subject>,
    /// What every function returns, but for those that wrap another call.
    pub answers: &'static [Answer],
}

impl Family {
    /// The resolved schema.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let files: Vec<PathBuf> = self.files.iter().map(PathBuf::from).collect();
        schemas::load_all(&files, self.profile.and_then(Profile::from_name))
    }

    /// Returns whether it has all that a schema has, and nothing but uses of it beside.
    fn has(&self, schema: &SchemaFiles) -> bool {
        let same = |(ours, theirs): (&&str, &PathBuf)| fs::canonicalize(ours).ok() == fs::canonicalize(theirs).ok();
        self.files.len() >= schema.files.len() && self.files.iter().zip(&schema.files).all(same)
    }
}

/// Runs the tests of a group of published schemas. This is the `main` of a test.
pub fn run(families: &'static [Family]) -> ExitCode {
    let needed = || match families {
        [] => Err(Missing::new("needs ../shared/schemas")),
        all => Ok(all.iter().collect()),
    };
    let name = |family: &&Family| family.name.to_owned();
    let values = trials::for_each("values_keep_their_bytes", needed(), name, keep_their_bytes);
    let damaged = trials::for_each("damaged_bytes_never_panic", needed(), name, survive_damage);
    let files = vector_files().unwrap_or_default().into_iter();
    let encodings = files.filter_map(|file| {
        let family = families.iter().find(|family| family.has(&file.schema))?;
        Some(trials::test(format!("encodings::{}", file.name), move || match_encodings(family, &file)))
    });
    trials::run(values.into_iter().chain(damaged).chain(encodings))
}

/// Every constructor that stands alone, every function and every result, made from the schema alone, is decoded and encoded
/// again; those with parameters, or without an id, come in as parts of others. Prints what there was.
///
/// # Panics
///
/// Bytes change on the way, or something of the schema is missing.
pub fn keep_their_bytes(family: &Family) {
    let schema = family.schema();
    let bytes = walker::table_of(&schema);
    let mut trip = RoundTrip::new(family, &schema, Table::new(&bytes).expect("a table"));
    trip.constructors();
    trip.functions();
    trip.results();
    shared::say(&trip.finish());
}

/// The round trip of one schema.
struct RoundTrip<'a> {
    family: &'a Family,
    schema: &'a Schema,
    table: Table<'a>,
    sampler: Sampler<'a>,
    constructors: usize,
    functions: usize,
    results: usize,
    values: usize,
}

impl<'a> RoundTrip<'a> {
    fn new(family: &'a Family, schema: &'a Schema, table: Table<'a>) -> Self {
        let sampler = Sampler::new(schema, 0);
        Self { family, schema, table, sampler, constructors: 0, functions: 0, results: 0, values: 0 }
    }

    fn constructors(&mut self) {
        for id in stand_alone(self.schema) {
            let name = self.schema[id].combinator.name.to_string();
            assert!(self.sampler.is_finite(id), "{}: {name} has no value", self.family.name);
            let recode = self.family.constructor.expect("a schema with constructors has a decoder for them");
            for bytes in constructor_samples(&mut self.sampler, self.schema, id) {
                self.assert_same(recode, walker::any_constructor(self.schema), &bytes, &name);
            }
            self.constructors += 1;
        }
    }

    fn functions(&mut self) {
        for id in self.schema.function_ids() {
            let name = self.schema[id].combinator.name.to_string();
            let recode = self.family.function.expect("a schema with functions has a decoder for them");
            for bytes in function_samples(&mut self.sampler, self.schema, id) {
                self.assert_same(recode, Type::FUNCTION, &bytes, &name);
            }
            self.functions += 1;
        }
    }

    fn results(&mut self) {
        let mut seen = BTreeSet::new();
        for answer in self.family.answers {
            let what = format!("{}: result of {}", self.family.name, answer.path);
            let function = self.schema.function_ids().find(|id| self.schema[*id].combinator.id == answer.id);
            let function = function.unwrap_or_else(|| panic!("{what}: not in the schema"));
            seen.insert(function);
            self.sampler.restart(u64::from(answer.id));
            for optional in modes() {
                let made = self.sampler.call_and_result(function, optional);
                let (call, result) = made.unwrap_or_else(|| panic!("{what}: wraps a call"));
                let digits = || format!("{} gives {}", hexadecimal::encode(&call), hexadecimal::encode(&result));
                let recoded = (answer.recode)(&call, &result, ReadOptions::strict());
                let recoded = recoded.unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
                assert_eq!(recoded.bytes, result, "{what}: {}", digits());
                self.values += 1;
            }
        }
        let expected = self.schema.functions.iter().filter(|function| function.call().is_none()).count();
        assert_eq!((seen.len(), self.family.answers.len()), (expected, expected), "{}: results", self.family.name);
        self.results = seen.len();
    }

    fn assert_same(&mut self, recode: Recode, ty: Type<'a>, bytes: &[u8], name: &str) {
        let what = format!("{}: {name}", self.family.name);
        let digits = || hexadecimal::encode(bytes);
        let recoded = recode(bytes, ReadOptions::strict());
        let recoded = recoded.unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
        assert_eq!(recoded.bytes, bytes, "{what}: {}", digits());
        let read = reader::read(self.schema, bytes);
        assert!(read.is_ok(), "{what}: {}: {}", read.expect_err("an error").expected, digits());
        walker::assert_same(&self.table, ty, bytes, &what);
        self.values += 1;
    }

    /// The counts. A constructor that does not stand alone must have come in as a part of others.
    fn finish(&self) -> String {
        let alone: BTreeSet<ConstructorId> = stand_alone(self.schema).into_iter().collect();
        let parts: Vec<ConstructorId> = self.schema.constructor_ids().filter(|id| !alone.contains(id)).collect();
        let unreached = parts.iter().filter(|id| !self.sampler.written().contains(id));
        let unreached: Vec<String> = unreached.map(|id| self.schema[*id].combinator.name.to_string()).collect();
        assert_eq!(unreached, [""; 0], "{}: in no value", self.family.name);
        let Self { family, constructors, functions, results, values, .. } = self;
        assert!(constructors + functions > 0, "{}: nothing to test", family.name);
        let parts = parts.len();
        let name = family.name;
        format!(
            "{name}: {values} values of {constructors} constructors, {functions} functions and {results} results; {parts} parts"
        )
    }
}

/// Bytes that are cut short or damaged are refused, or accepted as what they are, and nothing panics.
///
/// # Panics
///
/// Something panics, or what was accepted cannot be written and read again.
pub fn survive_damage(family: &Family) {
    let schema = family.schema();
    let mut sampler = Sampler::new(&schema, 0);
    let table = walker::table_of(&schema);
    let table = Table::new(&table).expect("a table");
    let mut damage = Damage { table, random: Random::new(1), accepted: 0, refused: 0 };
    for id in stand_alone(&schema) {
        let recode = family.constructor.expect("a schema with constructors has a decoder for them");
        damage.all(recode, walker::any_constructor(&schema), &constructor_samples(&mut sampler, &schema, id));
    }
    for id in schema.function_ids() {
        let recode = family.function.expect("a schema with functions has a decoder for them");
        damage.all(recode, Type::FUNCTION, &function_samples(&mut sampler, &schema, id));
    }
    let Damage { accepted, refused, .. } = damage;
    assert!(refused > 0, "{}: nothing refused", family.name);
    shared::say(&format!("{:<20} {accepted} damaged values accepted, {refused} refused", family.name));
}

/// Damages values and counts what becomes of them.
struct Damage<'a> {
    table: Table<'a>,
    random: Random,
    accepted: usize,
    refused: usize,
}

impl<'a> Damage<'a> {
    /// Cuts one small value of these short at every byte, and flips bits of each.
    fn all(&mut self, recode: Recode, ty: Type<'a>, samples: &[Vec<u8>]) {
        let small = samples.iter().filter(|bytes| bytes.len() <= CUT_UP_TO).max_by_key(|bytes| bytes.len());
        if let Some(bytes) = small {
            (0..bytes.len()).for_each(|length| self.decode(recode, ty, &bytes[..length]));
        }
        for bytes in samples {
            for _ in 0..DAMAGES {
                let mut damaged = bytes.clone();
                for _ in 0..=self.random.below(3) {
                    let position = 4 + self.random.below(damaged.len());
                    if let Some(byte) = damaged.get_mut(position) {
                        *byte ^= 1 << self.random.below(8);
                    }
                }
                self.decode(recode, ty, &damaged);
            }
        }
    }

    /// What still decodes must encode, and decode to the same bytes again.
    fn decode(&mut self, recode: Recode, ty: Type<'a>, bytes: &[u8]) {
        walker::assert_agrees(&self.table, ty, recode, bytes, ReadOptions::new());
        walker::assert_agrees(&self.table, ty, recode, bytes, ReadOptions::strict());
        let lenient = recode(bytes, ReadOptions::new());
        if let Ok(strict) = recode(bytes, ReadOptions::strict()) {
            assert_eq!(strict.bytes, bytes, "strict accepts only what is written");
            assert_eq!(lenient.as_ref(), Ok(&strict), "lenient accepts what strict does");
        }
        match lenient {
            Ok(lenient) => {
                let again = recode(&lenient.bytes, ReadOptions::strict());
                assert_eq!(again.as_ref(), Ok(&lenient), "{}", hexadecimal::encode(bytes));
                self.accepted += 1;
            }
            Err(error) => {
                assert!(error.offset() <= bytes.len(), "{error}");
                self.refused += 1;
            }
        }
    }
}

/// Encodings made by other software: the code decodes and encodes them, and the value that the schema gives is the value that
/// the other software was given. Lines with something that the schema does not have, which are explained, are refused.
fn match_encodings(family: &Family, file: &VectorFile) {
    let schema = family.schema();
    let lines = file.lines();
    let mut equal = 0;
    for line in &lines {
        let Encoding { place, name, is_function, value, bytes } = line;
        let recode = if *is_function { family.function } else { family.constructor };
        let recode = recode.unwrap_or_else(|| panic!("{place}: {name}: no decoder"));
        let recoded = recode(bytes, ReadOptions::strict());
        if file.is_explained(line) {
            assert!(recoded.is_err(), "{place}: {name}: needs no explanation");
            continue;
        }
        let recoded = recoded.unwrap_or_else(|error| panic!("{place}: {name}: {error}"));
        assert_eq!(hexadecimal::encode(&recoded.bytes), hexadecimal::encode(bytes), "{place}: {name}");
        let read = reader::read(&schema, bytes);
        let read = read.unwrap_or_else(|mismatch| panic!("{place}: {name}: {mismatch:?}"));
        assert_eq!(read, *value, "{place}: {name}");
        if let Some(subject) = &family.json {
            assert_eq!(subject.check(line), Outcome::Equal, "{place}: {name}: through serde");
        }
        equal += 1;
    }
    assert!(equal > 0, "{}: nothing compared", file.name);
    shared::say(&format!("{}: {equal} of {} encodings equal", file.name, lines.len()));
}

fn modes() -> impl Iterator<Item = Optional> {
    let random = std::iter::repeat_n(Optional::Random, RANDOM_SAMPLES);
    [Optional::Absent, Optional::Present].into_iter().chain(random)
}

/// The seed of a combinator is its id, so that a change of one leaves the samples of the others as they are.
fn constructor_samples(sampler: &mut Sampler<'_>, schema: &Schema, id: ConstructorId) -> Vec<Vec<u8>> {
    sampler.restart(u64::from(schema[id].combinator.id));
    modes().map(|optional| sampler.constructor(id, optional)).collect()
}

fn function_samples(sampler: &mut Sampler<'_>, schema: &Schema, id: FunctionId) -> Vec<Vec<u8>> {
    sampler.restart(u64::from(schema[id].combinator.id));
    modes().map(|optional| sampler.function(id, optional)).collect()
}
