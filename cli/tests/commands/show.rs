use crate::{Run, folder, tl};

const SCHEMA: &str = "// LAYER 7\nboolFalse#bc799737 = Bool;\n\
                      chat#f141b5e1 id:int = EncryptedChat;\nchatNone#0000000a = EncryptedChat;\n\
                      note#0000000b chat:EncryptedChat marks:Vector<EncryptedChat> = Note;\n\
                      messages.sentMessage#0000000c date:int = messages.SentMessage;\n---functions---\n\
                      messages.sendEncrypted#44fa7a15 chat:EncryptedChat data:bytes = messages.SentMessage;\n\
                      messages.sendEncryptedFile#0000000e = Vector<EncryptedChat>;\n";
const OLDER: &str = "chat#0000000d id:int = EncryptedChat;\n";

fn show(arguments: &[&str]) -> Run {
    let folder = folder(&[("api.tl", SCHEMA), ("older.tl", OLDER)]);
    tl(folder.path(), &[&["show", "--schema", "api.tl"], arguments].concat())
}

/// Without the line that tells the layers, which grow.
const SEND: &str = "\
messages.sendEncrypted#44fa7a15 chat:EncryptedChat data:bytes = messages.SentMessage;
  declared      api.tl:8
  id            0x44fa7a15, on the wire 15 7a fa 44
  returns       messages.sentMessage
  see           https://core.telegram.org/method/messages.sendEncrypted
";

fn without_layers(shown: &str) -> String {
    shown.split_inclusive('\n').filter(|line| !line.starts_with("  of  ")).collect()
}

#[test]
fn layers_of_the_api_are_told() {
    let newest = tl(&std::env::temp_dir(), &["layer"]).stdout;
    let newest = newest.lines().find_map(|line| line.strip_prefix("// LAYER ")).expect("a layer").to_owned();
    let run = show(&["messages.sendEncrypted"]);
    assert!(
        run.stdout.contains("\n  of            layers ") && run.stdout.contains(&format!(" to {newest}\n")),
        "{run:?}"
    );
    // The id is another declaration's, or the schema is not the API.
    assert!(!show(&["chat_none"]).stdout.contains("  of  "));
    let folder = folder(&[("other.tl", "null#56730bcc = Null;\n")]);
    assert!(!tl(folder.path(), &["show", "--schema", "other.tl", "null"]).stdout.contains("  of  "));
    // What no schema has may be of another layer.
    let run = show(&["#38116ee0"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.starts_with("message#38116ee0 flags:# out:flags.1?true"), "{run:?}");
    assert!(run.stderr.contains("this is of other layers of the Telegram API"), "{run:?}");
    assert!(run.stdout.contains("\n  of            layers 136 to "), "{run:?}");
}

#[test]
fn a_declaration_is_found_by_everything_that_people_have() {
    for query in [
        "messages.sendEncrypted",
        "sendEncrypted",
        "send_encrypted",
        "messages.send_encrypted",
        "messages::SendEncrypted",
        "#44fa7a15",
        "0x44fa7a15",
        "44FA7A15",
        "1157265941",
    ] {
        let run = show(&[query]);
        let stdout = without_layers(&run.stdout);
        assert_eq!((run.code, stdout.as_str(), run.stderr.as_str()), (Some(0), SEND, ""), "{query}");
    }
    for query in ["157afa44", "15 7a fa 44", "0x157afa44"] {
        let run = show(&[query]);
        assert_eq!((run.code, without_layers(&run.stdout).as_str()), (Some(0), SEND), "{query}");
        assert!(run.stderr.contains("byte order of the wire"), "{run:?}");
    }
}

#[test]
fn a_part_of_a_name_lists_declarations() {
    let run = show(&["nd_encrypted"]);
    assert_eq!((run.code, run.stdout.lines().count()), (Some(0), 2), "{run:?}");
    assert!(run.stdout.ends_with("messages.sendEncryptedFile#0000000e = Vector<EncryptedChat>;\n"), "{run:?}");
}

#[test]
fn types_and_constructors_tell_where_they_are_used() {
    let run = show(&["EncryptedChat"]);
    let expected = "\
EncryptedChat, a type
  constructors  chat, chatNone
  contained in  note
  taken by      messages.sendEncrypted
  returned by   messages.sendEncryptedFile
  see           https://core.telegram.org/type/EncryptedChat
";
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), expected), "{run:?}");
    let run = show(&["chat_none"]);
    assert!(run.stdout.starts_with("chatNone#0000000a = EncryptedChat;\n"), "{run:?}");
    assert!(run.stdout.contains("  or else       chat\n  contained in  note\n"), "{run:?}");
    assert!(show(&["boolFalse"]).stdout.contains("0xbc799737, on the wire 37 97 79 bc"));
    // What MTProto itself sends; it has no page of its own.
    let run = show(&["0x347773c5"]);
    assert!(run.stdout.starts_with("pong#347773c5 ") && !run.stdout.contains("https"), "{run:?}");
}

#[test]
fn several_schemas_are_looked_at() {
    let run = show(&["older.tl", "--", "chat"]);
    assert!(run.stdout.contains("chat#f141b5e1") && run.stdout.contains("chat#0000000d"), "{run:?}");
    assert!(run.stdout.contains("api.tl:3") && run.stdout.contains("older.tl:1"), "{run:?}");
    let run = show(&["older.tl", "0000000d"]);
    assert!(run.stdout.starts_with("chat#0000000d"), "{run:?}");
}

#[test]
fn what_is_not_there_is_told() {
    let run = show(&["messages.sendEncryptd"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("did you mean `messages.sendEncrypted`?"), "{run:?}");
    assert_eq!(show(&["#12345678"]).code, Some(1));
    assert_eq!(show(&[]).code, Some(2));
}
