//! Ids: the rule, its two dialects, and the known exceptions.

use typelang_parser::ast::{Combinator, File};
use typelang_parser::codes::{ID_MISMATCH, PINNED_ID, RESERVED_ID};
use typelang_parser::ids::{
    Dialect, PINNED, canonical_text, check_ids, compute_id, detect_dialect, detect_dialect_of_all, id_of,
};
use typelang_parser::{Code, Diagnostic, Severity, SourceId, parse};

fn file(text: &str) -> File {
    let parsed = parse(SourceId::default(), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.file
}

fn first(file: &File) -> &Combinator {
    file.combinators().next().expect("a combinator")
}

fn id(text: &str, dialect: Dialect) -> u32 {
    compute_id(first(&file(text)), dialect)
}

fn canonical(text: &str, dialect: Dialect) -> String {
    canonical_text(first(&file(text)), dialect)
}

use Dialect::{Reference, Telegram};

#[test]
fn known_ids() {
    let both = [
        ("vector {t:Type} # [ t ] = Vector t;", 0x1cb5_c415),
        ("int ? = Int;", 0xa850_9bda),
        ("long ? = Long;", 0x2207_6cba),
        ("string ? = String;", 0xb528_6e24),
        ("double ? = Double;", 0x2210_c154),
        ("user id:int first_name:string last_name:string = User;", 0xd23c_81a3),
        ("getUsers Vector<int> = Vector<User>;", 0x2d84_d5f5),
        ("getUsers (Vector int) = Vector User;", 0x2d84_d5f5),
        ("tuple {t:Type} {n:#} [t] = Tuple t n;", 0x9770_768a),
        ("boolFalse = Bool;", 0xbc79_9737),
        ("boolTrue = Bool;", 0x9972_75b5),
        ("true = True;", 0x3fed_d339),
        ("tls.exprType _:tls.TypeExpr = tls.Expr;", 0xecc9_da78),
    ];
    for (text, expected) in both {
        for dialect in Dialect::ALL {
            assert_eq!(id(text, dialect), expected, "{text} in the {dialect} dialect");
        }
    }
    let functions = "invokeAfterMsg {X:Type} msg_id:long query:!X = X;";
    assert_eq!(id(functions, Telegram), 0xcb9f_372d);
    assert_eq!(id(functions, Reference), 0x1eeb_7e32);
    let bytes = "resPQ nonce:int128 server_nonce:int128 pq:bytes server_public_key_fingerprints:Vector<long> = ResPQ;";
    assert_eq!(id(bytes, Telegram), 0x0516_2463);
    assert_ne!(id(bytes, Reference), 0x0516_2463);
}

#[test]
fn bytes_are_kept_in_the_reference_dialect() {
    let text = "adnl.packetContents rand1:bytes flags:# from:flags.0?PublicKey from_short:flags.1?adnl.id.short \
                message:flags.2?adnl.Message messages:flags.3?(vector adnl.Message) address:flags.4?adnl.addressList \
                priority_address:flags.5?adnl.addressList seqno:flags.6?long confirm_seqno:flags.7?long \
                recv_addr_list_version:flags.8?int recv_priority_addr_list_version:flags.9?int \
                reinit_date:flags.10?int dst_reinit_date:flags.10?int signature:flags.11?bytes rand2:bytes \
                = adnl.PacketContents;";
    assert_eq!(id(text, Reference), 0xd142_cd89);
    assert_ne!(id(text, Telegram), 0xd142_cd89);
}

#[test]
fn normalised_text() {
    let cases = [
        ("a#1 x:Vector<Pair<int,%Long>>=A;", "a x:Vector Pair int %Long = A"),
        ("a x:%vector<%(Maybe int)> = A;", "a x:vector %Maybe int = A"),
        ("a {X Y:Type} {n:#} x:!X = A X n;", "a X:Type Y:Type n:# x:X = A X n"),
        ("a n:# m:n*[ x:int y:(n+1)*[%t] ] [ int ] = A;", "a n:# m:n*[ x:int y:n+1*[ t ] ] [ int ] = A"),
        ("a (x y:int) string _:long = A;", "a x:int y:int string _:long = A"),
        ("a x:(Tuple int 1+n+2) y:(Tuple int 1+2) = A;", "a x:Tuple int n+3 y:Tuple int 3 = A"),
        ("@read a f:# x:f.31?true y:f.0?bytes z:bytes w:Vector<bytes> => A;", {
            "a f:# x:f.31?true y:f.0?bytes z:bytes w:Vector bytes = A"
        }),
    ];
    for (text, expected) in cases {
        assert_eq!(canonical(text, Reference), expected);
    }
    let flags = "a mode:# x:mode.31?true y:mode.0?bytes z:bytes w:Vector<bytes> v:true q:!X = A;";
    assert_eq!(canonical(flags, Telegram), "a mode:# y:mode.0?string z:string w:Vector bytes v:true q:!X = A");
}

#[test]
fn the_dialect_shows_itself() {
    let telegram = file("a#e317af7e x:int = A; invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X;");
    let reference = file("invokeAfterMsg#1eeb7e32 {X:Type} msg_id:long query:!X = X;");
    let silent = file("a x:int = A;");
    assert_eq!(detect_dialect(&telegram), Telegram);
    assert_eq!(detect_dialect(&reference), Reference);
    assert_eq!(detect_dialect(&silent), Reference);
    assert_eq!(detect_dialect_of_all([&silent, &telegram]), Telegram);
    assert_eq!(detect_dialect_of_all([&reference, &telegram]), Reference, "a tie");
}

#[test]
fn a_declared_id_counts() {
    let file = file("boolTrue#12 = Bool; boolFalse = Bool;");
    let ids: Vec<u32> = file.combinators().map(|combinator| id_of(combinator, Reference)).collect();
    assert_eq!(ids, [0x12, 0xbc79_9737]);
}

fn checked(text: &str, dialect: Dialect) -> Vec<Diagnostic> {
    check_ids(&file(text), dialect)
}

#[test]
fn a_wrong_id_is_a_warning_with_the_right_one() {
    let found = checked("boolTrue#997275b5 = Bool;\nboolFalse#12345678 = Bool;", Reference);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].severity, found[0].code), (Severity::Warning, &ID_MISMATCH));
    assert!(found[0].message.contains("bc799737"), "{}", found[0].message);
    assert_eq!(found[0].primary.span.range(), 35..44);
}

