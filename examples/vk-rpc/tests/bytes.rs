//! What goes over the wire, byte by byte.

use typelang::{Encode, EncodeErrorKind, Function};
use typelang_example_vk_rpc::tl::enums::Maybe;
use typelang_example_vk_rpc::tl::functions::rpc::OnServer;
use typelang_example_vk_rpc::tl::functions::visits::{GetHistory, GetTotals};
use typelang_example_vk_rpc::tl::types::ResultTrue;
use typelang_example_vk_rpc::tl::types::visits::{Day, History};
use typelang_example_vk_rpc::{MAX_DAYS, PAGE, SECONDS, VISITORS, call, result_bytes, serve};

fn get_history(fields_mask: u32, days: u32) -> GetHistory {
    GetHistory { fields_mask, days, page: "a".to_owned() }
}

fn found(history: Vec<Day>) -> Maybe<History> {
    Maybe::ResultTrue(ResultTrue { result: History { page: "a".to_owned(), history } })
}

/// What `resultTrue`, `visits.history` and the name of the page are in every answer below.
const HEAD: &[u8] = b"\xf8\x8e\x9c\x3f\x94\xc7\xcb\xcd\x01a\0\0";

#[test]
fn a_request_has_its_numbers_in_it() {
    let bytes = get_history(VISITORS, 2).to_bytes().unwrap();
    assert_eq!(bytes, b"\x69\xbc\xf4\x9f\x01\0\0\0\x02\0\0\0\x01a\0\0");
}

#[test]
fn an_answer_has_what_was_asked_for() {
    let request = get_history(0, 3);
    let bytes = [HEAD, b"\x07\0\0\0\x08\0\0\0\x09\0\0\0"].concat();
    let day = |views| Day { views, visitors: None, seconds: None };
    assert_eq!(request.read_output(&bytes).unwrap(), found(vec![day(7), day(8), day(9)]));

    // The same number of bytes, read by another request.
    let request = get_history(SECONDS, 1);
    let bytes = [HEAD, b"\x07\0\0\0\0\0\0\0\0\0\xf8\x3f"].concat();
    let expected = found(vec![Day { views: 7, visitors: None, seconds: Some(1.5) }]);
    assert_eq!(request.read_output(&bytes).unwrap(), expected);
    assert_eq!(result_bytes(&request, &expected).unwrap(), bytes);
}

#[test]
fn nothing_is_an_id() {
    let request = get_history(VISITORS | SECONDS, 100);
    assert_eq!(request.read_output(b"\x7b\x0a\x93\x27").unwrap(), Maybe::ResultFalse);
}

#[test]
fn a_tuple_has_as_many_elements_as_the_request_says() {
    let request = GetTotals { count: 2, pages: vec!["a".to_owned(), "b".to_owned()] };
    assert_eq!(request.to_bytes().unwrap(), b"\x3d\x99\x90\x96\x02\0\0\0\x01a\0\0\x01b\0\0");
    let answer = b"\x8a\x76\x70\x97\x05\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff";
    assert_eq!(request.read_output(answer).unwrap(), [5, -1]);
    assert!(request.read_output(&answer[..16]).is_err());
}

#[test]
fn a_wrapper_gives_what_the_request_inside_gives() {
    let request = OnServer { server_id: 5, query: get_history(0, 1) };
    let bytes = request.to_bytes().unwrap();
    assert_eq!(bytes, b"\xbc\xf3\x15\xb5\x05\0\0\0\0\0\0\0\x69\xbc\xf4\x9f\0\0\0\0\x01\0\0\0\x01a\0\0");
    let answer = [HEAD, b"\x07\0\0\0"].concat();
    let expected = found(vec![Day { views: 7, visitors: None, seconds: None }]);
    assert_eq!(request.read_output(&answer).unwrap(), expected);
}

#[test]
fn what_was_not_asked_for_cannot_be_sent() {
    let day = Day { views: 7, visitors: Some(1), seconds: None };
    let kind = |request: GetHistory, days: Vec<Day>| *result_bytes(&request, &found(days)).unwrap_err().kind();
    assert!(matches!(kind(get_history(0, 1), vec![day]), EncodeErrorKind::PresenceMismatch { .. }));
    assert!(matches!(kind(get_history(VISITORS | SECONDS, 1), vec![day]), EncodeErrorKind::PresenceMismatch { .. }));
    assert!(matches!(kind(get_history(VISITORS, 2), vec![day]), EncodeErrorKind::CountMismatch { .. }));
    let wrong = GetTotals { count: 3, pages: Vec::new() }.to_bytes().unwrap_err();
    assert!(matches!(wrong.kind(), EncodeErrorKind::CountMismatch { .. }));
}

#[test]
fn client_and_server_understand_each_other() {
    let request = GetHistory { fields_mask: SECONDS, days: 3, page: PAGE.to_owned() };
    let Maybe::ResultTrue(answer) = call(&request).unwrap() else { panic!("the page is known") };
    assert_eq!(answer.result.history, [Day { views: 10, visitors: None, seconds: Some(1.5) }; 3]);
    assert_eq!(call(&get_history(0, 3)).unwrap(), Maybe::ResultFalse);

    let query = GetTotals { count: 2, pages: vec![PAGE.to_owned(), "a".to_owned()] };
    assert_eq!(call(&OnServer { server_id: 1, query }).unwrap(), [10_000, 0]);

    let too_many = GetHistory { days: MAX_DAYS + 1, ..request };
    assert!(serve(&too_many.to_bytes().unwrap()).is_err());
}
