//! Numbers and texts as JSON has them, from the table and from serde.

use typelang::reflect::{JsonOptions, Object, Table, Value};
use typelang::{ReadOptions, WriteOptions};
use typelang_tests::schemas;
use typelang_tests::walker::table_of;

const SCHEMA: &str = "numbers#1 x:float y:double = Numbers;\ntext#2 s:string = Text;";

fn with_table(run: impl FnOnce(Table<'_>)) {
    let bytes = table_of(&schemas::load_text(SCHEMA));
    run(Table::new(&bytes).expect("a table"));
}

/// The JSON of a value, which the table and serde must write alike.
fn json(table: Table<'_>, bytes: &[u8]) -> serde_json::Value {
    let ty = typelang::reflect::Type::OBJECT;
    let text = table.json(ty, bytes, ReadOptions::strict(), JsonOptions::new()).expect("a value");
    let value = table.decode(bytes, ReadOptions::strict()).expect("a value");
    let of_table: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let of_serde: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(&value).expect("JSON")).expect("JSON");
    assert_eq!(of_table, of_serde);
    of_serde
}

#[test]
fn floating_point_numbers_keep_their_bits() {
    let numbers = [
        (1.5_f32.to_bits(), 1.5_f64.to_bits(), Some((serde_json::json!(1.5), serde_json::json!(1.5)))),
        (0.1_f32.to_bits(), 0.1_f64.to_bits(), None),
        ((-0.0_f32).to_bits(), (-0.0_f64).to_bits(), None),
        (f32::MIN_POSITIVE.to_bits(), f64::MAX.to_bits(), None),
        (f32::INFINITY.to_bits(), f64::INFINITY.to_bits(), Some(("Infinity".into(), "Infinity".into()))),
        (f32::NEG_INFINITY.to_bits(), f64::NEG_INFINITY.to_bits(), Some(("-Infinity".into(), "-Infinity".into()))),
        (f32::NAN.to_bits(), f64::NAN.to_bits(), Some(("NaN".into(), "NaN".into()))),
        // Numbers that are not the `NaN` of calculations.
        (0x7fc0_0001, 0x7ff8_0000_0000_0001, Some(("0x7fc00001".into(), "0x7ff8000000000001".into()))),
        (0xffc0_0000, 0xfff8_0000_0000_0000, Some(("0xffc00000".into(), "0xfff8000000000000".into()))),
    ];
    with_table(|table| {
        for (float, double, expected) in &numbers {
            let bytes = [&1_u32.to_le_bytes()[..], &float.to_le_bytes(), &double.to_le_bytes()].concat();
            let json = json(table, &bytes);
            if let Some((x, y)) = expected {
                assert_eq!((&json["x"], &json["y"]), (x, y), "{float:x} {double:x}");
            }
            let value = |json: &serde_json::Value| match json {
                serde_json::Value::String(text) => Value::String(text.clone()),
                other => Value::Double(other.as_f64().expect("a number")),
            };
            let fields = vec![("x", value(&json["x"])), ("y", value(&json["y"]))];
            let encoded = table.encode(&Object { name: "numbers", fields }.into(), WriteOptions::new());
            assert_eq!(encoded.as_deref(), Ok(&bytes[..]), "{float:x} {double:x}");
        }
    });
}

#[test]
fn a_number_of_another_kind_is_converted() {
    with_table(|table| {
        let numbers = [Value::Float(1.5), Value::Double(1.5), Value::String("1.5".to_owned())];
        for (x, y) in numbers.iter().flat_map(|x| numbers.iter().map(move |y| (x.clone(), y.clone()))) {
            let value = Object { name: "numbers", fields: vec![("x", x), ("y", y)] };
            let bytes = table.encode(&value.into(), WriteOptions::new()).expect("numbers");
            assert_eq!(bytes[4..], [&1.5_f32.to_le_bytes()[..], &1.5_f64.to_le_bytes()].concat());
        }
        for (whole, number) in
            [(Value::Int(-3), -3.0_f64), (Value::Long(-3), -3.0), (Value::Nat(u32::MAX), 4_294_967_295.0)]
        {
            let value = Object { name: "numbers", fields: vec![("x", whole.clone()), ("y", whole)] };
            let bytes = table.encode(&value.into(), WriteOptions::new()).expect("numbers");
            assert_eq!(bytes[4..], [&(number as f32).to_le_bytes()[..], &number.to_le_bytes()].concat());
        }
    });
}

#[test]
fn every_character_has_its_form_in_json() {
    with_table(|table| {
        let all: String = ('\0'..='\u{a0}').chain(['"', '\\', '/', '\u{2028}', '🦀']).collect();
        let value = Object { name: "text", fields: vec![("s", Value::String(all.clone()))] };
        let bytes = table.encode(&value.into(), WriteOptions::new()).expect("a text");
        assert_eq!(json(table, &bytes)["s"], all);
        let text = table.json(typelang::reflect::Type::OBJECT, &bytes, ReadOptions::strict(), JsonOptions::new());
        let text = text.expect("a value");
        for escape in ["\\t", "\\n", "\\r", "\\\"", "\\\\", "\\u0000", "\\u001f", "\\u007f"] {
            assert!(text.contains(escape), "{escape}: {text}");
        }
        assert!(!text.contains(|it: char| it.is_ascii_control()), "{text:?}");
    });
}
