//! Each kind of change is found, and nothing else beside it.

use typelang_diff::{Change, Changes, Detail, Kind, Status, changelog, compare};
use typelang_ir::{Schema, resolve};
use typelang_parser::Severity;

fn schema(text: &str) -> Schema {
    let parsed = typelang_parser::parse(Default::default(), text);
    let resolution = resolve(&[parsed.file], Default::default());
    let errors = parsed.diagnostics.iter().chain(&resolution.diagnostics).filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.map(|it| &it.message).collect::<Vec<_>>(), Vec::<&String>::new(), "{text}");
    resolution.schema
}

fn changes(old: &str, new: &str) -> Changes {
    compare(&schema(old), &schema(new))
}

/// Every change in few words.
fn words(old: &str, new: &str) -> Vec<String> {
    let changes = changes(old, new);
    let of_declaration = |change: &Change| {
        let side = change.newest().expect("a side");
        let details: Vec<String> = change.details.iter().map(detail).collect();
        format!("{} {} {} {}", change.status().name(), change.kind.name(), side.name, details.join(", "))
            .trim()
            .to_owned()
    };
    let declarations = changes.declarations.iter().map(of_declaration);
    let types = changes
        .types
        .iter()
        .map(|it| format!("{} type {} +{:?} -{:?}", it.status().name(), it.name(), it.added, it.removed));
    declarations.chain(types).collect()
}

