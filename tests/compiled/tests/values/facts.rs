//! Errors and callers of functions.

use typelang::rpc::Callers;
use typelang_tests_compiled::facts::RpcErrorKind;
use typelang_tests_compiled::facts::functions::{GetUser, InvokeLater, chats};
use typelang_tests_compiled::facts::types::RpcErrorKind_;

#[test]
fn functions_say_what_is_known_about_them() {
    assert_eq!(GetUser::AVAILABILITY, Callers::Users);
    assert_eq!(chats::Add::ERRORS, [RpcErrorKind::ChatIdInvalid, RpcErrorKind::_2FaWait(0)]);
    assert_eq!(chats::Add::AVAILABILITY, Callers::Both);
    assert_eq!(InvokeLater::<GetUser>::ERRORS, [RpcErrorKind::Unknown2, RpcErrorKind::Timeout]);
    assert_eq!(InvokeLater::<GetUser>::AVAILABILITY, Callers::Bots);
    // A type of the schema that is called like the enum gives way.
    assert_eq!(RpcErrorKind_ { code: 400 }.code, 400);
}

#[test]
fn errors_are_told_apart_by_their_messages() {
    let parse = |message| RpcErrorKind::parse(0, message);
    assert_eq!(parse("FILE_PART_3_MISSING"), RpcErrorKind::FilePartMissing(3));
    assert_eq!(parse("FILE_PART_MISSING"), RpcErrorKind::FilePartMissing2);
    assert_eq!(parse("2FA_WAIT_30"), RpcErrorKind::_2FaWait(30));
    assert_eq!(parse("UNKNOWN"), RpcErrorKind::Unknown2);
    assert_eq!(parse("UNKNOWN").codes(), [500]);
    assert_eq!(parse("Timeout").codes(), [-503]);
    assert_eq!(parse("?"), RpcErrorKind::Unknown { code: 0, message: "?".to_owned() });
}
