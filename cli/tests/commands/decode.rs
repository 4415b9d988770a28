use std::path::Path;
use std::process::{Command, Stdio};

use typelang_ir::codes::UNKNOWN_TYPE;

use crate::{Run, folder, tl, tl_with_input};

const SCHEMA: &str = "peerUser#59511722 user_id:long = Peer;\npeerChat#36c6019a chat_id:int = Peer;\n\
                      note#0000000a flags:# pinned:flags.0?true text:flags.1?string marks:Vector<int> from:Peer \
                      key:bytes = Note;\n---functions---\ngetNotes#0000000b offset:int = Vector<Note>;\n\
                      wrap#0000000c {X:Type} query:!X = X;\n";
/// A note with both flags.
const NOTE: &str = "0a000000 03000000 02686900 15c4b51c 02000000 07000000 ffffffff 22175159 0500000000000000 03010203";

fn decode(arguments: &[&str]) -> Run {
    let folder = folder(&[("notes.tl", SCHEMA)]);
    tl(folder.path(), &[&["decode", "--schema", "notes.tl"], arguments].concat())
}

fn encode(arguments: &[&str]) -> Run {
    let folder = folder(&[("notes.tl", SCHEMA)]);
    tl(folder.path(), &[&["encode", "--schema", "notes.tl"], arguments].concat())
}

#[test]
fn json_has_the_names_of_the_schema() {
    let expected = "{\"_\":\"note\",\"pinned\":true,\"text\":\"hi\",\"marks\":[7,-1],\
                    \"from\":{\"_\":\"peerUser\",\"user_id\":\"5\"},\"key\":\"010203\"}\n";
    let run = decode(&["--format", "compact", NOTE]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected, ""));
    let pretty = decode(&[NOTE]);
    assert!(pretty.stdout.starts_with("{\n  \"_\": \"note\",\n  \"pinned\": true,\n"), "{pretty:?}");
    assert_eq!(encode(&[expected]).stdout.trim_end(), NOTE.replace(' ', ""));
    assert_eq!(encode(&[&pretty.stdout]).stdout.trim_end(), NOTE.replace(' ', ""));
}

#[test]
fn a_dump_has_offsets() {
    let run = decode(&["--format", "dump", NOTE]);
    let expected = "\
000000  note#0000000a
000004    flags: 0x3
000008    pinned: true
000008    text: \"hi\"
00000c    marks: [2]
000014      [0] 7
000018      [1] -1
00001c    from: peerUser#59511722
000020      user_id: 5
000028    key: 010203 (3 bytes)
";
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected, ""));
}

#[test]
fn errors_name_the_path_and_the_offset() {
    for format in ["json", "compact", "dump"] {
        let cut = decode(&["--format", format, &NOTE.replace(' ', "")[..60]]);
        assert_eq!(cut.code, Some(1), "{cut:?}");
        let expected = "error: note.from: unexpected end of input at byte 28; 4 bytes needed, 2 left\n";
        assert_eq!(cut.stderr, expected);
        assert_eq!(cut.stdout.is_empty(), format != "dump");
    }
    let unknown = decode(&[&NOTE.replace("22175159", "0a000000")]);
    let expected =
        "error: note.from: unknown constructor 0x0000000a at byte 28; expected Peer, but the id is `note`, a Note\n";
    assert_eq!((unknown.code, unknown.stderr.as_str()), (Some(1), expected));
    let nobody = decode(&[&NOTE.replace("22175159", "78563412")]);
    assert_eq!(nobody.stderr, "error: note.from: unknown constructor 0x12345678 at byte 28; expected Peer\n");
}

