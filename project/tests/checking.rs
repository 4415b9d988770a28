//! The three ways to check a project.

use typelang_facts::Facts;
use typelang_ir::{Profile, ResolveOptions};
use typelang_lint::{Level, Levels};
use typelang_parser::Diagnostic;
use typelang_project::{Checked, Group, Project};

const OPTIONS: ResolveOptions = ResolveOptions { dialect: None, profile: None };

const FACTS: &str = "format = 1\n[errors]\nGONE = 400\n[functions.getUser]\nerrors = [\"GONE\"]\n";

fn project(schemas: &[(&str, &str)]) -> Project {
    let mut project = Project::new();
    for (name, text) in schemas {
        project.add_schema(*name, text.as_bytes().to_vec());
    }
    project
}

/// The names of files and findings: `a.tl: unknown-type`.
fn found(project: &Project, diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|it| format!("{}: {}", project.sources.name(it.primary.source), it.code)).collect()
}

fn found_by_file(schemas: &[(&str, &str)]) -> Vec<String> {
    let project = project(schemas);
    found(&project, &project.by_file(OPTIONS).diagnostics)
}

#[test]
fn findings_are_in_the_order_of_files_and_places() {
    let project = project(&[("a.tl", "a x:Absent = A;\nb x:int B;\n"), ("b.tl", "c x:int C;\nd x:Absent = D;\n")]);
    let checked = project.as_one(OPTIONS);
    assert!(checked.has_errors());
    let expected = ["a.tl: unknown-type", "a.tl: missing-equals", "b.tl: missing-equals", "b.tl: unknown-type"];
    assert_eq!(found(&project, &checked.diagnostics), expected);
}

#[test]
fn the_profile_is_that_of_the_options_or_of_a_file() {
    let project = project(&[("a.tl", "// tl:profile(ton)\na x:int = A;\n")]);
    assert_eq!(project.as_one(OPTIONS).schema.profile, Some(Profile::Ton));
    let options = ResolveOptions { profile: Some(Profile::Vk), ..OPTIONS };
    assert_eq!(project.as_one(options).schema.profile, Some(Profile::Vk));
}

#[test]
fn facts_are_joined_only_if_the_schemas_are_right() {
    let mut right = project(&[("a.tl", "user id:long = User;\n---functions---\ngetUser id:long = User;\n")]);
    right.add_facts("facts.toml", FACTS.as_bytes().to_vec());
    let Checked { facts, diagnostics, .. } = right.as_one(OPTIONS);
    assert_eq!(diagnostics, []);
    assert_eq!(facts.methods["getUser"].errors[0].name, "GONE");

    let mut wrong = project(&[("a.tl", "user id:lnog = User;\n")]);
    wrong.add_facts("facts.toml", FACTS.as_bytes().to_vec());
    wrong.add_facts("broken.toml", b"format = ".to_vec());
    let Checked { facts, diagnostics, .. } = wrong.as_one(OPTIONS);
    assert_eq!(facts, Facts::default());
    // `getUser` is not missed, but faults in the text of a fact file are found.
    assert_eq!(found(&wrong, &diagnostics), ["a.tl: unknown-type", "broken.toml: invalid-toml"]);
}

#[test]
fn files_that_do_not_fit_together_make_several_schemas() {
    let api = ("api.tl", "message id:int = Message;\n");
    let secret = ("secret.tl", "message id:long = Message;\n");
    let other = ("other.tl", "chat last:Message = Chat;\n");
    let project = project(&[api, secret, other]);
    let checked = project.in_groups(OPTIONS);
    assert_eq!(checked.diagnostics, []);
    let files: Vec<&[usize]> = checked.schema.iter().map(|group| group.files.as_slice()).collect();
    assert_eq!(files, [&[0, 2][..], &[1]]);
    let constructors: Vec<usize> =
        checked.schema.iter().map(|Group { schema, .. }| schema.constructors.len()).collect();
    assert_eq!(constructors, [2, 1]);
    assert!(project.as_one(OPTIONS).has_errors());
}

#[test]
fn names_come_from_other_files_only_if_they_are_missing() {
    let common = ("common.tl", "point x:int = Point;\nshape p:point = Shape;\n");
    let other = ("other.tl", "point x:long y:long = Point;\n");
    let user = ("user.tl", "line from:Point to:point = Line;\n");
    assert!(found_by_file(&[user, common, other]).is_empty());
    assert_eq!(found_by_file(&[user]), ["user.tl: unknown-type", "user.tl: unknown-type"]);
}

#[test]
fn files_that_a_needed_file_needs_are_found() {
    let user = ("user.tl", "line a:Vector<%Point> b:point = Line;\n");
    let point = ("point.tl", "point x:unit.Length = Point;\n");
    let length = ("length.tl", "unit.meter v:int = unit.Length;\n");
    assert!(found_by_file(&[user, length, point]).is_empty());
    assert_eq!(found_by_file(&[point, user]), ["point.tl: unknown-type"]);
}

