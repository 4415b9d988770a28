//! What a table knows of its schema.

use typelang::codec::{self, DecodeAs};
use typelang::reflect::{DecodeFault, Table, TableError, Type};
use typelang::{ReadOptions, Reader, WriteOptions};
use typelang_telegram::{api, mtproto};
use typelang_tests::modules::MODULES;
use typelang_tests::schemas;
use typelang_tests::walker::{assert_same, table_of};

/// Writer and reader of tables are in crates that do not depend on one another; each has the numbers of the format.
#[test]
fn writer_and_reader_have_the_same_numbers() {
    let written = include_str!("../../../ir/src/table/codes.rs");
    assert_eq!(written, include_str!("../../../runtime/src/reflect/codes.rs"));
}

#[test]
fn everything_is_found_by_id_and_by_name() {
    for module in &MODULES {
        let schema = schemas::load(module.schema);
        let table = module.table;
        assert_eq!(table.layer(), schema.layer);
        assert_eq!(table.combinators().count(), schema.constructors.len() + schema.functions.len());
        assert_eq!(table.type_names().count(), schema.types.len());
        for constructor in &schema.constructors {
            let name = constructor.combinator.name.to_string();
            let found = table.constructor_named(&name).unwrap_or_else(|| panic!("no {name}"));
            assert_eq!((found.id(), found.name()), (constructor.combinator.id, Some(name.as_str())));
            assert_eq!(found.fields().count(), constructor.combinator.fields.len(), "{name}");
            assert_eq!(table.name_of(found.id()), Some(name.as_str()));
        }
        for function in &schema.functions {
            let name = function.combinator.name.to_string();
            let found = table.function_named(&name).unwrap_or_else(|| panic!("no {name}"));
            assert!(found.is_function() && found.id() == function.combinator.id, "{name}");
            let names: Vec<&str> = found.fields().map(|field| field.name()).collect();
            let expected: Vec<&str> = function.combinator.fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(names, expected, "{name}");
        }
        for builtin in &schema.builtins {
            assert_eq!(table.name_of(builtin.id), Some(builtin.name.to_string().as_str()));
            assert!(table.combinator(builtin.id).is_none());
        }
        assert_eq!(table.name_of(0xdead_beef), None);
        assert!(table.constructor_named("nothing").is_none() && table.type_named("Nothing").is_none());
        assert_eq!(Table::new(table.as_bytes()).map(|it| it.layer()), Ok(schema.layer));
    }
}

#[test]
fn what_is_no_table_is_refused() {
    assert!(matches!(Table::new(b""), Err(TableError::NotATable)));
    assert!(matches!(Table::new(b"GIF89a"), Err(TableError::NotATable)));
    let mut later = mtproto::TABLE.as_bytes().to_vec();
    later[4] = 3;
    assert!(matches!(Table::new(&later), Err(TableError::Version { found: 3 })));
}

