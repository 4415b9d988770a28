//! Parts of a value by a path.

use typelang::catalog::Kind;
use typelang::reflect::{DecodeFault, Path, PathFault, Skip, Table, Type};
use typelang::{DecodeErrorKind, ReadOptions, Reader};
use typelang_telegram::api;
use typelang_tests::parts::{assert_parts, selected};
use typelang_tests::random::Random;
use typelang_tests::walker::table_of;
use typelang_tests::{fuzz, hexadecimal, schemas};

const SCHEMA: &str = "
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
updates#1 updates:Vector<Update> date:int seq:int = Updates;
tooLong#2 pts:int = Updates;
newMessage#11 message:Message pts:int pts_count:int = Update;
newChat#12 flags:# silent:flags.0?true title:flags.1?string pts:flags.2?int = Update;
notice#13 message:string = Update;
message#21 id:int from:User text:string = Message;
messageEmpty#22 id:int = Message;
user#31 id:long name:string key:int128 = User;
pair#41 {X:Type} {Y:Type} first:X second:Y = Pair X Y;
pairs#42 all:Vector<Pair<User, int>> grid:2*[3*[int]] = Pairs;
";

fn with_table(run: impl FnOnce(Table<'_>)) {
    let bytes = table_of(&schemas::load_text(SCHEMA));
    run(Table::new(&bytes).expect("a table"));
}

fn word(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(text.len()).expect("short")];
    bytes.extend(text.bytes());
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn user(id: u8, name: &str) -> Vec<u8> {
    [word(0x31), vec![id, 0, 0, 0, 0, 0, 0, 0], string(name), vec![id; 16]].concat()
}

/// Updates of all kinds: a message, a chat without and one with a title, an empty message, a notice.
fn updates() -> Vec<u8> {
    let message = [word(0x21), word(7), user(1, "Ada"), string("hello")].concat();
    let updates = [
        [word(0x11), message, word(100), word(1)].concat(),
        [word(0x12), word(0)].concat(),
        [word(0x12), word(7), string("room"), word(101)].concat(),
        [word(0x11), word(0x22), word(8), word(102), word(1)].concat(),
        [word(0x13), string("maintenance")].concat(),
    ];
    [word(1), word(0x1cb5_c415), word(5), updates.concat(), word(1_700_000_000), word(3)].concat()
}

/// The parts that a path selects, in words.
fn words(table: &Table<'_>, text: &str, bytes: &[u8]) -> Vec<String> {
    let ty = table.type_named("Updates").or(table.type_named("Pairs")).expect("a type");
    let path = Path::parse(table, ty, text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(path.to_string(), text);
    let parts = path.select(bytes, ReadOptions::strict()).map(|part| {
        let part = part.unwrap_or_else(|error| panic!("{text}: {error}"));
        match part.scalar() {
            Some(scalar) => format!("{scalar:?}"),
            None => hexadecimal::encode(part.bytes()),
        }
    });
    parts.collect()
}

#[test]
fn each_piece_of_a_path_selects_as_it_is_documented() {
    let bytes = updates();
    with_table(|table| {
        let cases: &[(&str, &[&str])] = &[
            ("date", &["Int(1700000000)"]),
            ("seq", &["Int(3)"]),
            // A field of every constructor that has it; `Updates` has two, of which this is the other one.
            ("pts", &[]),
            ("updates[*].pts", &["Int(100)", "Int(101)", "Int(102)"]),
            ("updates[*].message.id", &["Int(7)", "Int(8)"]),
            // A string in one constructor, a message in another.
            ("updates[*].message.text", &["String(\"hello\")"]),
            ("updates[*].(notice).message", &["String(\"maintenance\")"]),
            ("updates[*].(newMessage).message.from.name", &["String(\"Ada\")"]),
            ("updates[*].(newMessage).message.(messageEmpty).id", &["Int(8)"]),
            ("updates[0].message.from.key", &["Bytes([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])"]),
            ("updates[*].silent", &["Bool(true)"]),
            ("updates[*].title", &["String(\"room\")"]),
            ("updates[*].flags", &["Nat(0)", "Nat(7)"]),
            ("updates[1].pts", &[]),
            ("updates[-2].pts", &["Int(102)"]),
            ("updates[-5].pts", &["Int(100)"]),
            ("updates[-6].pts", &[]),
            ("updates[5].pts", &[]),
            ("updates[99999999].pts", &[]),
            ("updates[-9223372036854775808].pts", &[]),
            ("(updates).seq", &["Int(3)"]),
            ("(tooLong).pts", &[]),
            ("(tooLong)", &[]),
            ("updates[-1]", &["130000000b6d61696e74656e616e6365"]),
            ("updates[*].(notice)", &["130000000b6d61696e74656e616e6365"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(&table, text, &bytes), *expected, "{text}");
        }
        assert_eq!(words(&table, "", &bytes), [hexadecimal::encode(&bytes)]);
        assert_parts(&table, Type::ANY, &bytes, ReadOptions::strict());
    });
}

#[test]
fn parameters_and_tuples_are_gone_through() {
    let pairs = [[user(1, "Ada"), word(5)].concat(), [user(2, "Bob"), word(6)].concat()];
    let pairs = pairs.map(|pair| [word(0x41), pair].concat());
    let grid: Vec<u8> = (0..6).flat_map(word).collect();
    let bytes = [word(0x42), word(0x1cb5_c415), word(2), pairs.concat(), grid].concat();
    with_table(|table| {
        let ty = table.type_named("Pairs").expect("a type");
        let words = |text: &str| {
            let path = Path::parse(&table, ty, text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let parts = path.select(&bytes, ReadOptions::strict()).map(|part| part.expect("a part"));
            parts.map(|part| format!("{:?}", part.scalar())).collect::<Vec<_>>()
        };
        assert_eq!(words("all[*].first.id"), ["Some(Long(1))", "Some(Long(2))"]);
        assert_eq!(words("all[*].second"), ["Some(Int(5))", "Some(Int(6))"]);
        assert_eq!(words("grid[*][1]"), ["Some(Int(1))", "Some(Int(4))"]);
        assert_eq!(words("grid[-1][*]"), ["Some(Int(3))", "Some(Int(4))", "Some(Int(5))"]);
        assert_parts(&table, ty, &bytes, ReadOptions::strict());
        // The type of a parameter is known where it is used.
        let error = Path::parse(&table, ty, "all[*].second.id").unwrap_err();
        assert_eq!(error.to_string(), "at character 15 of the path: no field `id`: int has no fields");
        // A part of a parameter's type is of the type that the parameter is bound to.
        let path = Path::parse(&table, ty, "all[1].first").expect("a path");
        let part = path.first(&bytes, ReadOptions::strict()).expect("a value").expect("a part");
        assert_eq!(table.check(part.ty(), part.bytes(), ReadOptions::strict()), Ok(part.bytes().len()));
    });
}

#[test]
fn paths_that_no_value_has_are_errors_with_a_place() {
    let cases = [
        (
            "updates[*].mesage",
            "at character 12 of the path: `mesage` is not a field of Update; did you mean `message`?",
        ),
        (
            "updates[*].message.form",
            "at character 20 of the path: `form` is not a field of Message or string; did you mean `from`?",
        ),
        ("dat", "at character 1 of the path: `dat` is not a field of Updates; did you mean `date`?"),
        ("flags", "at character 1 of the path: `flags` is not a field of Updates"),
        (
            "updates.pts",
            "at character 9 of the path: no field `pts`: Vector<Update> has no fields; did you mean `[*].pts`?",
        ),
        ("date.x", "at character 6 of the path: no field `x`: int has no fields"),
        ("date[0]", "at character 5 of the path: int is not a vector"),
        ("[0]", "at character 1 of the path: Updates is not a vector"),
        (
            "updates[*].(newMesage).pts",
            "at character 13 of the path: `newMesage` is not a constructor of Update; did you mean `newMessage`?",
        ),
        ("updates[*].(notice).pts", "at character 21 of the path: `pts` is not a field of notice"),
        ("updates[", "at character 9 of the path: expected the number of an element or `*`"),
        ("updates[x]", "at character 9 of the path: expected the number of an element or `*`"),
        ("updates[99999999999999999999]", "at character 9 of the path: expected the number of an element or `*`"),
        ("updates[*", "at character 10 of the path: expected `]`"),
        ("updates[*]pts", "at character 11 of the path: expected `.`, `[` or the end"),
        ("updates[*].", "at character 12 of the path: expected a field, `[` or `(`"),
        (".pts", "at character 1 of the path: expected a field, `[` or `(`"),
        ("updates[*].(", "at character 13 of the path: expected the name of a constructor"),
        ("updates[*].(notice", "at character 19 of the path: expected `)`"),
        ("updates[*].(notice)x", "at character 20 of the path: expected `.` or the end"),
        ("updates[*].(notice).(notice)", "at character 21 of the path: expected a field"),
        ("dåte", "at character 1 of the path: `d` is not a field of Updates"),
    ];
    with_table(|table| {
        let ty = table.type_named("Updates").expect("a type");
        for (text, expected) in cases {
            let error = Path::parse(&table, ty, text).unwrap_err();
            assert_eq!(error.to_string(), expected, "{text}");
        }
    });
}

#[test]
fn only_the_bytes_up_to_the_last_part_are_read() {
    let whole = updates();
    with_table(|table| {
        let ty = table.type_named("Updates").expect("a type");
        let first = Path::parse(&table, ty, "updates[0].pts").expect("a path");
        // All of the first update, and nothing behind it but the number of them.
        let cut = &whole[..12 + 4 + 4 + 4 + 36 + 8 + 4 + 4];
        let part = first.first(cut, ReadOptions::new()).expect("enough bytes").expect("a part");
        assert_eq!((part.as_i64(), part.bytes()), (Some(100), &whole[part.offset()..part.offset() + 4]));
        let all = Path::parse(&table, ty, "updates[*].pts").expect("a path");
        let mut parts = all.select(cut, ReadOptions::new());
        assert_eq!(parts.next().expect("a part").expect("a value").as_i64(), Some(100));
        assert_eq!(parts.path(), "updates.updates[0].pts");
        let error = parts.next().expect("a part").unwrap_err();
        assert!(error.path().starts_with("updates.updates["), "{error}");
        assert!(parts.next().is_none(), "an error is the end");
    });
}

#[test]
fn errors_have_the_whole_path() {
    let bytes = [word(1), word(0x1cb5_c415), word(3), word(0x12), word(0), word(0x11), word(0x21), word(1)];
    let bytes = [bytes.concat(), word(0x99), vec![0; 64]].concat();
    with_table(|table| {
        let ty = table.type_named("Updates").expect("a type");
        // While the part is skipped, while it is looked for, while it is read.
        for text in
            ["updates[*].pts", "updates[*].message.from.id", "updates[*].message.from", "updates[2].pts", "date"]
        {
            let path = Path::parse(&table, ty, text).expect("a path");
            let error = selected(&path, &bytes, ReadOptions::new()).unwrap_err();
            assert_eq!(error.path(), "updates.updates[1].message.from", "{text}");
            assert!(matches!(error.fault(), DecodeFault::UnknownConstructor { found: 0x99, .. }), "{text}: {error}");
        }
    });
}

#[test]
fn strings_are_checked_where_they_are_selected() {
    let user = [word(0x31), vec![0; 8], vec![3, b'a', 0xff, b'b'], vec![0; 16]].concat();
    with_table(|table| {
        let ty = table.type_named("User").expect("a type");
        let part = |text: &str, options| {
            let path = Path::parse(&table, ty, text).expect("a path");
            path.first(&user, options).map(|part| format!("{:?}", part.expect("a part").scalar().expect("no object")))
        };
        assert_eq!(
            part("key", ReadOptions::new()).as_deref(),
            Ok("Bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])")
        );
        assert!(part("name", ReadOptions::new()).is_err());
        assert_eq!(part("name", ReadOptions::new().lossy_strings(true)).as_deref(), Ok("String(\"a\u{fffd}b\")"));
    });
}

#[test]
fn paths_of_generated_types() {
    let path = Path::of::<api::enums::Updates>("updates[*].message.id").expect("a path");
    assert_eq!(format!("{path:?}"), "Path(\"updates[*].message.id\")");
    let path = Path::of::<api::types::UpdateShort>("update.(updateNewMessage).pts").expect("a path");
    assert!(path.first(&[], ReadOptions::new()).is_err());
    let error = Path::of::<api::enums::Updates>("updates[*].message.idd").unwrap_err();
    assert_eq!(error.suggestion(), Some("id"));
    assert!(matches!(error.fault(), PathFault::UnknownField { .. }));
    assert_eq!(error.offset(), 19);
}

#[test]
fn samples_of_every_type_have_their_parts() {
    let mut random = Random::new(21);
    for (index, subject) in fuzz::subjects().iter().enumerate().skip(5) {
        let choices = if index % 2 == 0 { 16 } else { 48 };
        let Some(bytes) = fuzz::sample(subject, &random.bytes(choices)) else { continue };
        assert_parts(&subject.table, subject.ty, &bytes, ReadOptions::strict());
    }
}

/// Goes past a value of a type, cut at every length, as decoding does.
fn is_skipped<'a, T: Skip<'a>>(bytes: &'a [u8]) {
    for options in [ReadOptions::new(), ReadOptions::strict()] {
        assert_eq!(T::length_in(bytes, options), Ok(bytes.len()));
        for length in (0..bytes.len()).step_by(bytes.len().div_ceil(100)) {
            let cut = &bytes[..length];
            let decoded = T::from_bytes_with(cut, options).map(|_| cut.len());
            assert_eq!(T::length_in(cut, options), decoded, "{length}");
        }
    }
    let twice = [bytes, bytes].concat();
    assert_eq!(
        T::length_in(twice.leak(), ReadOptions::strict()),
        Ok(bytes.len()),
        "bytes behind the value are not read"
    );
}

#[test]
fn generated_types_are_skipped() {
    let mut random = Random::new(22);
    let mut sample = |name: &str| {
        let is_it = |it: &&fuzz::Subject| {
            let is_value = matches!(it.entry.kind(), Kind::Type | Kind::Function);
            is_value && it.name.starts_with("api ") && it.entry.name() == name
        };
        let subject = fuzz::subjects().iter().find(is_it).expect("a subject");
        let choices = random.bytes(200);
        fuzz::sample(subject, &choices).expect("a value")
    };
    is_skipped::<api::enums::Updates>(&sample("Updates"));
    is_skipped::<api::enums::RichText>(&sample("RichText"));
    is_skipped::<api::AnyConstructor>(&sample("any constructor"));
    is_skipped::<api::functions::messages::SendMessage>(&sample("messages.sendMessage"));
    is_skipped::<Vec<i64>>(&[0x15, 0xc4, 0xb5, 0x1c, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn skipping_counts_the_depth_around() {
    use typelang::Encode;
    let mut text = api::enums::RichText::TextEmpty;
    for _ in 0..10 {
        text = api::types::TextBold { text }.into();
    }
    let bytes = text.to_bytes().expect("no long string");
    let skipped = |depth: u32, around: u32| {
        let mut reader = Reader::with_options(&bytes, ReadOptions::new().max_depth(depth));
        let enclosing = reader.enter_levels("around", around);
        api::enums::RichText::skip(&mut reader);
        reader.leave_levels(enclosing, around);
        reader.finish().map_err(|error| *error.kind())
    };
    assert_eq!(skipped(10, 0), Ok(()));
    assert_eq!(skipped(13, 3), Ok(()));
    assert_eq!(skipped(12, 3), Err(DecodeErrorKind::DepthLimit { limit: 12 }));
}
