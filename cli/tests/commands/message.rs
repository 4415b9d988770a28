//! `tl decode` on messages: several schemas, the envelope of MTProto, and the forms of input.

use crate::{Run, folder, tl, tl_with_input};

const SCHEMA: &str = "peerUser#59511722 user_id:long = Peer;\n\
                      slice#0000000a count:int peers:Vector<Peer> = Peers;\n\
                      update#0000000b pts:int = Update;\n---functions---\n\
                      getPeers#0000000c = Peers;\ngetIds#0000000d = Vector<long>;\n";
/// Another layer: names are the same, a declaration is not.
const OLDER: &str = "peerUser#59511722 user_id:long = Peer;\nupdate#000000b0 = Update;\n";

/// A slice of two peers, and the same as gzip and as zlib.
const SLICE: &str = "0a00000002000000 15c4b51c02000000 221751590500000000000000 221751590600000000000000";
const SLICE_GZIP: &str = "1f8b08000000000002ffe3626060600262d1235b6540b4927860242b030480d86c503600b91e937628000000";
const SLICE_ZLIB: &str = "78dae3626060600262d1235b6540b4927860242b030480d86c50360051ee038a";
const SLICE_JSON: &str =
    r#"{"_":"slice","count":2,"peers":[{"_":"peerUser","user_id":"5"},{"_":"peerUser","user_id":"6"}]}"#;
const UPDATE: &str = "0b000000 07000000";

fn decode(arguments: &[&str]) -> Run {
    let folder = folder(&[("api.tl", SCHEMA), ("older.tl", OLDER)]);
    tl(folder.path(), &[&["decode", "--schema", "api.tl", "--format", "compact"], arguments].concat())
}

/// The digits of `bytes`, with the length that `bytes` has on the wire.
fn packed(digits: &str) -> String {
    let length = digits.len() / 2;
    format!("a1cf7230{length:02x}{digits}{}", "00".repeat((3 - length % 4) % 4))
}

/// A message in a container.
fn message(id: u8, body: &str) -> String {
    let body = body.replace(' ', "");
    format!("{id:02x}00000000000000 01000000 {:02x}000000 {body}", body.len() / 2)
}

fn container(messages: &[String]) -> String {
    format!("dcf8f173 {:02x}000000 {}", messages.len(), messages.concat())
}

fn result(digits: &str) -> String {
    format!("016d5cf3 0900000000000000 {digits}")
}

#[test]
fn containers_are_opened() {
    for slice in [SLICE.to_owned(), packed(SLICE_GZIP), packed(SLICE_ZLIB)] {
        let messages = [message(1, &result(&slice)), message(2, UPDATE), message(3, "efbeadde 01000000")];
        let run = decode(&[&container(&messages)]);
        let expected_slice = match slice.starts_with("a1cf") {
            true => format!("{{\"_\":\"gzip_packed\",\"packed_data\":{SLICE_JSON}}}"),
            false => SLICE_JSON.to_owned(),
        };
        let length = messages[0].replace(' ', "").len() / 2 - 16;
        let expected = format!(
            "{{\"_\":\"msg_container\",\"messages\":[\
             {{\"_\":\"message\",\"msg_id\":\"1\",\"seqno\":1,\"bytes\":{length},\"body\":\
             {{\"_\":\"rpc_result\",\"req_msg_id\":\"9\",\"result\":{expected_slice}}}}},\
             {{\"_\":\"message\",\"msg_id\":\"2\",\"seqno\":1,\"bytes\":8,\"body\":{{\"_\":\"update\",\"pts\":7}}}},\
             {{\"_\":\"message\",\"msg_id\":\"3\",\"seqno\":1,\"bytes\":8,\"body\":\"efbeadde01000000\"}}]}}\n"
        );
        assert_eq!((run.code, run.stdout), (Some(0), expected));
        let place = 8 + length + 16 + 24 + 16;
        let note = format!("note: unknown constructor 0xdeadbeef at byte {place}: 8 bytes are shown as they are\n");
        assert_eq!(run.stderr, note);
    }
}