/// What no schema of Telegram has: numbers that count, user bits, defaults, groups, parameters, boxed numbers.
#[test]
fn dependent_types_are_walked() {
    let text = "// tl:profile(ton)\n\
                pair#1 {X:Type} {Y:Type} a:X b:Y = Pair X Y;\n\
                grid#2 n:# m:# rows:n*[m*[int]] named:n*[a:int b:string] = Grid;\n\
                masked#3 mode:# x:mode.1?int y:mode.2?long = Masked;\n\
                _ value:string = Either;\nother#4 = Either;\n\
                uses#5 p:(Pair int (Pair string Int)) e:%Pair<long,int> o:Either d:Either f:float g:grid = Uses;\n\
                count#6 n:# of:n*[%Pair<int,int>] = Count;\nint#a8509bda ? = Int;\n";
    let bytes = table_of(&schemas::load_text(text));
    let table = Table::new(&bytes).expect("a table");

    let encode = |json: &str| {
        let json = serde_json::from_str(json).expect("JSON");
        let bytes = table.encode(&typelang_tests::walker::value_of(&json), WriteOptions::new());
        let bytes = bytes.unwrap_or_else(|error| panic!("{error}: {json}"));
        assert_same(&table, Type::ANY, &bytes, "dependent types");
        let words: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
        words
    };
    let grid = r#"{"_":"grid","n":2,"m":1,"rows":[[7],[8]],"named":[{"a":1,"b":""},{"a":2,"b":"x"}]}"#;
    assert_eq!(encode(grid), [2, 2, 1, 7, 8, 1, 0, 2, 0x7801]);
    // Bits of the user's own stay, those of fields are computed.
    assert_eq!(encode(r#"{"_":"masked","mode":17,"x":5}"#), [3, 19, 5]);
    assert_eq!(encode(r#"{"_":"masked","y":"-1"}"#), [3, 4, u32::MAX, u32::MAX]);
    // A number that only counts may be left out.
    assert_eq!(encode(r#"{"_":"count","of":[{"a":1,"b":2}]}"#), [6, 1, 1, 2]);
    let uses = format!(
        r#"{{"_":"uses","p":{{"a":1,"b":{{"a":"x","b":2}}}},"e":{{"a":"3","b":4}},"o":{{"_":"other"}},
            "d":{{"_":"_","value":"yz"}},"f":0.5,"g":{grid}}}"#
    );
    let pair = [1, 1, 1, 0x7801, 0xa850_9bda, 2];
    let bare_and_either = [3, 0, 4, 4, 0x7a_7902, 0.5_f32.to_bits()];
    let grid_alone = [2, 1, 7, 8, 1, 0, 2, 0x7801];
    assert_eq!(encode(&uses), [&[5][..], &pair, &bare_and_either, &grid_alone].concat());

    let refused = [
        (r#"{"_":"grid","n":1,"m":1,"rows":[[7],[8]],"named":[]}"#, "grid.rows"),
        (r#"{"_":"masked","mode":2}"#, "masked"),
        (r#"{"_":"pair","a":1,"b":2}"#, ""),
    ];
    for (json, path) in refused {
        let json = serde_json::from_str(json).expect("JSON");
        let error = table.encode(&typelang_tests::walker::value_of(&json), WriteOptions::new()).expect_err("refused");
        assert_eq!(error.path(), path, "{error}");
    }
}

/// The bytes are not enough for all elements, which is told before the first is read.
#[test]
fn a_tuple_that_cannot_follow_is_the_same_fault_as_in_generated_code() {
    fn typed<T, C: for<'a> DecodeAs<'a, T>>(bytes: &[u8], form: C) -> Result<(), typelang::DecodeError> {
        let mut reader = Reader::new(bytes);
        form.decode_as(&mut reader);
        reader.finish()
    }
    let text = "numbers x:4*[ int ] = Numbers; texts x:3*[ string ] = Texts; rows x:2*[ 3*[ long ] ] = Rows;\n\
                counted n:# x:n*[ double ] = Counted; string ? = String;";
    let bytes = table_of(&schemas::load_text(text));
    let table = Table::new(&bytes).expect("a table");
    let zeros = [0; 64];
    let count = [&5_u32.to_le_bytes()[..], &zeros].concat();
    let mut faults = 0;
    for length in 0..zeros.len() {
        let short = &zeros[..length];
        for (name, bytes, generated) in [
            ("numbers", short, typed::<[i32; 4], _>(short, codec::Array(codec::Boxed))),
            ("texts", short, typed::<[String; 3], _>(short, codec::Array(codec::Boxed))),
            ("rows", short, typed::<[[i64; 3]; 2], _>(short, codec::Array(codec::Array(codec::Boxed)))),
            ("counted", &count[..4 + length], typed::<Vec<f64>, _>(short, codec::Tuple::new(codec::Boxed, 5))),
        ] {
            let ty = table.constructor_named(name).expect("a constructor").bare();
            let walked = table.check(ty, bytes, ReadOptions::new()).map(drop);
            // The count is read before.
            let before = bytes.len() - length;
            let walked = walked.map_err(|error| (error.fault().clone(), error.offset() - before));
            let generated = generated.map_err(|error| (DecodeFault::Bytes(*error.kind()), error.offset()));
            faults += usize::from(generated.is_err());
            assert_eq!(walked, generated, "{name} of {length} bytes");
        }
    }
    assert!(faults > 100, "{faults} faults");
}

#[test]
fn errors_name_path_offset_and_what_the_id_is() {
    let json = r#"{"_":"updateShort","update":{"_":"updateUserStatus","user_id":"5","status":{"_":"userStatusEmpty"}},"date":0}"#;
    let json = serde_json::from_str(json).expect("JSON");
    let mut bytes = api::TABLE.encode(&typelang_tests::walker::value_of(&json), WriteOptions::new()).expect("encodes");
    let error = |bytes: &[u8]| api::TABLE.check(Type::ANY, bytes, ReadOptions::new()).expect_err("refused");
    let media = api::TABLE.constructor_named("messageMediaStory").expect("of the API").id();
    bytes[16..20].copy_from_slice(&media.to_le_bytes());
    let expected = format!(
        "updateShort.update.status: unknown constructor {media:#010x} at byte 16; expected UserStatus, \
         but the id is `messageMediaStory`, a MessageMedia"
    );
    assert_eq!(error(&bytes).to_string(), expected);
    assert_eq!(
        error(&bytes[..14]).to_string(),
        "updateShort.update.user_id: unexpected end of input at byte 8; 8 bytes needed, 6 left"
    );
    assert_eq!(error(&bytes[..3]).to_string(), "unexpected end of input at byte 0; 4 bytes needed, 3 left");
}
