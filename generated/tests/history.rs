//! Bytes of older layers become values of this one.

#![cfg(all(feature = "history", feature = "api"))]

use typelang_telegram::api::enums::{Peer, PhoneCall, User};
use typelang_telegram::api::functions::users::GetUsers;
use typelang_telegram::api::history::{self, Error, LossKind, Policy};
use typelang_telegram::api::types::{PeerUser, UserEmpty};
use typelang_telegram::{Decode, DecodeErrorKind, Encode, Function};

fn bytes_of(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|it| it.to_le_bytes()).collect()
}

#[test]
fn old_bytes_are_values_of_this_layer() {
    // `peerUser#9db1bc6d user_id:int` of layers 51 to 132.
    let old = bytes_of(&[0x9db1_bc6d, 7]);
    assert!(matches!(*Peer::from_bytes(&old).unwrap_err().kind(), DecodeErrorKind::UnknownConstructor { .. }));
    let upgraded = history::decode::<Peer>(&old).unwrap();
    assert_eq!(upgraded.value, Peer::User(PeerUser { user_id: 7 }));
    assert!(upgraded.layers.contains(&51) && !upgraded.layers.contains(&200));
    assert!(upgraded.losses.is_empty());
    // A struct can be asked for as well as the enum of its type.
    assert_eq!(history::decode::<PeerUser>(&old).unwrap().value.user_id, 7);
}

#[test]
fn bytes_of_this_layer_are_read_as_ever() {
    let peer = Peer::User(PeerUser { user_id: 7 });
    let upgraded = history::decode::<Peer>(&peer.to_bytes().unwrap()).unwrap();
    assert_eq!((upgraded.value, upgraded.losses.len()), (peer, 0));
    assert_eq!(upgraded.layers, history::HISTORY.newest()..=history::HISTORY.newest());
}

/// The result of a call, and vectors.
#[test]
fn results_are_upgraded() {
    let old = bytes_of(&[0x1cb5_c415, 2, 0x2002_50ba, 3, 0xd3bc_4b7a, 4, 0]);
    let users = history::decode::<<GetUsers as Function>::Output>(&old).unwrap().value;
    assert_eq!(users, [User::Empty(UserEmpty { id: 3 }), User::Empty(UserEmpty { id: 4 })]);
}

/// The body of a message in a container is bytes that can be of any layer.
#[cfg(feature = "mtproto")]
#[test]
fn bodies_in_containers_are_upgraded() {
    use typelang_telegram::Raw;
    use typelang_telegram::mtproto::envelope::{Message, MsgContainer};

    let body = Raw(bytes_of(&[0x2002_50ba, 3]));
    let container = MsgContainer { messages: vec![Message { msg_id: 1, seqno: 1, body }] }.to_bytes().unwrap();
    let container = MsgContainer::<Raw>::from_bytes(&container).unwrap();
    let [message] = &*container.messages else { panic!("one message") };
    let user = history::decode::<User>(&message.body.0).unwrap().value;
    assert_eq!(user, User::Empty(UserEmpty { id: 3 }));
}

/// Bit 5 is `video` in layers 98 to 116, bit 6 later.
#[test]
fn the_layer_tells_what_a_bit_means() {
    let is_video = |call: PhoneCall| matches!(call, PhoneCall::Discarded(call) if call.video);
    let old = bytes_of(&[0x50ca_4de1, 1 << 5, 1, 0]);
    assert!(is_video(history::decode_at::<PhoneCall>(116, &old).unwrap().value));
    assert!(!is_video(history::decode_at::<PhoneCall>(117, &old).unwrap().value));
    let new = bytes_of(&[0x50ca_4de1, 1 << 6, 1, 0]);
    assert!(is_video(history::decode_at::<PhoneCall>(117, &new).unwrap().value));
    assert!(matches!(history::decode_at::<PhoneCall>(9, &new), Err(Error::UnknownLayer(9))));
}

#[test]
fn errors_name_constructor_and_layers() {
    assert_eq!(history::layers_of(0x2002_50ba).unwrap().to_string(), "`userEmpty#200250ba` of layers 51 to 132");
    // `updateReadFeed` went away with feeds.
    let error = history::transcode(&bytes_of(&[0xb4af_cfb0, 0, 1, 2]), "Peer", 75, 132, Policy::refuse()).unwrap_err();
    assert!(!error.to_string().is_empty());
    let nowhere = history::decode::<Peer>(&bytes_of(&[0x0000_0123])).unwrap_err();
    assert!(nowhere.to_string().contains("0x00000123"), "{nowhere}");
}

#[test]
fn values_go_to_older_layers_and_back() {
    let peer = Peer::User(PeerUser { user_id: 7 });
    let newest = history::HISTORY.newest();
    let down = history::transcode(&peer.to_bytes().unwrap(), "Peer", newest, 100, Policy::refuse()).unwrap();
    assert_eq!(down.bytes, bytes_of(&[0x9db1_bc6d, 7]));
    assert_eq!(history::decode_at::<Peer>(100, &down.bytes).unwrap().value, peer);
    // An id that does not fit in the 32 bits of that layer.
    let long = Peer::User(PeerUser { user_id: 1 << 40 }).to_bytes().unwrap();
    let error = history::transcode(&long, "Peer", newest, 100, Policy::refuse()).unwrap_err();
    assert!(matches!(error, Error::NotConvertible(_)), "{error}");
    let losses = history::transcode(&long, "Peer", newest, 100, Policy::refuse().substitute()).map(|it| it.losses);
    assert!(losses.is_err() || losses.unwrap().iter().any(|it| it.kind == LossKind::Substituted));
}
