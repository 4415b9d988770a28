//! The walker of the runtime, held against generated code.

use serde_json::{Map, Value as Json};
use typelang::reflect::{self, Combinator, DecodeFault, JsonLayout, Object, Table, Type, Value};
use typelang::{DecodeError, DecodeErrorKind, ReadOptions, WriteOptions};
use typelang_ir::{Profile, Schema, ValueType};

use crate::hexadecimal;
use crate::modules::Recode;
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

/// Decodes bytes to a value and to JSON, and encodes both again, which must give the same bytes.
///
/// # Panics
///
/// The bytes are refused, or come back as others.
pub fn assert_same<'t>(table: &Table<'t>, ty: Type<'t>, bytes: &[u8], what: &str) {
    let digits = || hexadecimal::encode(bytes);
    let strict = ReadOptions::strict();
    let value = table.decode_as(ty, bytes, strict).unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
    assert_eq!(table.check(ty, bytes, strict), Ok(bytes.len()), "{what}: {}", digits());
    let encoded = table.encode_as(ty, &value, WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
    assert_eq!(hexadecimal::encode(&encoded), digits(), "{what}: {value:?}");

    let json = json(table, ty, bytes);
    let encoded = table.encode_as(ty, &value_of(&json), WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{what}: {error}: {json}"));
    assert_eq!(hexadecimal::encode(&encoded), digits(), "{what}: {json}");
}

/// The JSON of bytes.
///
/// # Panics
///
/// The bytes are refused, or what comes out is no JSON.
pub fn json<'t>(table: &Table<'t>, ty: Type<'t>, bytes: &[u8]) -> Json {
    let text = table.json(ty, bytes, ReadOptions::strict(), JsonLayout::Compact);
    let text = text.unwrap_or_else(|error| panic!("{error}: {}", hexadecimal::encode(bytes)));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A value as JSON has it.
///
/// # Panics
///
/// There is a `null`.
#[must_use]
pub fn value_of(json: &Json) -> Value<'_> {
    match json {
        Json::Null => panic!("null is no value"),
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Long(number),
            None => Value::Double(number.as_f64().expect("a number")),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(elements) => Value::Vector(elements.iter().map(value_of).collect()),
        Json::Object(fields) => object_of(fields).into(),
    }
}

fn object_of(json: &Map<String, Json>) -> Object<'_> {
    let fields = json.iter().filter(|(name, _)| *name != "_").map(|(name, value)| (name.as_str(), value_of(value)));
    Object { name: json.get("_").and_then(Json::as_str).unwrap_or_default(), fields: fields.collect() }
}

/// Decodes bytes with the walker and with generated code. Both must accept them, and then mean the same, or both refuse
/// them, and then for the same reason at the same place. Says whether they accepted them.
///
/// # Panics
///
/// They do not agree.
pub fn assert_agrees<'t>(table: &Table<'t>, ty: Type<'t>, recode: Recode, bytes: &[u8], options: ReadOptions) -> bool {
    let digits = || hexadecimal::encode(bytes);
    match (table.decode_as(ty, bytes, options), recode(bytes, options)) {
        (Ok(value), Ok(recoded)) => {
            let encoded = table.encode_as(ty, &value, WriteOptions::new());
            let encoded = encoded.unwrap_or_else(|error| panic!("{error}: {}", digits()));
            assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(&recoded.bytes), "{}", digits());
            true
        }
        (Err(walked), Err(generated)) => {
            assert_same_reason(&walked, &generated, &digits());
            false
        }
        (Ok(value), Err(error)) => panic!("refused only by generated code: {error}: {value:?}: {}", digits()),
        (Err(error), Ok(_)) => panic!("refused only by the walker: {error}: {}", digits()),
    }
}

/// Both refuse bytes for the same reason at the same place.
///
/// # Panics
///
/// They do not.
pub fn assert_same_reason(walked: &reflect::DecodeError, generated: &DecodeError, digits: &str) {
    let both = format!("{walked} | {generated} | {digits}");
    match (walked.fault(), generated.kind()) {
        // Generated code reads arrays of numbers at once, so that it misses all of them where the walker misses one.
        (DecodeFault::Bytes(DecodeErrorKind::UnexpectedEnd { .. }), DecodeErrorKind::UnexpectedEnd { needed, .. })
            if *needed > 4 =>
        {
            assert!(walked.offset() >= generated.offset(), "{both}");
            return;
        }
        // Generated code knows no id that several constructors have.
        (
            DecodeFault::UnknownConstructor { found: walked, .. } | DecodeFault::AmbiguousId { found: walked, .. },
            DecodeErrorKind::UnknownConstructor { found, .. },
        ) => {
            assert_eq!(walked, found, "{both}");
        }
        (DecodeFault::Bytes(walked), generated) => assert_eq!(walked, generated, "{both}"),
        _ => panic!("{both}"),
    }
    assert_eq!(walked.offset(), generated.offset(), "{both}");
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
    true
}
