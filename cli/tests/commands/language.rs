//! Rarer constructs of the language, from the schema to the output of the commands for bytes of it.

use crate::{folder, tl};

/// Runs `tl decode --format compact` and `tl encode` on what it wrote, which must give the same bytes; returns the JSON.
fn json(schema: &str, bytes: &str) -> String {
    let folder = folder(&[("schema.tl", schema)]);
    let run = tl(folder.path(), &["decode", "-s", "schema.tl", "--format", "compact", bytes]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let encoded = tl(folder.path(), &["encode", "-s", "schema.tl", run.stdout.trim_end()]);
    assert_eq!(encoded.stdout.trim_end(), bytes.replace(' ', ""), "{encoded:?}");
    run.stdout.trim_end().to_owned()
}

/// The errors of `tl decode` for bytes that it refuses, or cannot tell.
fn refused(schema: &str, arguments: &[&str]) -> String {
    let folder = folder(&[("schema.tl", schema)]);
    let run = tl(folder.path(), &[&["decode", "-s", "schema.tl"], arguments].concat());
    assert_eq!(run.code, Some(1), "{run:?}");
    run.stderr
}

#[test]
fn built_in_types_are_values_of_object() {
    let schema = "int#a8509bda ? = Int;\nstring ? = String;\nreply#00000001 id:long result:Object more:Vector<Object> = Reply;\n\
                  ask#00000002 sure:Bool = Ask;\n";
    let expected = "{\"_\":\"reply\",\"id\":\"1\",\"result\":true,\"more\":[false,{\"_\":\"int\",\"value\":7},\
                    {\"_\":\"string\",\"value\":\"hi\"},{\"_\":\"ask\",\"sure\":false}]}";
    let bytes = "01000000 0100000000000000 b5757299 15c4b51c 04000000 379779bc da9b50a8 07000000 246e28b5 02686900 \
                 02000000 379779bc";
    assert_eq!(json(schema, bytes), expected);
    // One that the schema neither declares nor uses has no id.
    let without = "reply#00000001 id:long result:Object = Reply;\n";
    let said = refused(without, &["01000000 0100000000000000 b5757299"]);
    assert!(said.contains("reply.result: unknown constructor 0x997275b5"), "{said}");
}

#[test]
fn an_id_that_two_have_needs_a_type() {
    let schema = "fault#00000001 code:int = Fault;\nprefix#00000002 key:int = Fault;\n---functions---\n\
                  wrap#00000002 {X:Type} key:int query:!X = X;\nping#00000003 = Fault;\n";
    let said = refused(schema, &["02000000 07000000"]);
    assert!(said.contains("the id 0x00000002 at byte 0 is that of `prefix` and of `wrap`"), "{said}");
    assert!(said.contains("help:") && said.contains("--type Function"), "{said}");
    let folder = folder(&[("schema.tl", schema)]);
    let decode =
        |ty, bytes| tl(folder.path(), &["decode", "-s", "schema.tl", "--format", "compact", "-t", ty, bytes]).stdout;
    assert_eq!(decode("Fault", "02000000 07000000"), "{\"_\":\"prefix\",\"key\":7}\n");
    let call = "{\"_\":\"wrap\",\"key\":7,\"query\":{\"_\":\"ping\"}}\n";
    assert_eq!(decode("Function", "02000000 07000000 03000000"), call);
}

#[test]
fn a_built_in_type_of_the_schemas_own_needs_a_path() {
    let schema = "bigBytes ? = BigBytes;\nblock#d141e498 id:int data:bigBytes = Block;\n";
    let said = refused(schema, &["98e441d1 07000000 00000000"]);
    assert!(said.contains("block.data: cannot read `bigBytes` at byte 8"), "{said}");
    let folder = folder(&[("schema.tl", schema)]);
    let generate = |arguments: &[&str]| {
        tl(folder.path(), &[&["generate", "schema.tl", "--out", "-", "--no-documentation"], arguments].concat())
    };
    let without = generate(&[]);
    assert_eq!(without.code, Some(2), "{without:?}");
    assert!(without.stderr.contains("warning[opaque-builtin]") && without.stderr.contains("--extern-path bigBytes="));
    for name in ["bigBytes", "BigBytes"] {
        let run = generate(&["--extern-path", &format!("{name}=crate::Big")]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
        assert!(run.stdout.contains("pub data: crate::Big,"), "{run:?}");
    }
    // A path for something whose name differs in case alone is not one for this.
    let folder_of_two = crate::folder(&[("two.tl", &format!("{schema}bigbytes = Bigbytes;\n"))]);
    let arguments = ["generate", "two.tl", "--out", "-", "--extern-path", "Bigbytes=crate::Other"];
    let other = tl(folder_of_two.path(), &arguments);
    assert!(other.code == Some(2) && other.stderr.contains("warning[opaque-builtin]"), "{other:?}");
    let wrong = generate(&["--extern-path", "bigBytes"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    let check = tl(folder.path(), &["check", "schema.tl"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.stderr.contains("warning[opaque-builtin]"), "{check:?}");
}

#[test]
fn a_result_that_nothing_constructs_is_a_warning() {
    let schema = "---functions---\nwait#1c31b9d9 delay:int = HttpWait;\n";
    let folder = folder(&[("schema.tl", schema)]);
    let check = tl(folder.path(), &["check", "schema.tl"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(check.stderr.contains("warning[undefined-result]"), "{check:?}");
    let run = tl(folder.path(), &["generate", "schema.tl", "--out", "-", "--extern-path", "HttpWait=crate::Wait"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stdout.contains("type Value = crate::Wait;"), "{run:?}");
}

#[test]
fn layers_of_one_file_are_one_family() {
    let schema = "===8===\nnote#1f814f1f id:long = Note;\n===17===\nnote#204d3878 id:long ttl:int = Note;\n\
                  ===45===\nnote#36b091de id:int = Note;\n";
    assert_eq!(json(schema, "1f4f811f 0700000000000000"), "{\"_\":\"note8\",\"id\":\"7\"}");
    assert_eq!(json(schema, "78384d20 0700000000000000 01000000"), "{\"_\":\"note17\",\"id\":\"7\",\"ttl\":1}");
    assert_eq!(json(schema, "de91b036 07000000"), "{\"_\":\"note\",\"id\":7}");
    let folder = folder(&[("schema.tl", schema)]);
    let check = tl(folder.path(), &["check", "schema.tl", "--allow", "id-mismatch", "--deny-warnings"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    let run = tl(folder.path(), &["generate", "schema.tl", "--out", "-"]);
    for name in ["pub struct Note8 {", "pub struct Note17 {", "pub struct Note {", "pub enum Note {"] {
        assert!(run.stdout.contains(name), "{name}: {run:?}");
    }
    let fmt = tl(folder.path(), &["fmt", "--check", "schema.tl"]);
    assert_eq!(fmt.code, Some(0), "{fmt:?}");
}