fn detail(detail: &Detail) -> String {
    match detail {
        Detail::FieldAdded(field) => format!("+{}:{}", field.name, field.text()),
        Detail::FieldRemoved(field) => format!("-{}:{}", field.name, field.text()),
        Detail::FieldRenamed { old, new } => format!("{old}=>{}", new.name),
        Detail::FieldTypeChanged { old, new, is_boxing } => {
            format!("{}:{}=>{}{}", new.name, old.ty, new.ty, if *is_boxing { " boxing" } else { "" })
        }
        Detail::FieldConditionChanged { old, new } => {
            format!("{}:{:?}=>{:?}", new.name, old.condition.as_deref(), new.condition.as_deref())
        }
        Detail::ParametersChanged { old, new } => format!("{old}=>{new}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn equal_schemas_have_no_changes() {
    let text = "a {X:Type} n:# x:X y:n*[ p:int q:%(Vector X) ] = A X;\nb = B;\n_ x:b = C;\n---functions---\nf {X:Type} q:!X = X;";
    assert!(changes(text, text).is_empty());
    // Order, comments and another place mean nothing.
    let other = "// Another text\nb = B;\n_ x:b = C;\na {X:Type} n:# x:X y:n*[ p:int q:%(Vector X) ] = A X;\n---functions---\nf {X:Type} q:!X = X;";
    assert!(changes(text, other).is_empty());
}

#[test]
fn declarations_come_and_go() {
    assert_eq!(
        words("a = A;\nb = A;\n---functions---\nf = A;", "a = A;\nc x:int = A;\n---functions---\ng x:long = A;"),
        [
            "added constructor c",
            "added function g",
            "removed constructor b",
            "removed function f",
            "changed type A +[\"c\"] -[\"b\"]"
        ]
    );
    assert_eq!(
        words("a = A;\nb x:int = B;", "a = A;\nc x:long = C;"),
        ["added constructor c", "removed constructor b", "added type C +[\"c\"] -[]", "removed type B +[] -[\"b\"]"]
    );
}

#[test]
fn renames_are_recognised_by_the_id_and_by_the_fields() {
    assert_eq!(
        words("photo#11111111 x:int = Photo;", "picture#11111111 x:int = Photo;"),
        ["changed constructor picture Renamed"]
    );
    assert_eq!(
        words("messages.sendText text:string = Ok;\nok = Ok;", "chat.sendText text:string = Ok;\nok = Ok;"),
        ["changed constructor chat.sendText NamespaceMoved, IdChanged"]
    );
    // Nothing in common but the fields: two declarations.
    let unlike = words("cat age:int = Animal;\nfish = Animal;", "dog age:int = Animal;\nfish = Animal;");
    assert_eq!(unlike[..2], ["added constructor dog", "removed constructor cat"]);
    // Of several with the same fields, none.
    let several = words(
        "bigCat age:int = Animal;\nsmallCat age:int = Animal;\nfish = Animal;",
        "oldCat age:int = Animal;\nfish = Animal;",
    );
    assert_eq!(several.len(), 4, "{several:?}");
}

#[test]
fn a_type_that_is_renamed_does_not_change_what_uses_it() {
    assert_eq!(
        words("a#00000001 = Old;\nb#00000002 x:Old y:%Old = B;", "a#00000001 = New;\nb#00000002 x:New y:%New = B;"),
        ["changed type New +[] -[]"]
    );
    assert_eq!(
        words("a#00000001 = Old;\nc#00000003 = Old;\nb = B;", "a#00000001 = B;\nc#00000003 = Old;\nb = B;"),
        ["changed constructor a Moved", "changed type B +[\"a\"] -[]", "changed type Old +[] -[\"a\"]"]
    );
}

#[test]
fn fields_change() {
    let of = |old: &str, new: &str| {
        let declaration =
            |fields: &str| format!("int#a8509bda ? = Int;\na#00000001 {fields} = A;\nb = B;\nc = C;\nd = C;");
        let words = words(&declaration(old), &declaration(new));
        assert_eq!(words.len(), 1, "{words:?}");
        words[0].trim_start_matches("changed constructor a ").to_owned()
    };
    assert_eq!(of("x:int", "x:int y:long"), "+y:long");
    assert_eq!(of("x:int y:long", "x:int"), "-y:long");
    assert_eq!(of("x:int y:long z:string", "x:int w:long z:string"), "y=>w");
    assert_eq!(of("x:int y:long z:string", "v:int w:long z:string"), "x=>v, y=>w");
    assert_eq!(of("x:int y:long z:string", "x:int w:double z:string"), "+w:double, -y:long");
    assert_eq!(of("x:int y:long", "y:long x:int"), "Reordered");
    assert_eq!(of("x:int", "x:long"), "x:int=>long");
    assert_eq!(of("x:B", "x:%B"), "x:B=>b boxing");
    assert_eq!(of("x:C", "x:%B"), "x:C=>b");
    assert_eq!(of("x:Vector<int>", "x:vector<int>"), "x:Vector<int>=>vector<int> boxing");
    assert_eq!(of("x:int", "x:Int"), "x:int=>Int boxing");
    assert_eq!(of("f:# x:f.1?int", "f:# x:f.2?int"), "x:Some(\"f.1\")=>Some(\"f.2\")");
    assert_eq!(of("f:# x:int", "f:# x:f.2?int"), "x:None=>Some(\"f.2\")");
    assert_eq!(of("f:# x:f.2?int y:f.3?int", "f:# x:int y:f.3?int"), "x:Some(\"f.2\")=>None");
    assert_eq!(of("f:# x:f.2?int", "f:# x:f.1?long"), "x:int=>long, x:Some(\"f.2\")=>Some(\"f.1\")");
    assert_eq!(of("x:int", "f:# x:int y:f.0?true"), "+f:#, +y:f.0?true");
}

#[test]
fn functions_change() {
    assert_eq!(
        words("a = A;\n---functions---\nf#00000001 = A;", "a = A;\n---functions---\nf#00000001 = Vector<A>;"),
        ["changed function f ResultChanged"]
    );
    assert_eq!(
        words(
            "a = A;\n---functions---\nf#00000001 {X:Type} q:!X = X;",
            "a = A;\n---functions---\nf#00000001 {Y:Type} q:!Y = Y;"
        ),
        ["changed function f ResultChanged, {X:Type}=>{Y:Type}, q:!X=>!Y"]
    );
}

#[test]
fn a_constructor_and_a_function_of_one_name_are_two() {
    let text = "ping#00000001 x:int = Ping;\n---functions---\nping#00000002 x:int = Ping;";
    let changes = changes(text, "ping#00000001 x:int = Ping;\n---functions---\nping#00000002 x:int y:int = Ping;");
    assert_eq!(changes.with(Kind::Function, Status::Changed).count(), 1);
    assert_eq!(changes.declarations.len(), 1);
}

#[test]
fn a_changelog_says_what_breaks() {
    let old = "// LAYER 7\nuser#00000001 flags:# id:int = User;\nchat.info title:string = chat.Info;\nchat.infoOld = chat.Info;\n\
               ---functions---\nchat.getInfo id:int = chat.Info;\nchat.leave = Bool;\n";
    let new = "// LAYER 8\nuser#00000002 flags:# bot:flags.0?true id:long = User;\nuserEmpty = User;\n\
               chat.info title:string = chat.Info;\nchat.infoOld = chat.Info;\nchat.infoLong title:string text:string = chat.Info;\n\
               ---functions---\nchat.getInfo id:int part:string = chat.Info;\nchat.sendPollVote id:int = Bool;\nchat.readPollVote = Bool;\n";
    insta::assert_snapshot!(changelog(&changes(old, new)));
    assert_eq!(changelog(&changes(old, old)), "# Layer 7 (since 7)\n\nNothing has changed.\n");
}

#[test]
fn documentation_is_compared_wherever_it_is() {
    let documented =
        |before: &str, text: &str| format!("{before}//@description A user @id {text}\nuser id:long = User;\n");
    assert_eq!(words(&documented("", "The number"), &documented("// more\n\n", "The number")), Vec::<String>::new());
    let changed = words(&documented("", "The number"), &documented("", "Another text"));
    assert_eq!(changed.len(), 1, "{changed:?}");
}
