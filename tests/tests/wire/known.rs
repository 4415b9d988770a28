//! The encodings of `tests/data/known-encodings.tsv`, decoded and encoded again, and many of them built by hand: the
//! values are those of `known-encodings.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use typelang_telegram::api::{enums, functions, types};
use typelang_telegram::{Encode, ReadOptions};
use typelang_telegram::{mtproto, secret};
use typelang_tests::modules::{MODULES, Recode, recode};
use typelang_tests::{demo, hexadecimal};

/// One line: the bytes of one case.
struct Case {
    schema: String,
    combinator: String,
    label: String,
    bytes: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/known-encodings.tsv");
    let text = fs::read_to_string(path).expect("the file is part of the repository");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| case(line).unwrap_or_else(|| panic!("not a case: {line}"))).collect()
}

fn case(line: &str) -> Option<Case> {
    let mut columns = line.split('\t').map(str::to_owned);
    let (schema, combinator, label) = (columns.next()?, columns.next()?, columns.next()?);
    let pieces: Option<Vec<Vec<u8>>> = columns.next()?.split(' ').map(piece).collect();
    Some(Case { schema, combinator, label, bytes: pieces?.concat() })
}

/// Hexadecimal digits, perhaps with `*` and how many times the bytes are there.
fn piece(text: &str) -> Option<Vec<u8>> {
    match text.split_once('*') {
        Some((bytes, count)) => Some(hexadecimal::decode(bytes)?.repeat(count.parse().ok()?)),
        None => hexadecimal::decode(text),
    }
}

/// The decoders of a schema, for constructors and for functions.
fn decoders(schema: &str) -> Vec<Recode> {
    if schema == "demo" {
        return vec![recode::<demo::AnyConstructor>, recode::<demo::AnyFunction>];
    }
    let module = MODULES.iter().find(|module| module.name == schema);
    let module = module.unwrap_or_else(|| panic!("no module {schema}"));
    [module.constructor].into_iter().chain(module.function).collect()
}

#[test]
fn known_encodings_are_decoded_and_encoded_again() {
    let cases = cases();
    for case in &cases {
        let results = decoders(&case.schema).into_iter().map(|recode| recode(&case.bytes, ReadOptions::strict()));
        let decoded: Vec<_> = results.flatten().collect();
        let Case { schema, combinator, label, bytes } = case;
        let [recoded] = &decoded[..] else { panic!("{schema} {combinator} {label}: {} readings", decoded.len()) };
        assert_eq!(&recoded.bytes, bytes, "{schema} {combinator} {label}");
    }
    assert!(cases.len() >= 34, "{} cases", cases.len());
}

fn example_chat() -> types::InputEncryptedChat {
    types::InputEncryptedChat { chat_id: 1_234_567, access_hash: 0x1122_3344_5566_7788 }
}

fn send_encrypted(silent: bool, data: Vec<u8>) -> functions::messages::SendEncrypted {
    functions::messages::SendEncrypted { silent, peer: example_chat(), random_id: 2_927_390, data }
}

fn example_file() -> types::EncryptedFile {
    types::EncryptedFile {
        id: 0x0102_0304_0506_0708,
        access_hash: -2,
        size: 5_000_000_000,
        dc_id: 2,
        key_fingerprint: -559_038_737,
    }
}

/// Bytes of values of the API, by combinator and label.
fn api_values() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut values = Vec::new();
    let mut add = |combinator, label: &str, value: &dyn ToBytes| {
        values.push((combinator, label.to_owned(), value.bytes()));
    };
    add("inputEncryptedChat", "example", &example_chat());
    add("inputEncryptedChat", "negative", &types::InputEncryptedChat { chat_id: -1, access_hash: i64::MIN });
    add("messages.sendEncrypted", "example", &send_encrypted(true, b"some bytes here".to_vec()));
    add("messages.sendEncrypted", "not-silent", &send_encrypted(false, b"some bytes here".to_vec()));
    let negative = functions::messages::SendEncrypted {
        silent: true,
        peer: types::InputEncryptedChat { chat_id: -1, access_hash: -1 },
        random_id: i64::MIN,
        data: Vec::new(),
    };
    add("messages.sendEncrypted", "negative", &negative);
    for length in [0, 1, 2, 3, 4, 253, 254, 255, 256, 65_536] {
        add("messages.sendEncrypted", &format!("data-{length}"), &send_encrypted(false, vec![b'a'; length]));
    }
    add("encryptedFile", "example", &example_file());
    add("encryptedFileEmpty", "empty", &enums::EncryptedFile::Empty);
    let date = 1_500_000_000;
    add("messages.sentEncryptedMessage", "date", &types::messages::SentEncryptedMessage { date });
    let file = types::messages::SentEncryptedFile { date, file: example_file().into() };
    add("messages.sentEncryptedFile", "file", &file);
    let no_file = types::messages::SentEncryptedFile { date, file: enums::EncryptedFile::Empty };
    add("messages.sentEncryptedFile", "no-file", &no_file);
    values
}