#[test]
fn digits_files_and_standard_input_are_told_apart() {
    let bytes: Vec<u8> = (0..NOTE.replace(' ', "").len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&NOTE.replace(' ', "")[at..at + 2], 16).expect("digits"))
        .collect();
    let folder = folder(&[("notes.tl", SCHEMA), ("note.txt", &NOTE.replace(' ', ",\n0x"))]);
    std::fs::write(folder.path().join("note.bin"), &bytes).expect("a new file");
    let expected = decode(&[NOTE]).stdout;
    let same = |run: Run| assert_eq!((run.code, run.stdout.as_str()), (Some(0), expected.as_str()), "{run:?}");
    let run = |arguments: &[&str]| tl(folder.path(), arguments);
    same(run(&["decode", "--schema", "notes.tl", "note.txt"]));
    same(run(&["decode", "--schema", "notes.tl", "note.bin"]));
    same(run(&["decode", "--schema", "notes.tl", "--binary", "note.bin"]));
    same(run(&["decode", "note.bin", "--schema", "notes.tl"]));
    same(run(&["decode", "--schema", "notes.tl", "--type", "Note", "note.bin"]));
    same(tl_with_input(folder.path(), &["decode", "--schema", "notes.tl", "-"], NOTE));
    assert_eq!(run(&["decode", "--schema", "notes.tl", "--binary", "note.txt"]).code, Some(1));
}

