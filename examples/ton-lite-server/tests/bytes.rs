//! What goes over the wire, byte by byte.

use typelang::{Decode, Encode};
use typelang_example_ton_lite_server::tl::functions::lite_server::{GetMasterchainInfo, LookupBlock, Query};
use typelang_example_ton_lite_server::tl::types::lite_server::Error;
use typelang_example_ton_lite_server::tl::types::ton_node::{BlockId, BlockIdExt};
use typelang_example_ton_lite_server::{BY_NUMBER, Failure, ask, read_answer, serve};

/// `id` of the requests below, 16 bytes: workchain -1, shard 8000000000000000, number 7.
const ID: &[u8] = b"\xff\xff\xff\xff\0\0\0\0\0\0\0\x80\x07\0\0\0";

fn id() -> BlockId {
    BlockId { workchain: -1, shard: i64::MIN, seqno: 7 }
}

#[test]
fn a_query_wraps_the_call() {
    let call = GetMasterchainInfo.to_bytes().unwrap();
    assert_eq!(call, b"\x2e\xe6\xb5\x89");
    // The id of the query, the length of the call, the call, and zeros up to a multiple of four bytes.
    let query = Query { data: call }.to_bytes().unwrap();
    assert_eq!(query, b"\xdf\x06\x8c\x79\x04\x2e\xe6\xb5\x89\0\0\0");

    let datagram = ask([0x11; 32], &GetMasterchainInfo).unwrap();
    let (id, rest) = datagram.split_at(4);
    let (query_id, rest) = rest.split_at(32);
    assert_eq!((id, query_id), (&b"\x7a\xf9\x8b\xb4"[..], &[0x11; 32][..]));
    assert_eq!(rest, [&b"\x0c"[..], &query, b"\0\0\0"].concat());
}

#[test]
fn bits_with_fields_are_computed_and_the_others_are_kept() {
    let request = LookupBlock { mode: BY_NUMBER | 1 << 9, id: id(), lt: None, utime: Some(0x6553_f100) };
    let bytes = request.to_bytes().unwrap();
    // Bits 0 and 9 as given, bit 2 because `utime` is there; no `lt`.
    assert_eq!(bytes, [&b"\x1e\xf7\xc8\xfa\x05\x02\0\0"[..], ID, b"\0\xf1\x53\x65"].concat());
    // What is read back is what was given: the computed bit is in `utime`.
    assert_eq!(LookupBlock::from_bytes(&bytes).unwrap(), request);
}

#[test]
fn a_bit_without_its_field_is_not_sent() {
    let request = LookupBlock { mode: 0b110, id: id(), lt: Some(-2), utime: None };
    let bytes = request.to_bytes().unwrap();
    assert_eq!(bytes, [&b"\x1e\xf7\xc8\xfa\x02\0\0\0"[..], ID, b"\xfe\xff\xff\xff\xff\xff\xff\xff"].concat());
}

#[test]
fn an_answer_is_read_as_the_request_says() {
    let request = LookupBlock { mode: BY_NUMBER, id: id(), ..LookupBlock::default() };
    let header = [&b"\x19\x82\x2d\x75"[..], ID, &[0x22; 32], &[0x33; 32], b"\x01\0\0\0", b"\x02\xab\xcd\0"].concat();
    let datagram = [&b"\x16\x84\xac\x0f"[..], &[0x11; 32], &[92], &header, &[0; 3]].concat();
    let read = read_answer([0x11; 32], &request, &datagram).unwrap();
    let block = BlockIdExt { workchain: -1, shard: i64::MIN, seqno: 7, root_hash: [0x22; 32], file_hash: [0x33; 32] };
    assert_eq!((read.id, read.mode, read.header_proof), (block, 1, vec![0xab, 0xcd]));
}

#[test]
fn an_error_is_told_from_a_result() {
    // The id, the code 651, and 13 bytes of text with two zeros behind them.
    let error = b"\x48\xe1\xa9\xbb\x8b\x02\0\0\x0dno such block\0\0";
    let datagram = [&b"\x16\x84\xac\x0f"[..], &[0x11; 32], &[24], &error[..], &[0; 3]].concat();
    let expected = Failure::Server(Error { code: 651, message: "no such block".to_owned() });
    assert_eq!(read_answer([0x11; 32], &LookupBlock::default(), &datagram), Err(expected));
    assert_eq!(read_answer([0x12; 32], &LookupBlock::default(), &datagram), Err(Failure::OtherDatagram));
}

#[test]
fn client_and_server_understand_each_other() {
    let answer = serve(&ask([1; 32], &GetMasterchainInfo).unwrap()).unwrap();
    let newest = read_answer([1; 32], &GetMasterchainInfo, &answer).unwrap();
    assert_eq!((newest.last.seqno, newest.init.workchain), (7, -1));

    let missing = LookupBlock { mode: BY_NUMBER, id: BlockId { seqno: 8, ..id() }, ..LookupBlock::default() };
    let answer = serve(&ask([2; 32], &missing).unwrap()).unwrap();
    assert!(matches!(read_answer([2; 32], &missing, &answer), Err(Failure::Server(error)) if error.code == 651));
}
