//! `tl decode --select`: parts of objects, in messages and alone.

use crate::{Run, folder, tl};

const SCHEMA: &str = "peerUser#59511722 user_id:long = Peer;\npeerChat#36c6019a chat_id:int = Peer;\n\
                      slice#0000000a count:int peers:Vector<Peer> = Peers;\n\
                      update#0000000b pts:int = Update;\nnotice#0000000c flags:# text:flags.0?string = Update;\n\
                      ---functions---\ngetPeers#0000000d = Peers;\ngetIds#0000000e = Vector<long>;\n";

/// A slice of a user and a chat, and the same as gzip.
const SLICE: &str = "0a00000002000000 15c4b51c02000000 221751590500000000000000 9a01c63606000000";
const UPDATE: &str = "0b000000 07000000";
const NOTICE: &str = "0c000000 01000000 02686900";

fn decode(arguments: &[&str]) -> Run {
    let folder = folder(&[("api.tl", SCHEMA)]);
    tl(folder.path(), &[&["decode", "--schema", "api.tl"], arguments].concat())
}

/// The output of the command for an input without findings.
fn selected(arguments: &[&str]) -> String {
    let run = decode(arguments);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    run.stdout
}

fn container(bodies: &[&str]) -> String {
    let message =
        |body: &&str| format!("{} 00000000 {:02x}000000 {body}", "00".repeat(8), body.replace(' ', "").len() / 2);
    format!("dcf8f173 {:02x}000000 {}", bodies.len(), bodies.iter().map(message).collect::<String>())
}

#[test]
fn parts_are_shown_one_after_another() {
    assert_eq!(selected(&["--select", "count", SLICE]), "2\n");
    assert_eq!(selected(&["--select", "peers[*].user_id", "--select", "count", SLICE]), "\"5\"\n2\n");
    assert_eq!(selected(&["--select", "peers[-1].chat_id", "--type", "Peers", SLICE]), "6\n");
    let peers = selected(&["--select", "peers[*]", "--format", "compact", SLICE]);
    assert_eq!(peers, "{\"_\":\"peerUser\",\"user_id\":\"5\"}\n{\"_\":\"peerChat\",\"chat_id\":6}\n");
    assert_eq!(
        selected(&["--select", "peers[*].(peerChat)", SLICE]),
        "{\n  \"_\": \"peerChat\",\n  \"chat_id\": 6\n}\n"
    );
    let ids = "15c4b51c02000000 0100000000000000 0200000000000000";
    assert_eq!(selected(&["--select", "[1]", "--type", "getIds", ids]), "\"2\"\n");
}

#[test]
fn a_dump_has_offsets_and_ways() {
    let dump = selected(&["--format", "dump", "--select", "peers[*]", "--select", "peers[*].user_id", SLICE]);
    let expected = "\
000010  slice.peers[0]: peerUser#59511722
000014    user_id: 5
00001c  slice.peers[1]: peerChat#36c6019a
000020    chat_id: 6
000014  slice.peers[0].user_id: 5
";
    assert_eq!(dump, expected);
    let input = container(&[UPDATE, NOTICE]);
    let dump = selected(&["--format", "dump", "--select", "pts", "--select", "text", &input]);
    assert_eq!(dump, "00001c  update.pts: 7\n000038  notice.text: \"hi\"\n");
}

#[test]
fn every_object_of_the_input_is_asked() {
    let result = format!("016d5cf3 0900000000000000 {SLICE}");
    let input = container(&[&result, UPDATE, NOTICE, UPDATE]);
    assert_eq!(selected(&["--select", "pts", &input]), "7\n7\n");
    assert_eq!(selected(&["--select", "peers[*].chat_id", "--select", "text", &input]), "6\n\"hi\"\n");
    assert_eq!(selected(&["--select", "pts", &format!("{UPDATE} {NOTICE} {UPDATE}")]), "7\n7\n");
    let packed = "1f8b08000000000002ffe3626060600262d1235b6540b4927860242b030480d86c503600b91e937628000000";
    let packed = format!("a1cf7230{:02x}{packed}{}", packed.len() / 2, "00".repeat((3 - packed.len() / 2 % 4) % 4));
    assert_eq!(selected(&["--select", "peers[*].user_id", &container(&[&packed, UPDATE])]), "\"5\"\n\"6\"\n");
}

#[test]
fn a_path_that_fits_no_object_is_an_error() {
    let run = decode(&["--select", "peer[*].user_id", "--select", "count", SLICE]);
    let error =
        "error: `peer[*].user_id`: at character 1 of the path: `peer` is not a field of slice; did you mean `peers`?\n";
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "2\n", error));
    // Of one object in several, it is not.
    let run = decode(&["--select", "text", &format!("{UPDATE} {NOTICE}")]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "\"hi\"\n"));
    let run = decode(&["--select", "text", "0c00000000000000"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "note: `text`: the input has no such part\n");
    assert_eq!(decode(&["--select", "", SLICE]).code, Some(2));
}

#[test]
fn parts_before_a_fault_are_shown() {
    let run = decode(&["--select", "count", "--select", "peers[*].user_id", &SLICE[..SLICE.len() - 8]]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "2\n\"5\"\n"));
    assert_eq!(
        run.stderr,
        "error: slice.peers[1].chat_id: unexpected end of input at byte 32; 4 bytes needed, 0 left\n"
    );
}