#[test]
fn bytes_are_written_as_they_are_if_wanted() {
    let folder = folder(&[("notes.tl", SCHEMA)]);
    let output = Command::new(env!("CARGO_BIN_EXE_tl"))
        .args(["encode", "--schema", "notes.tl", "--binary", "{\"_\":\"peerUser\",\"user_id\":\"-1\"}"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the command runs");
    assert_eq!(output.stdout, b"\x22\x17\x51\x59\xff\xff\xff\xff\xff\xff\xff\xff");
}

#[test]
fn the_type_can_be_named() {
    let vector = "15c4b51c 02000000 0100000000000000 0200000000000000";
    let run = decode(&["--format", "compact", "--type", "Vector<long>", vector]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "[\"1\",\"2\"]\n"), "{run:?}");
    let back = encode(&["--type", "Vector<long>", "[1, \"2\"]"]);
    assert_eq!(back.stdout.trim_end(), vector.replace(' ', ""));
    let bare = decode(&["--format", "compact", "--type", "note", &NOTE[9..]]);
    assert!(bare.stdout.starts_with("{\"_\":\"note\""), "{bare:?}");
    let answer = decode(&["--format", "compact", "--type", "getNotes", &format!("15c4b51c 01000000 {NOTE}")]);
    assert!(answer.stdout.starts_with("[{\"_\":\"note\""), "{answer:?}");

    let untold = decode(&[vector]);
    assert_eq!(untold.code, Some(1));
    assert!(untold.stderr.contains("the id is `vector`") || untold.stderr.contains("0x1cb5c415"), "{untold:?}");
    assert!(untold.stderr.contains("--type 'Vector<long>'"), "{untold:?}");
    let misspelt = decode(&["--type", "Notte", NOTE]);
    assert_eq!(misspelt.code, Some(1));
    assert!(misspelt.stderr.contains("did you mean `Note`"), "{misspelt:?}");
    let wrapped = decode(&["--type", "wrap", NOTE]);
    assert_eq!(wrapped.code, Some(1));
    assert!(wrapped.stderr.contains("not complete"), "{wrapped:?}");
    let wrapping = decode(&["--format", "compact", "0c000000 0b000000 05000000"]);
    assert_eq!(wrapping.stdout, "{\"_\":\"wrap\",\"query\":{\"_\":\"getNotes\",\"offset\":5}}\n");
}

#[test]
fn strictness_and_rest_are_reported() {
    let rest = decode(&["9a01c636 05000000 00000000 0000"]);
    assert_eq!((rest.code, rest.stderr.as_str()), (Some(0), "note: 6 bytes after the value, from byte 8 on\n"));
    let rest = decode(&["--strict", "9a01c636 05000000 00000000"]);
    assert_eq!((rest.code, rest.stdout.as_str()), (Some(1), ""));
    assert_eq!(rest.stderr, "error: peerChat: 4 bytes after the value at byte 8\n");
    let broken = NOTE.replace("02686900", "02ff6900");
    assert!(decode(&[&broken]).stderr.contains("note.text: invalid UTF-8"));
    assert!(decode(&["--lossy", &broken]).stdout.contains('\u{fffd}'));
}

#[test]
fn what_cannot_be_encoded_is_named() {
    let complaints = [
        ("{\"_\":\"peerUser\"}", "peerUser: the field `user_id` is missing"),
        ("{\"_\":\"peerUser\",\"user_id\":\"x\"}", "peerUser.user_id: the text \"x\" is not a valid long"),
        ("{\"_\":\"peerChat\",\"chat_id\":2147483648}", "peerChat.chat_id: 2147483648 is not a valid int"),
        ("{\"_\":\"peerUser\",\"usr_id\":1}", "`peerUser` has no field `usr_id`"),
        ("{\"_\":\"peerUser\",\"usr_id\":1}", "did you mean `user_id`?"),
        ("{\"_\":\"peerUsr\",\"user_id\":1}", "did you mean `peerUser`?"),
        ("{\"user_id\":1}", "the object does not name its constructor"),
        ("{\"_\":\"note\",\"marks\":[1,true],\"from\":null,\"key\":\"\"}", "note.marks[1]: expected int, found a Bool"),
        (
            "{\"_\":\"note\",\"marks\":[],\"from\":{\"_\":\"note\"},\"key\":\"\"}",
            "note.from: `note` is not a valid Peer",
        ),
        ("{\"_\":\"note\",\"flags\":1}", "note.flags: `flags` is 1, where the other fields make it 0"),
        ("{\"_\":\"note\",\"marks\":[]}", "note: the field `from` is missing"),
        ("{\"_\":\"note\",", "the input is not valid JSON"),
        ("{} {}", "more than one value"),
        ("null", "expected constructor or function, found null"),
        ("{\"_\":\"note\",\"marks\":[1,null]}", "note.marks[1]: expected int, found null"),
        ("{\"_\":\"note\",\"marks\":null}", "note.marks: expected "),
        ("{\"_\":\"note\",\"marks\":null}", ", found null"),
        ("{\"_\":\"note\",\"marks\":{}}", ", found an object"),
        ("{\"_\":\"note\",\"marks\":[],\"from\":[]}", "note.from: expected Peer, found a vector"),
        ("{\"_\":\"note\",\"marks\":[1.5]}", "note.marks[0]: expected int, found a number"),
        (
            "{\"_\":\"note\",\"marks\":[],\"from\":{\"_\":5}}",
            "note.from: expected the name of a constructor (\"_\"), found a whole number",
        ),
        ("{\"_\":\"peerUser\",\"user_id\":1,\"user_id\":2}", "peerUser: the field `user_id` is there twice"),
        (
            "{\"_\":\"note\",\"marks\":[],\"from\":{\"_\":\"peerUser\",\"user_id\":1,\"user_id\":1}}",
            "note.from: the field `user_id` is there twice",
        ),
        ("{\"_\":\"peerUser\",\"_\":\"peerUser\",\"user_id\":1}", "the field `_` is there twice"),
    ];
    for (json, complaint) in complaints {
        let run = encode(&[json]);
        assert!(run.stderr.contains(complaint), "{json}: {run:?}");
        assert_eq!(run.stdout, "", "{json}");
        assert_eq!(run.code, Some(1), "{json}: {run:?}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let folder = folder(&[("notes.tl", SCHEMA)]);
    let run = tl_with_input(folder.path(), &["encode", "--schema", "notes.tl", "-"], &deep);
    assert!(run.code == Some(1) && run.stderr.contains("1000 levels"), "{run:?}");
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    for (command, input) in [("decode", "0a000000"), ("encode", "{}")] {
        for arguments in [&[][..], &["--schema", "notes.tl"], &["--schema", "notes.tl", "xyz"], &["0a"]] {
            let folder = folder(&[("notes.tl", SCHEMA)]);
            let run = tl(folder.path(), &[&[command], arguments].concat());
            assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{command} {arguments:?}: {run:?}");
        }
        let run = tl(Path::new("."), &[command, "--schema", "lost.tl", input]);
        assert!(run.code == Some(2) && run.stderr.contains("cannot read lost.tl"), "{run:?}");
        let folder = folder(&[("bad.tl", "a x:Strng = A;\n")]);
        let run = tl(folder.path(), &[command, "--schema", "bad.tl", input]);
        assert!(run.code == Some(1) && run.stderr.contains(UNKNOWN_TYPE.name), "{run:?}");
    }
    assert!(decode(&["0a0"]).stderr.contains("odd"));
    let long = "q".repeat(100);
    assert!(decode(&[&long]).stderr.contains("qq…"), "{:?}", decode(&[&long]));
}

#[test]
fn a_byte_order_mark_before_an_input_is_no_part_of_it() {
    let folder = folder(&[("notes.tl", &format!("\u{feff}{SCHEMA}"))]);
    let json = "\u{feff}{\"_\":\"peerChat\",\"chat_id\":5}";
    let run = tl_with_input(folder.path(), &["encode", "--schema", "notes.tl", "-"], json);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "9a01c63605000000\n"), "{run:?}");
    let run = tl_with_input(folder.path(), &["decode", "--schema", "notes.tl", "-"], "\u{feff}9a01c63605000000");
    assert_eq!((run.code, run.stdout.contains("\"chat_id\": 5")), (Some(0), true), "{run:?}");
}

#[test]
fn numbers_with_a_point_are_those_of_json_or_texts() {
    let schema = "numbers f:float d:double = Numbers;\n";
    let folder = folder(&[("numbers.tl", schema)]);
    let encode = |json: &str| tl(folder.path(), &["encode", "--schema", "numbers.tl", "--type", "Numbers", json]);
    for (f, d, bytes) in [
        ("1.5", "1.5", "0000c03f000000000000f83f"),
        ("3", "-3", "0000404000000000000008c0"),
        ("\"NaN\"", "\"-Infinity\"", "0000c07f000000000000f0ff"),
        ("\"0.5\"", "\"1e3\"", "0000003f0000000000408f40"),
    ] {
        let run = encode(&format!("{{\"_\":\"numbers\",\"f\":{f},\"d\":{d}}}"));
        assert_eq!((run.code, run.stdout.trim_end().get(8..)), (Some(0), Some(bytes)), "{f} {d} {run:?}");
        let back =
            tl(folder.path(), &["decode", "--schema", "numbers.tl", "--format", "compact", run.stdout.trim_end()]);
        assert_eq!(encode(back.stdout.trim_end()).stdout, run.stdout, "{}", back.stdout);
    }
    for (f, complaint) in [
        ("1e300", "numbers.f: 1e300 is not a valid float"),
        ("true", "numbers.f: expected float, found a Bool"),
        ("\"half\"", "numbers.f: the text \"half\" is not a valid float"),
        ("null", "numbers.f: expected float, found null"),
    ] {
        let run = encode(&format!("{{\"f\":{f},\"d\":1}}"));
        assert!(run.code == Some(1) && run.stderr.contains(complaint), "{f} {run:?}");
    }
}

#[test]
fn ids_of_other_layers_are_told() {
    let folder = folder(&[("api.tl", "// LAYER 7\nnote x:int = Note;\nholder#00000001 note:Note = Holder;\n")]);
    let run = tl(folder.path(), &["decode", "--schema", "api.tl", "e06e113800000000"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let expected = "help: it is `message#38116ee0` of layers 136 to 169 of the Telegram API\n";
    assert!(run.stderr.ends_with(expected), "{run:?}");
    // Inside of a value, and inside of a message that is kept as it is.
    let run = tl(folder.path(), &["decode", "--schema", "api.tl", "01000000e06e1138"]);
    assert!(run.code == Some(1) && run.stderr.ends_with(expected), "{run:?}");
    let frame = "dcf8f17301000000 0100000000000000 01000000 04000000 e06e1138";
    let run = tl(folder.path(), &["decode", "--schema", "api.tl", frame]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("note: `message#38116ee0` of layers 136 to 169 of the Telegram API\n"), "{run:?}");
    // What no layer has is told without.
    let run = tl(folder.path(), &["decode", "--schema", "api.tl", "78563412"]);
    assert!(!run.stderr.contains("Telegram API"), "{run:?}");
}

#[test]
fn values_are_refused_at_the_depth_of_generated_code() {
    let strings = (0..300).map(|index| format!("s{index}:string ")).collect::<String>();
    // The field that makes the type recursive comes first, or last.
    let schema = format!(
        "thin#00000001 flags:# next:flags.0?Thin = Thin;\n\
         first#00000002 flags:# next:flags.0?First {strings}= First;\n\
         last#00000003 flags:# {strings}next:flags.0?Last = Last;\n"
    );
    let folder = folder(&[("deep.tl", &schema)]);
    let empty = "00".repeat(4 * 300);
    let is_read = |id: u8, before: &str, after: &str, depth: usize| {
        let heads = |flags: u8| format!("{id:02x}000000{flags:02x}000000{before}");
        let digits = heads(1).repeat(depth - 1) + &heads(0) + &after.repeat(depth);
        std::fs::write(folder.path().join("deep.txt"), digits).expect("a file");
        let run = tl(folder.path(), &["decode", "--schema", "deep.tl", "--format", "compact", "deep.txt"]);
        let is_limit = run.stderr.contains("nested too deeply");
        assert_eq!(
            (run.code, is_limit),
            if run.code == Some(0) { (Some(0), false) } else { (Some(1), true) },
            "{run:?}"
        );
        !is_limit
    };
    assert!(is_read(1, "", "", 128) && !is_read(1, "", "", 129));
    for (id, before, after) in [(2, "", &*empty), (3, &*empty, "")] {
        // A value counts as two levels or more, since it takes so much of the stack.
        assert!(is_read(id, before, after, 16), "{id}");
        assert!(!is_read(id, before, after, 65), "{id}");
    }
}

#[test]
fn the_elements_of_a_vector_have_the_type_that_is_around() {
    let schema = "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\nuser#0000000a id:int = User;\n\
                  holder#0000000b value:Object = Holder;\nboolTrue#997275b5 = Bool;\nboolFalse#bc799737 = Bool;\n\
                  ---functions---\ngetUsers#0000000c = Vector<User>;\n";
    let folder = folder(&[("any.tl", schema)]);
    let run = |arguments: &[&str]| {
        tl(folder.path(), &[&["decode", "--schema", "any.tl", "--format", "compact"], arguments].concat())
    };
    let users = "15c4b51c 01000000 0a000000 07000000";
    for ty in ["Vector<User>", "Vector<Object>", "vector<%user>", "getUsers"] {
        let users = if ty.starts_with('v') { "01000000 07000000" } else { users };
        assert_eq!(run(&["--type", ty, users]).stdout, "[{\"_\":\"user\",\"id\":7}]\n", "{ty}");
    }
    let held = |value: &str| run(&[&format!("0b000000 {value}")]);
    assert_eq!(held("0a000000 07000000").stdout, "{\"_\":\"holder\",\"value\":{\"_\":\"user\",\"id\":7}}\n");
    assert_eq!(held("b5757299").stdout, "{\"_\":\"holder\",\"value\":true}\n");
    let help =
        "help: the elements of a vector have no type where a value of any type is: only a field or --type tells it\n";
    for run in [held(users), run(&["--type", "Object", users])] {
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.ends_with(help), "{}", run.stderr);
    }
}