#[test]
fn a_dump_has_the_offsets_of_the_input() {
    let folder = folder(&[("api.tl", SCHEMA)]);
    let input = container(&[message(1, &result(&packed(SLICE_GZIP))), message(2, "efbeadde")]);
    let run = tl(folder.path(), &["decode", "--schema", "api.tl", "--format", "dump", &input]);
    let expected = "\
000000  msg_container#73f1f8dc
000004    messages: [2]
000008      [0] message#5bb8e511
000008        msg_id: 1
000010        seqno: 1
000014        bytes: 64
000018        body: rpc_result#f35c6d01
00001c          req_msg_id: 9
000024          result: gzip_packed#3072cfa1
000000            packed_data: slice#0000000a
000004              count: 2
000008              peers: [2]
000010                [0] peerUser#59511722
000014                  user_id: 5
00001c                [1] peerUser#59511722
000020                  user_id: 6
000058      [1] message#5bb8e511
000058        msg_id: 2
000060        seqno: 1
000064        bytes: 4
000068        body: efbeadde (4 bytes)
";
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), expected), "{run:?}");
    let pretty = tl(folder.path(), &["decode", "--schema", "api.tl", &input]);
    assert!(pretty.stdout.contains("\n        \"_\": \"rpc_result\",\n"), "{pretty:?}");
    assert!(pretty.stdout.contains("\n              {\n                \"_\": \"peerUser\",\n"), "{pretty:?}");
    assert!(pretty.stdout.ends_with("\n  ]\n}\n"), "{pretty:?}");
}

