//! Changes between published layers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use typelang_diff::{Change, Detail, Kind, Status, compare};
use typelang_ir::{Schema, resolve};
use typelang_parser::{Severity, SourceId, parse};
use typelang_tests::compatibility::Account;
use typelang_tests::random::Random;
use typelang_tests::shared;
use typelang_tests::trials::{Trial, needing, test};

/// Values of each changed declaration in each direction; twelve take minutes.
const SAMPLES: usize = 2;

pub(crate) fn trials() -> Vec<Trial> {
    let steps = || {
        let layers = (shared::find("schemas/telegram/api-230.tl")?, shared::find("schemas/telegram/api-232.tl")?);
        Ok((layers, shared::find("evolution/layer-230-232.txt")?))
    };
    vec![
        needing("diff::from_230_to_232", steps(), |((old, new), expected)| from_230_to_232(&old, &new, &expected)),
        test("diff::every_step", every_step),
    ]
}

fn load(path: &Path) -> Schema {
    without_errors(path).unwrap_or_else(|| panic!("{} has errors", path.display()))
}

fn without_errors(path: &Path) -> Option<Schema> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let parsed = parse(SourceId::default(), &text);
    let resolution = resolve(&[parsed.file], Default::default());
    let mut found = parsed.diagnostics.iter().chain(&resolution.diagnostics);
    found.all(|it| it.severity != Severity::Error).then_some(resolution.schema)
}

/// The layers of the repository's history, oldest first.
fn layers() -> Vec<(String, Schema)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/history.tl");
    let text = fs::read_to_string(&path).expect("the history of the API");
    let history = typelang_history::parse(SourceId::default(), &text).history;
    let layers = (0..history.revisions().len()).filter_map(|at| history.revision(at));
    let resolved = |layer: typelang_history::Layer<'_>| {
        let resolution = resolve(&[layer.file()], Default::default());
        let has_errors = resolution.diagnostics.iter().any(|it| it.severity == Severity::Error);
        assert!(!has_errors, "layer {}: {:?}", layer.number(), resolution.diagnostics);
        (format!("layer {}", layer.number()), resolution.schema)
    };
    layers.map(resolved).collect()
}

/// Two versions of other published schemas, where they are there.
fn others() -> Vec<Vec<(String, Schema)>> {
    let pairs = [
        ["schemas/tdlib/td_api.tl", "schemas/tdlib/td_api-1.8.65.tl"],
        ["schemas/ton/ton_api.tl", "schemas/ton/ton_api-2026-07.tl"],
    ];
    let loaded = |path: &str| Some((path.to_owned(), without_errors(&shared::find(path).ok()?)?));
    pairs.iter().filter_map(|pair| pair.iter().map(|path| loaded(path)).collect()).collect()
}

/// The changes are those of a list that was made by other means.
fn from_230_to_232(old: &Path, new: &Path, expected: &Path) {
    let changes = compare(&load(old), &load(new));
    let found: BTreeSet<String> = changes.declarations.iter().map(line).collect();
    let expected = fs::read_to_string(expected).expect("a list");
    let expected: BTreeSet<String> = expected.lines().map(str::to_owned).collect();
    assert_eq!(found, expected);
}

/// A change in the form of the list.
fn line(change: &Change) -> String {
    let kind = if change.kind == Kind::Function { "function" } else { "type" };
    let newest = change.newest().expect("a side");
    match (change.status(), &change.old) {
        (Status::Changed, Some(old)) => {
            let details: Vec<String> = change.details.iter().filter_map(detail).collect();
            format!("changed {kind} {}#{:08x} -> #{:08x}: {}", newest.name, old.id, newest.id, details.join(", "))
        }
        (status, _) => format!("{:<8}{kind} {}#{:08x} -> {}", status.name(), newest.name, newest.id, newest.result),
    }
}

fn detail(detail: &Detail) -> Option<String> {
    match detail {
        Detail::IdChanged => None,
        Detail::FieldAdded(field) => Some(format!("+{}:{}", field.name, field.text())),
        Detail::FieldRemoved(field) => Some(format!("-{}:{}", field.name, field.text())),
        other => Some(format!("{other:?}")),
    }
}

/// The changes of each step lead from the declarations of the older schema to those of the newer one, and nothing worse happens to
/// values of what has changed than the rules say.
fn every_step() {
    let (mut steps, mut changed) = (0, 0);
    let (mut account, mut random) = (Account::new(SAMPLES), Random::new(7));
    for versions in std::iter::once(layers()).chain(others()) {
        for pair in versions.windows(2) {
            let [(_, older), (name, newer)] = pair else { continue };
            changed += changes_lead_on(name, older, newer);
            account.step(older, newer, &mut random);
            steps += 1;
        }
    }
    assert!(steps > 150 && changed > steps, "{steps} steps, {changed} changes");
    shared::say(&format!("changes: {changed} declarations in {steps} steps between published schemas"));
    let seen = account.rules.iter().map(|(rule, seen)| format!("{rule} {} ({} values)", seen.findings, seen.values));
    shared::say(&format!("compatibility: {}", seen.collect::<Vec<_>>().join(", ")));
}

/// Checks that the changes of one step make the newer schema from the older one. Returns how many declarations changed.
fn changes_lead_on(name: &str, older: &Schema, newer: &Schema) -> usize {
    assert!(compare(newer, newer).is_empty(), "{name}");
    let changes = compare(older, newer);
    let renames: BTreeMap<_, _> =
        changes.types.iter().filter_map(|it| Some((it.old.as_deref()?, it.new.as_deref()?))).collect();
    let mut texts = declarations(older);
    for change in &changes.declarations {
        let old = change.old.iter().all(|side| texts.remove(&(change.kind, side.text.clone())));
        assert!(old, "{name}: {change:?}");
    }
    texts.extend(changes.declarations.iter().filter_map(|it| Some((it.kind, it.new.as_ref()?.text.clone()))));
    let texts: BTreeSet<_> = texts.into_iter().map(|(kind, text)| (kind, renamed(&text, &renames))).collect();
    let other: Vec<_> = texts.symmetric_difference(&declarations(newer)).cloned().collect();
    assert_eq!(other, [], "{name}");
    changes.declarations.len()
}

/// A declaration with the names that types have now.
fn renamed(text: &str, renames: &BTreeMap<&str, &str>) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let mut renamed = String::new();
    for piece in text.split_inclusive(|letter| !is_name(letter)) {
        let name = piece.trim_end_matches(|letter| !is_name(letter));
        renamed += renames.get(name).unwrap_or(&name);
        renamed += &piece[name.len()..];
    }
    renamed
}

fn declarations(schema: &Schema) -> BTreeSet<(Kind, String)> {
    let constructors = schema.constructors.iter().map(|it| (Kind::Constructor, it.combinator.text.clone()));
    constructors.chain(schema.functions.iter().map(|it| (Kind::Function, it.combinator.text.clone()))).collect()
}
