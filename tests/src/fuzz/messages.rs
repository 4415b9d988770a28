//! Messages of MTProto: whatever they contain, reading ends, packed data stays within its bound, and what is read as a whole is
//! written as it was.

use std::sync::LazyLock;

use typelang::reflect::{JsonLayout, Table};
use typelang::unpack::unpack as unpacked;
use typelang_inspect::{Format, Inspector, MTPROTO, Schemas};
use typelang_telegram::mtproto::envelope::{Message, MsgContainer, MsgCopy, RpcResult};
use typelang_telegram::mtproto::functions::Ping;
use typelang_telegram::{Decode, DecodedOrRaw, Encode, Raw, ReadOptions, mtproto};

use crate::hexadecimal;
use crate::modules::MODULES;
use crate::schemas;
use crate::walker::table_of;

/// Packed data may become so many bytes.
const LIMIT: usize = 1 << 16;

static SERVICE: LazyLock<Vec<u8>> = LazyLock::new(|| table_of(&schemas::load_text(MTPROTO)));

/// Shows bytes as messages in every format.
pub(super) fn messages(data: &[u8]) -> bool {
    let schemas = MODULES.iter().fold(Schemas::new(), |schemas, module| schemas.with(module.name, module.table));
    let inspector = Inspector::new(schemas.with_unnamed(Table::generated(&SERVICE))).max_unpacked(LIMIT);
    let [compact, pretty, dump] = [Format::Json(JsonLayout::Compact), Format::Json(JsonLayout::Pretty), Format::Dump]
        .map(|it| inspector.show(data, it));
    assert_eq!((&compact.notes, &compact.error), (&pretty.notes, &pretty.error));
    assert_eq!((&compact.notes, &compact.error), (&dump.notes, &dump.error));
    let values = |text: &str| -> Vec<serde_json::Value> {
        let mut reader = serde_json::Deserializer::from_str(text);
        reader.disable_recursion_limit();
        let values: Result<_, _> = reader.into_iter().collect();
        values.unwrap_or_else(|error| panic!("{}: {error}: {text}", hexadecimal::encode(data)))
    };
    let found = values(&compact.text);
    assert_eq!(found, values(&pretty.text), "{}", hexadecimal::encode(data));
    if compact.error.is_none() {
        assert!(!dump.text.is_empty() && !found.is_empty(), "{}", hexadecimal::encode(data));
    }
    compact.error.is_none()
}

/// Unpacks bytes, and the bytes themselves after they were packed.
pub(super) fn unpack(data: &[u8]) -> bool {
    let found = unpacked(data, LIMIT);
    if let Ok(found) = &found {
        assert!(found.len() <= LIMIT);
    }
    let content = data.get(..LIMIT - 1).unwrap_or(data);
    assert_eq!(unpacked(&zlib(content), LIMIT).as_deref(), Ok(content));
    found.is_ok()
}

/// Data as zlib without compression.
///
/// # Panics
///
/// The data is longer than a block.
#[must_use]
pub(super) fn zlib(data: &[u8]) -> Vec<u8> {
    const BASE: u32 = 65521;
    let length = u16::try_from(data.len()).expect("a block");
    let sums = |(low, high): (u32, u32), byte: &u8| {
        let low = (low + u32::from(*byte)) % BASE;
        (low, (high + low) % BASE)
    };
    let (low, high) = data.iter().fold((1, 0), sums);
    let head = [&[0x78, 0x01, 0x01][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
    [&head[..], data, &(high << 16 | low).to_be_bytes()].concat()
}

/// Reads bytes as each message of the envelope.
pub(super) fn envelope(data: &[u8]) -> bool {
    let results = [
        is_kept::<MsgContainer>(data),
        is_kept::<MsgContainer<DecodedOrRaw<mtproto::AnyConstructor>>>(data),
        is_kept::<MsgCopy>(data),
        is_kept::<Message>(data),
        is_kept::<RpcResult>(data),
    ];
    if let Ok(result) = RpcResult::<Raw>::from_bytes(data) {
        // Whatever it is, it has an end.
        drop(result.read(&Ping { ping_id: 1 }));
    }
    results.contains(&true)
}

/// What strict options accept is written as it was.
fn is_kept<T: for<'a> Decode<'a> + Encode>(data: &[u8]) -> bool {
    let Ok(value) = T::from_bytes_with(data, ReadOptions::strict()) else {
        drop(T::from_bytes(data));
        return false;
    };
    let written = value.to_bytes().expect("what was read can be written");
    assert_eq!(hexadecimal::encode(&written), hexadecimal::encode(data));
    true
}
