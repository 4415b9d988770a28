//! The walker of the runtime, from a schema alone.

use typelang::reflect::{Combinator, Table, Type};
use typelang::{ReadOptions, WriteOptions};
use typelang_ir::{Profile, Schema, ValueType};

pub use crate::agreement::{assert_agrees, assert_same, assert_same_reason, json, value_of};
use crate::hexadecimal;
use crate::parts::assert_parts;
use crate::random::Random;

/// Values of each constructor and each function that are made from choices.
const SAMPLES: usize = 8;
/// Choices from which a value is made.
const CHOICES: usize = 48;

/// The table of a schema.
#[must_use]
pub fn table_of(schema: &Schema) -> Vec<u8> {
    typelang_ir::table(schema, schema.profile.is_some_and(Profile::has_long_strings))
}

/// What the enum of all constructors is in the table: it has calls as well if an `Object` of the schema can be one.
#[must_use]
pub fn any_constructor(schema: &Schema) -> Type<'static> {
    let mut has_object = false;
    let mut visit = |ty: &ValueType| ty.walk(&mut |ty| has_object |= *ty == ValueType::Object);
    let constructors = schema.constructors.iter().flat_map(|it| &it.combinator.fields);
    constructors.for_each(|field| visit(&field.ty));
    for function in &schema.functions {
        function.combinator.fields.iter().for_each(|field| visit(&field.ty));
        visit(&function.result);
    }
    if has_object && !schema.functions.is_empty() { Type::ANY } else { Type::OBJECT }
}

/// How many values were made from choices, and how many were given up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Samples {
    /// Values that were made, and kept their bytes.
    pub made: usize,
    /// Choices that made no value.
    pub given_up: usize,
}

/// Makes values of a schema from choices, which must keep their bytes.
///
/// # Panics
///
/// They do not.
pub fn try_samples(schema: &Schema, random: &mut Random) -> Samples {
    let bytes = table_of(schema);
    let table = Table::new(&bytes).expect("a table");
    let mut samples = Samples::default();
    // Those that are known by their id alone; the others are parts of these.
    let has_own_id = |it: &Combinator<'_>| {
        let others = table.combinators_with(it.id()).filter(|other| other.is_function() == it.is_function());
        others.filter(Combinator::stands_alone).count() == 1
    };
    for combinator in table.combinators().filter(|it| it.stands_alone() && has_own_id(it)) {
        for index in 0..SAMPLES {
            let choices = if index == 0 { Vec::new() } else { random.bytes(CHOICES) };
            match try_sample(&table, &combinator, &choices) {
                true => samples.made += 1,
                false => samples.given_up += 1,
            }
        }
    }
    samples
}

/// Makes one value, and returns whether there is one.
fn try_sample<'t>(table: &Table<'t>, combinator: &Combinator<'t>, choices: &[u8]) -> bool {
    let sample = || table.sample_fields(combinator, &mut choices.iter().copied());
    let Some(fields) = sample() else { return false };
    assert_eq!(sample(), Some(fields.clone()), "the same choices make the same value");
    // A constructor and a function can have one name.
    let ty = if combinator.is_function() { Type::FUNCTION } else { Type::OBJECT };
    let bytes = [&combinator.id().to_le_bytes()[..], &fields].concat();
    let what = || format!("{:?}: {}", combinator.name(), hexadecimal::encode(&bytes));
    let generous = ReadOptions::strict().max_memory_ratio(1000);
    let value = table.decode_as(ty, &bytes, generous).unwrap_or_else(|error| panic!("{error}: {}", what()));
    let encoded = table.encode_as(ty, &value, WriteOptions::new());
    assert_eq!(encoded.map(|it| hexadecimal::encode(&it)), Ok(hexadecimal::encode(&bytes)), "{}", what());
    if choices.first().is_some_and(|choice| choice % 4 == 0) {
        assert_parts(table, ty, &bytes, generous);
    }
    true
}
