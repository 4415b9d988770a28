//! Telegram: the API with MTProto and its containers, and the secret chats of TDLib.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

use std::cell::Cell;

use typelang::{Function, ReadOptions};

include!(concat!(env!("OUT_DIR"), "/telegram.rs"));

#[test]
fn values_keep_their_bytes() {
    typelang_tests_families::keep_their_bytes(FAMILIES);
}

#[test]
fn damaged_bytes_never_panic() {
    typelang_tests_families::survive_damage(FAMILIES);
}

/// The API has a `message` of its own, so the one in a container has another name here. One container is left out: a call in it
/// is that of an older layer, under an id that the schema does not have.
#[test]
fn encodings_of_containers() {
    let Some(family) = typelang_tests_families::Family::find(FAMILIES, "api") else {
        return typelang_tests::shared::say(
            "skipped: encodings of containers (no ../shared/schemas/telegram/api-230.tl)",
        );
    };
    let left_out = Cell::new(0);
    typelang_tests_families::match_encodings(family, "mtproto-containers.jsonl", |_, value| {
        // What `gzip_packed` holds, unpacked, is no field of it.
        value.as_object_mut().map(|fields| fields.remove("__unpacked_hex"));
        let Some(serde_json::Value::Array(messages)) = value.get_mut("messages") else { return true };
        if messages.iter().any(|message| is_older_call(&message["body"])) {
            left_out.set(left_out.get() + 1);
            return false;
        }
        for message in messages {
            message["_"] = "containedMessage".into();
        }
        true
    });
    assert!(left_out.get() <= 1, "{} containers are left out", left_out.get());
}

/// Whether the description is a text, as it was before it had formatting.
fn is_older_call(body: &serde_json::Value) -> bool {
    body["_"] == "bots.setCustomVerification" && body["custom_description"].is_string()
}

#[test]
fn results_of_calls_that_wrap_others() {
    let call = own_telegram::functions::InvokeMany {
        quiet: true,
        query: own_telegram::functions::InvokeAfter { msg_id: 1, query: own_telegram::functions::GetSalts },
        after: None,
    };
    let salts = [vec![1_u32, 7, 8, 0], vec![2, 9, 10, 0, 11, 12, 0]];
    let words: Vec<u32> = [vec![0x1cb5_c415, 2], salts.map(|it| [vec![0x1cb5_c415], it].concat()).concat()].concat();
    let bytes: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    let salt = |valid_since, salt| own_telegram::types::Salt { valid_since, salt };
    let results = call.read_output_with(&bytes, ReadOptions::strict());
    assert_eq!(results, Ok(vec![vec![salt(7, 8)], vec![salt(9, 10), salt(11, 12)]]));
}