/// Bytes of values of MTProto.
fn mtproto_values() -> Vec<(&'static str, String, Vec<u8>)> {
    let nonce: [u8; 16] = std::array::from_fn(|index| index as u8);
    let server_nonce: [u8; 16] = std::array::from_fn(|index| 0x10 + index as u8);
    let two_keys = mtproto::types::ResPq {
        nonce,
        server_nonce,
        pq: 0x17ed_4894_1a08_f981_u64.to_be_bytes().to_vec(),
        server_public_key_fingerprints: vec![1, -2],
    };
    let no_keys =
        mtproto::types::ResPq { pq: vec![0x15], server_public_key_fingerprints: Vec::new(), ..two_keys.clone() };
    let salt = |valid_since, valid_until, salt| mtproto::types::FutureSalt { valid_since, valid_until, salt };
    let salts =
        mtproto::types::FutureSalts { req_msg_id: 5, now: 100, salts: vec![salt(100, 200, -1), salt(200, 300, 7)] };
    let flood = mtproto::types::RpcError { error_code: 420, error_message: "FLOOD_WAIT_3".to_owned() };
    vec![
        ("resPQ", "two-keys".to_owned(), two_keys.bytes()),
        ("resPQ", "no-keys".to_owned(), no_keys.bytes()),
        ("req_pq_multi", "example".to_owned(), mtproto::functions::ReqPqMulti { nonce }.bytes()),
        ("rpc_error", "flood-wait".to_owned(), flood.bytes()),
        ("future_salts", "bare-items".to_owned(), salts.bytes()),
        ("help.configSimple", "boxed-items".to_owned(), config_simple().bytes()),
    ]
}

fn config_simple() -> mtproto::types::help::ConfigSimple {
    let ip_port = mtproto::types::IpPort { ipv4: 0x7f00_0001, port: 443 };
    let secret_port = mtproto::types::IpPortSecret { ipv4: -1, port: 80, secret: vec![0xee] };
    let rule = mtproto::types::AccessPointRule {
        phone_prefix_rules: b"+1".to_vec(),
        dc_id: 2,
        ips: vec![ip_port.into(), secret_port.into()],
    };
    mtproto::types::help::ConfigSimple { date: 1, expires: 2, rules: vec![rule] }
}

/// Bytes of values of secret chats.
fn secret_values() -> Vec<(&'static str, String, Vec<u8>)> {
    let no_flags = secret::types::DecryptedMessage {
        no_webpage: false,
        silent: false,
        random_id: -1,
        ttl: 60,
        message: "é".to_owned(),
        media: None,
        entities: None,
        via_bot_name: None,
        reply_to_random_id: None,
        grouped_id: None,
    };
    let flags = secret::types::DecryptedMessage {
        silent: true,
        random_id: 1,
        ttl: 0,
        message: "hi".to_owned(),
        media: Some(secret::enums::DecryptedMessageMedia::Empty),
        entities: Some(vec![secret::types::MessageEntityBold { offset: 0, length: 2 }.into()]),
        via_bot_name: Some("gif".to_owned()),
        reply_to_random_id: Some(2),
        grouped_id: Some(3),
        ..no_flags.clone()
    };
    let random_bytes: Vec<u8> = (0..15).collect();
    let layer = secret::types::DecryptedMessageLayer {
        random_bytes,
        layer: 144,
        in_seq_no: 0,
        out_seq_no: 1,
        message: no_flags.clone().into(),
    };
    let point = secret::types::DecryptedMessageMediaGeoPoint { lat: 1.5, long: -0.25 };
    let layer_17 =
        secret::types::DecryptedMessage17 { random_id: 1, ttl: 0, message: String::new(), media: point.into() };
    vec![
        ("decryptedMessage", "no-flags".to_owned(), no_flags.bytes()),
        ("decryptedMessage", "flags".to_owned(), flags.bytes()),
        ("decryptedMessage17", "layer-17".to_owned(), layer_17.bytes()),
        ("decryptedMessageLayer", "example".to_owned(), layer.bytes()),
    ]
}

/// Bytes of values of the code that the build script generates.
fn demo_values() -> Vec<(&'static str, String, Vec<u8>)> {
    let user = demo::types::User { id: 2, first_name: "Ann".to_owned(), last_name: "Zoë".to_owned() };
    vec![
        ("getUsers", "example".to_owned(), demo::functions::GetUsers { value: vec![2, 3, 4] }.bytes()),
        ("user", "example".to_owned(), user.bytes()),
    ]
}

trait ToBytes {
    fn bytes(&self) -> Vec<u8>;
}

impl<T: Encode> ToBytes for T {
    fn bytes(&self) -> Vec<u8> {
        self.to_bytes().expect("short enough")
    }
}

#[test]
fn values_built_by_hand_have_the_known_encodings() {
    let all =
        [("api", api_values()), ("mtproto", mtproto_values()), ("secret", secret_values()), ("demo", demo_values())];
    let known: BTreeMap<(String, String, String), Vec<u8>> =
        cases().into_iter().map(|case| ((case.schema, case.combinator, case.label), case.bytes)).collect();
    for (schema, values) in all {
        for (combinator, label, bytes) in values {
            let key = (schema.to_owned(), combinator.to_owned(), label);
            let expected = known.get(&key).unwrap_or_else(|| panic!("no known encoding of {key:?}"));
            assert_eq!(hexadecimal::encode(&bytes), hexadecimal::encode(expected), "{key:?}");
        }
    }
}