#[test]
fn the_other_dialect_is_mentioned() {
    let found = checked("invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X;", Reference);
    assert_eq!(found[0].code, &ID_MISMATCH);
    assert_eq!(found[0].notes, ["the Telegram dialect gives the declared id"]);
    assert_eq!(checked("invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X;", Telegram), []);
}

#[test]
fn reserved_ids_are_warned_of() {
    let codes: Vec<&Code> = checked("a#0 = A; b#ffffffff = B;", Reference).iter().map(|found| found.code).collect();
    assert_eq!(codes, [&RESERVED_ID, &RESERVED_ID]);
}

#[test]
fn renamed_and_pinned_declarations_are_notes() {
    let text = "decryptedMessage8#1f814f1f random_id:long random_bytes:bytes message:string \
                media:DecryptedMessageMedia = DecryptedMessage;\
                consensus.broadcastExtraLegacy#921297fa slot:int = consensus.BroadcastExtra;\
                msg_container#73f1f8dc messages:vector<%Message> = MessageContainer;";
    for found in checked(text, Telegram) {
        assert_eq!((found.severity, found.code), (Severity::Note, &PINNED_ID), "{}", found.message);
    }
    assert_eq!(checked(text, Telegram).len(), 3);
    // The exception is the pair of name and id, not the name.
    assert_eq!(checked("msg_container#73f1f8dd = A;", Telegram)[0].code, &ID_MISMATCH);
    assert_eq!(PINNED.iter().filter(|pinned| pinned.name == "channel").count(), 1);
}