#[test]
fn built_in_names_do_not_come_from_other_files() {
    let library = ("library.tl", "int ? = Int;\ntrue = True;\nuser id:long = User;\n");
    let own = ("own.tl", "user flags:# bot:flags.0?true id:int = User;\n");
    assert!(found_by_file(&[library, own]).is_empty());
}

#[test]
fn a_conflict_with_a_needed_file_is_found_in_the_file_that_needs_it() {
    let base = ("base.tl", "point x:int = Point;\nline a:int = Line;\n");
    let user = ("user.tl", "line from:Point = Line;\n");
    assert_eq!(found_by_file(&[user, base]), ["user.tl: duplicate-name"]);
}

#[test]
fn the_schema_of_a_file_has_nothing_of_other_files() {
    let project = project(&[("line.tl", "line from:Point = Line;\n"), ("point.tl", "point x:int = Point;\n")]);
    let checked = project.by_file(OPTIONS);
    assert_eq!(checked.diagnostics, []);
    assert!(checked.schema.iter().all(|schema| schema.types.len() <= 1));
}

#[test]
fn lints_settle_the_levels_of_all_findings() {
    let project = project(&[("a.tl", "a#00000000 x:int = A;\nb x:Absent = B;\n")]);
    let found_before = project.by_file(OPTIONS).diagnostics;
    let mut levels = Levels::new();
    levels.set(typelang_parser::codes::RESERVED_ID.name.parse().expect("a code"), Level::Allow);
    let settled = project.lint(&levels, found_before.clone());
    let before = found(&project, &found_before);
    assert!(before.contains(&"a.tl: reserved-id".to_owned()), "{before:?}");
    let after = found(&project, &settled);
    assert!(!after.contains(&"a.tl: reserved-id".to_owned()), "{after:?}");
    assert!(after.contains(&"a.tl: unknown-type".to_owned()), "{after:?}");
}

#[test]
fn a_long_chain_of_files_is_followed_at_once() {
    let name = |number: usize| format!("{number}.tl");
    let text = |number: usize| match number {
        0 => "a0 = A0;\n".to_owned(),
        _ => format!("a{number} x:A{} = A{number};\n", number - 1),
    };
    let files: Vec<(String, String)> = (0..90).map(|number| (name(number), text(number))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(found_by_file(&files), [""; 0]);
    let broken: Vec<(&str, &str)> = files[1..].to_vec();
    assert_eq!(found_by_file(&broken), ["1.tl: unknown-type"]);
}

#[test]
fn characters_that_turn_text_around_are_found_in_fact_files() {
    let mut project = project(&[("a.tl", "// \u{202e}\na x:int = A;\n")]);
    let facts = "format = 1\n# \u{2066}\u{202e}\n[constructors.a]\ntext = \"é \u{202e}a\"\n";
    let source = project.add_facts("a.toml", facts.as_bytes().to_vec());
    let found = project.lint(&Levels::new(), project.by_file(OPTIONS).diagnostics);
    let places: Vec<_> = found.iter().filter(|it| it.code.name == "text-direction").map(|it| &it.primary).collect();
    assert_eq!(places.len(), 3, "{found:?}");
    assert!(places[1].source == source && project.sources.snippet(places[1]) == "\u{2066}");
    assert!(places[2].source == source && project.sources.snippet(places[2]) == "\u{202e}");
    let mut levels = Levels::new();
    levels.set("text-direction".parse().expect("a code"), Level::Allow);
    assert_eq!(project.lint(&levels, project.by_file(OPTIONS).diagnostics), []);
}

#[test]
fn ids_that_are_assigned_by_hand_are_one_note() {
    let wrong = "a#00000001 x:int = A;\nb#00000002 x:int = B;\n";
    let mut project = Project::new();
    for name in ["a.tl", "b.tl", "c.tl"] {
        let profile = if name == "c.tl" { "ton" } else { "vk" };
        project.add_schema(
            name,
            format!("// tl:profile({profile})\n{}", wrong.replace(" = ", &format!(" {}:int = ", &name[..1]))).into(),
        );
    }
    let codes = |diagnostics: &[typelang_parser::Diagnostic], code: &typelang_parser::Code| {
        diagnostics.iter().filter(|it| it.code == code).cloned().collect::<Vec<_>>()
    };
    let by_file = project.by_file(ResolveOptions::default()).diagnostics;
    let notes = codes(&by_file, &typelang_ir::codes::ASSIGNED_IDS);
    assert_eq!(notes.len(), 1, "{by_file:?}");
    assert!(notes[0].message.starts_with("4 ids") && notes[0].primary.span.start > 0, "{:?}", notes[0]);
    assert_eq!(codes(&by_file, &typelang_parser::codes::ID_MISMATCH).len(), 2, "those of another family");
    let all = ResolveOptions { profile: Some(typelang_ir::Profile::Vk), ..ResolveOptions::default() };
    let as_vk = project.by_file(all).diagnostics;
    assert_eq!(codes(&as_vk, &typelang_parser::codes::ID_MISMATCH), []);
    assert!(codes(&as_vk, &typelang_ir::codes::ASSIGNED_IDS)[0].message.starts_with("6 ids"));
}
