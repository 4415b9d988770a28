use std::path::Path;

use typelang_parser::codes::{MISSING_EQUALS, MISSING_SEMICOLON, MISSING_TYPE};

use crate::{Run, tl, tl_with_input};

fn id(declaration: &str) -> Run {
    tl(Path::new("."), &["id", declaration])
}

/// The id that the line of a dialect shows.
fn id_in(dialect: &str, run: &Run) -> String {
    let line = run.stdout.lines().find(|line| line.starts_with(dialect)).unwrap_or_else(|| panic!("{run:?}"));
    line.split_whitespace().nth(1).expect("an id").to_owned()
}

#[test]
fn known_ids_come_out_in_their_dialect() {
    let known = [
        ("telegram", "vector {t:Type} # [ t ] = Vector t", "0x1cb5c415"),
        ("telegram", "int ? = Int", "0xa8509bda"),
        ("reference", "user id:int first_name:string last_name:string = User", "0xd23c81a3"),
        ("reference", "getUsers (Vector int) = Vector User", "0x2d84d5f5"),
        ("reference", "tuple {t:Type} {n:#} [ t ] = Tuple t n", "0x9770768a"),
        ("telegram", "invokeAfterMsg {X:Type} msg_id:long query:!X = X", "0xcb9f372d"),
        ("reference", "invokeAfterMsg {X:Type} msg_id:long query:!X = X", "0x1eeb7e32"),
        ("reference", "tls.exprType _:tls.TypeExpr = tls.Expr", "0xecc9da78"),
        (
            "telegram",
            "resPQ nonce:int128 server_nonce:int128 pq:bytes server_public_key_fingerprints:Vector<long> = ResPQ",
            "0x05162463",
        ),
    ];
    for (dialect, declaration, expected) in known {
        let run = id(declaration);
        assert_eq!((run.code, id_in(dialect, &run).as_str()), (Some(0), expected), "{run:?}");
    }
}

#[test]
fn the_text_of_each_dialect_is_shown() {
    let run = id("messages.sendEncrypted#44fa7a15 flags:# silent:flags.0?true peer:InputEncryptedChat random_id:long \
                  data:bytes = messages.SentEncryptedMessage;");
    let expected = "\
telegram   0x44fa7a15  messages.sendEncrypted flags:# peer:InputEncryptedChat random_id:long data:string = messages.SentEncryptedMessage
reference  0xfc04d747  messages.sendEncrypted flags:# silent:flags.0?true peer:InputEncryptedChat random_id:long data:bytes = messages.SentEncryptedMessage
declared   0x44fa7a15  matches the telegram dialect
";
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected, ""));
}

#[test]
fn a_declared_id_is_compared() {
    let verdicts = [
        ("user#d23c81a3 id:int first_name:string last_name:string = User", "matches both dialects"),
        ("invokeAfterMsg#1eeb7e32 {X:Type} msg_id:long query:!X = X", "matches the reference dialect"),
        ("user#00000001 id:int = User", "matches neither dialect\n"),
        (
            "accessPointRule#4679b65f phone_prefix_rules:bytes dc_id:int ips:vector<IpPort> = AccessPointRule",
            "pinned to 4679b65f",
        ),
    ];
    for (declaration, verdict) in verdicts {
        let run = id(declaration);
        assert!(run.stdout.contains(verdict), "{run:?}");
    }
    assert!(!id("user id:int = User").stdout.contains("declared"));
}

#[test]
fn semicolon_and_comment_do_not_matter() {
    let expected = id("user id:int = User").stdout;
    for same in [
        "user id:int = User;",
        "user id:int = User // the end",
        "// first\nuser\n  id:int\n  = User",
        "user id:int => User",
    ] {
        let run = id(same);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), expected.as_str(), ""), "{same}");
    }
}

#[test]
fn several_declarations_are_several_blocks() {
    let run =
        tl_with_input(Path::new("."), &["id", "-"], "user id:int = User;\n---functions---\ngetUser#1 id:int = User;\n");
    let blocks: Vec<usize> = run.stdout.split("\n\n").map(|block| block.lines().count()).collect();
    assert_eq!((run.code, blocks), (Some(0), vec![2, 3]));
}

#[test]
fn what_is_no_declaration_is_rendered() {
    for (wrong, code) in [
        ("user id:int", MISSING_EQUALS.name),
        ("user id: = User;", MISSING_TYPE.name),
        ("a = A b = B", MISSING_SEMICOLON.name),
    ] {
        let run = id(wrong);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
        assert!(run.stderr.contains(&format!("error[{code}]")) && run.stderr.contains("<declaration>:1:"), "{run:?}");
    }
    assert_eq!(id("// nothing").code, Some(1));
}