#[test]
fn results_are_read_by_their_id_or_by_the_request() {
    let ids = "15c4b51c 01000000 0700000000000000";
    let run = decode(&[&result(ids)]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("\"result\":\"15c4b51c010000000700000000000000\""), "{run:?}");
    assert!(run.stderr.contains("vector") && run.stderr.contains("--request"), "{run:?}");
    for request in ["getIds", "Vector<long>"] {
        let run = decode(&["--request", request, &result(ids)]);
        assert!(run.stdout.contains("\"result\":[\"7\"]"), "{run:?}");
        assert_eq!(run.stderr, "");
    }
    for (result_of, expected) in [
        ("b5757299", "true".to_owned()),
        ("379779bc", "false".to_owned()),
        ("19ca4421 90010000 03464f4f", r#"{"_":"rpc_error","error_code":400,"error_message":"FOO"}"#.to_owned()),
        (SLICE, SLICE_JSON.to_owned()),
    ] {
        for request in [&[][..], &["--request", "getPeers"], &["--request", "getIds"]] {
            let run = decode(&[request, &[&result(result_of)]].concat());
            assert!(run.stdout.ends_with(&format!("\"result\":{expected}}}\n")), "{run:?}");
            assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        }
    }
    // A type that is packed, or in a result.
    for input in [packed(SLICE_GZIP), result(&packed(SLICE_ZLIB))] {
        let run = decode(&["--type", "getPeers", &input]);
        assert!(run.code == Some(0) && run.stdout.contains(SLICE_JSON), "{run:?}");
    }
    let misspelt = decode(&["--request", "getPears", UPDATE]);
    assert!(misspelt.code == Some(1) && misspelt.stderr.contains("getPears"), "{misspelt:?}");
}

#[test]
fn schemas_are_side_by_side() {
    let run = decode(&["--schema", "api.tl", "older.tl", "--", UPDATE]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let run = decode(&["--schema", "older.tl", "--", "b0000000"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "{\"_\":\"update\"}\n"), "{run:?}");
    assert_eq!(run.stderr, "note: update at byte 0 is of older.tl\n");
    let run = decode(&["--schema", "older.tl", "--type", "Peer", "b0000000"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("0x000000b0 is `update` of older.tl"), "{run:?}");
    // What MTProto itself sends needs no schema.
    let run = decode(&["c5737734 0100000000000000 0200000000000000"]);
    assert_eq!(run.stdout, "{\"_\":\"pong\",\"msg_id\":\"1\",\"ping_id\":\"2\"}\n");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn several_objects_follow_one_another() {
    let run = decode(&[&format!("{UPDATE} {} {UPDATE} 01020304 05", result(UPDATE))]);
    let update = r#"{"_":"update","pts":7}"#;
    let expected = format!("{update}\n{{\"_\":\"rpc_result\",\"req_msg_id\":\"9\",\"result\":{update}}}\n{update}\n");
    assert_eq!((run.code, run.stdout), (Some(0), expected));
    assert_eq!(run.stderr, "note: 5 bytes after the value, from byte 36 on\n");
    let cut = decode(&[&format!("{UPDATE} 0b000000 07")]);
    assert_eq!((cut.code, cut.stdout), (Some(1), format!("{update}\n")));
    assert!(
        cut.stderr.contains("in the object at byte 8: update.pts: unexpected end of input at byte 4"),
        "{}",
        cut.stderr
    );
    let strict = decode(&["--strict", &format!("{UPDATE} {UPDATE}")]);
    assert_eq!((strict.code, strict.stdout.as_str()), (Some(1), ""));
    let strict = decode(&["--strict", &format!("{} {UPDATE}", container(&[]))]);
    assert!(strict.code == Some(1) && strict.stderr.contains("8 bytes after the value"), "{strict:?}");
}

#[test]
fn faults_in_messages_are_told() {
    let broken = |input: &str, notes: &[&str]| {
        let run = decode(&[input]);
        for note in notes {
            assert!(run.stderr.contains(note), "{note}: {run:?}");
        }
        run
    };
    // A message that is known and damaged, and one behind it that is not.
    let run = broken(
        &container(&[message(1, "0b000000 07"), message(2, UPDATE)]),
        &["in the 5 bytes from byte 24 on, shown as they are: update.pts: unexpected end of input at byte 4"],
    );
    assert!(run.code == Some(0) && run.stdout.contains("\"body\":\"0b00000007\""), "{run:?}");
    assert!(run.stdout.contains(r#""body":{"_":"update","pts":7}"#), "{run:?}");
    // Bytes behind a body.
    let run =
        broken(&container(&[message(1, &format!("{UPDATE} 00000000"))]), &["4 bytes after the value, from byte 32 on"]);
    assert_eq!(run.code, Some(0));
    // Packed data that is none, and packed data that becomes too large.
    let run = broken(&packed("00112233"), &["4 bytes from byte 4 on are shown as they are: neither gzip nor zlib"]);
    assert_eq!(run.stdout, "{\"_\":\"gzip_packed\",\"packed_data\":\"00112233\"}\n");
    let run = decode(&["--max-unpacked", "39", &packed(SLICE_GZIP)]);
    assert!(run.stderr.contains("unpacked data of more than 39 bytes"), "{run:?}");
    let unknown = packed("78daabaec9d8f21a0006e90301");
    let run = broken(&unknown, &[]);
    assert!(run.stdout.starts_with("{\"_\":\"gzip_packed\",\"packed_data\":\""), "{run:?}");
    // A container that is cut.
    let whole = container(&[message(1, UPDATE), message(2, SLICE)]).replace(' ', "");
    let run = broken(&whole[..whole.len() - 40], &["the body at byte 48 has 20 of 40 bytes"]);
    assert!(run.stdout.contains(r#"{"_":"update","pts":7}"#), "{run:?}");
    let run = broken("dcf8f173 ffffff7f", &["error: msg_container.messages: there cannot be 2147483647 messages"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    let run = broken("016d5cf3 0900", &["error: rpc_result: unexpected end of input; 8 bytes needed, 2 left"]);
    assert_eq!(run.code, Some(1));
    // Containers in containers have an end.
    let nested = (0..100).fold(UPDATE.to_owned(), |body, _| packed_container(&body));
    let run = broken(&nested, &["messages are nested too deeply"]);
    assert_eq!(run.code, Some(0));
}

/// A container of one message, whose length may need more than a byte.
fn packed_container(body: &str) -> String {
    let body = body.replace(' ', "");
    let length = u32::try_from(body.len() / 2).expect("short").swap_bytes();
    format!("dcf8f17301000000010000000000000001000000{length:08x}{body}")
}

#[test]
fn reversed_ids_are_recognized() {
    let run = decode(&["59511722 00000000 00000005"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("unknown constructor 0x22175159 at byte 0"), "{run:?}");
    assert!(run.stderr.contains("0x59511722, the id of `peerUser`"), "{run:?}");
    let run = decode(&["f35c6d01 00000000 00000005"]);
    assert!(run.stderr.contains("the id of `rpc_result`"), "{run:?}");
}

#[test]
fn a_constructor_is_a_type_with_and_without_its_id() {
    for input in ["22175159 0500000000000000", "0500000000000000"] {
        let run = decode(&["--type", "peerUser", input]);
        assert_eq!(run.stdout, "{\"_\":\"peerUser\",\"user_id\":\"5\"}\n", "{run:?}");
    }
    for ty in ["Vector<int", "int y:int", "int = X; foo = Y", "Vectr<int>", "", "%Pear", "1"] {
        let run = decode(&["--type", ty, UPDATE]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{ty}");
        assert!(!run.stderr.to_lowercase().contains("typeofthecommandline"), "{}", run.stderr);
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
}

/// The same bytes, a call of `getPeers` and an update with every kind of byte, written by many programs.
const FORMS: [(&str, &str); 26] = [
    ("", "0c0000000b000000c37a227f"),
    ("", "0C 00 00 00 0B 00 00 00 C3 7A 22 7F"),
    ("", "0c:00:00:00:0b:00:00:00:c3:7a:22:7f"),
    ("", "0c-00-00-00-0b-00-00-00-c3-7a-22-7f"),
    ("", "0c000000\n0b000000\nc37a227f\n"),
    ("", "%0c%00%00%00%0b%00%00%00%c3%7a%22%7f"),
    ("hexadecimal digits with prefixes", "0x0c000000 0x0b000000 0xc37a227f"),
    ("hexadecimal digits with prefixes", "0x0c, 0x00, 0x00, 0x00, 0x0b, 0x00, 0x00, 0x00, 0xc3, 0x7a, 0x22, 0x7f"),
    ("hexadecimal digits with prefixes", r"\x0c\x00\x00\x00\x0b\x00\x00\x00\xc3\x7a\x22\x7f"),
    ("hexadecimal digits with prefixes", r"\x0c0000000b000000c37a227f"),
    ("base64", "DAAAAAsAAADDeiJ/"),
    ("URL-safe base64", "DAAAAAsAAADDeiJ_"),
    ("a hexadecimal dump", "00000000: 0c00 0000 0b00 0000 c37a 227f            .........z\"."),
    ("a hexadecimal dump", "00000000  0c 00 00 00 0b 00 00 00  c3 7a 22 7f              |.........z\".|\n0000000c"),
    ("a hexadecimal dump", "0000000 000c 0000 000b 0000 7ac3 7f22\n000000c"),
    ("a hexadecimal dump", "0000000 0c 00 00 00 0b 00 00 00 c3 7a 22 7f\n0000014"),
    ("a hexadecimal dump", "0000000 000014 000000 000013 000000 075303 077442\n0000014"),
    ("a hexadecimal dump", "\t0x0000:  0c00 0000 0b00 0000 c37a 227f            .........z\"."),
    ("a hexadecimal dump", "0000   0c 00 00 00 0b 00 00 00 c3 7a 22 7f               .........z\"."),
    ("an array of numbers", "[12, 0, 0, 0, 11, 0, 0, 0, 195, 122, 34, 127]"),
    ("an array of numbers", "unsigned char x[] = { 0xc, 0x0, 0, 0, 0xb, 0, 0, 0, 0xc3, 0x7a, 0x22, 0x7f };"),
    ("an array of numbers", "<Buffer 0c 00 00 00 0b 00 00 00 c3 7a 22 7f>"),
    ("a string literal", r#"b"\x0c\0\0\0\x0b\0\0\0\xc3z\"\x7f""#),
    ("a string literal", r#"b'\x0c\x00\x00\x00\x0b\x00\x00\x00\xc3z"\x7f'"#),
    ("a string literal", r#""\014\0\0\0\013\0\0\0\303z\"\177""#),
    ("", "bytes.fromhex('0c0000000b000000c37a227f')"),
];

#[test]
fn every_form_of_input_gives_the_same_output() {
    let folder = folder(&[("api.tl", SCHEMA)]);
    let arguments = ["decode", "--schema", "api.tl", "--format", "compact"];
    let expected = "{\"_\":\"getPeers\"}\n{\"_\":\"update\",\"pts\":2132966083}\n";
    for (form, text) in FORMS {
        let note = match form {
            "" => String::new(),
            form => format!("note: the input is read as {form}: 12 bytes\n"),
        };
        for run in [
            tl(folder.path(), &[&arguments[..], &["--", text]].concat()),
            tl_with_input(folder.path(), &arguments, text),
            tl_with_input(folder.path(), &[&arguments[..], &["-"]].concat(), &format!("{text}\r\n")),
        ] {
            assert_eq!((run.code, run.stdout.as_str(), &run.stderr), (Some(0), expected, &note), "{text}");
        }
    }
}

#[test]
fn input_in_no_form_is_told() {
    let folder = folder(&[("api.tl", SCHEMA)]);
    let run = tl_with_input(folder.path(), &["decode", "--schema", "api.tl"], "0c 0g");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("read as bytes, since it is not in a known form: 'g' at position 5"), "{run:?}");
    let run = tl_with_input(folder.path(), &["decode", "--schema", "api.tl"], "");
    assert!(run.code == Some(2) && run.stderr.contains("no input"), "{run:?}");
    let run = decode(&["missing.bin"]);
    assert!(run.code == Some(2) && run.stderr.contains("`missing.bin` is neither a file"), "{run:?}");
    let run = decode(&["answer"]);
    assert!(run.code == Some(2) && run.stderr.contains("`answer` is neither a file"), "{run:?}");
    let run = decode(&["00000000: 0c00\n00000004: 0b00"]);
    assert!(run.code == Some(2) && run.stderr.contains("line 2: the offset is 0x4, after 0x2 bytes"), "{run:?}");
}
