//! The errors and callers in the generated crate are those of the fact files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use typelang_facts::{Callers, Facts, NUMBER};
use typelang_telegram::api::functions::messages::{SendEncrypted, SendMessage};
use typelang_telegram::api::{RpcErrorKind, functions};
use typelang_tests::schemas;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The facts that the module `api` is generated from.
fn facts() -> Facts {
    let files = ["api-errors.toml", "api-page.toml", "api-official.toml", "api-texts.toml"];
    schemas::load_with_facts(&["api.tl"], &files).1
}

/// The constants of all functions, from the text of the generated code: by TL name, errors as variants, and callers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Constants {
    errors: Vec<String>,
    callers: Option<String>,
}

fn constants() -> BTreeMap<String, Constants> {
    let mut found = BTreeMap::new();
    collect(&root().join("generated/src/api/functions"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeMap<String, Constants>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            collect_from(&fs::read_to_string(path).expect("a text"), found);
        }
    }
}

/// Constants of a function stand before its name.
fn collect_from(text: &str, found: &mut BTreeMap<String, Constants>) {
    let mut constants = Constants::default();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let variants = line.split("RpcErrorKind::").skip(1).map(|rest| rest.trim_end_matches([',', ']', ';', ' ']));
        constants.errors.extend(variants.map(str::to_owned));
        if let Some(rest) = line.trim_start().strip_prefix("pub const AVAILABILITY:") {
            constants.callers = rest.rsplit_once("::").map(|(_, callers)| callers.trim_end_matches(';').to_owned());
        }
        if let Some(rest) = line.trim_start().strip_prefix("const NAME: &'static str = \"") {
            let name = rest.trim_end_matches("\";").to_owned();
            found.insert(name, std::mem::take(&mut constants));
        }
    }
}

/// A message of an error, with a number where it has one.
fn message(name: &str, number: u32) -> String {
    name.replace(NUMBER, &number.to_string())
}

#[test]
fn every_known_error_is_told_by_its_message_and_prints_it_again() {
    let facts = facts();
    let mut seen = Vec::new();
    for (name, known) in &facts.errors {
        for number in [0, 7, 86_400, u32::MAX] {
            let message = message(name, number);
            // `FILE_PART_0_MISSING` is known beside `FILE_PART_%d_MISSING`.
            if message != *name && facts.errors.contains_key(&message) {
                continue;
            }
            for &code in &known.codes {
                let kind = RpcErrorKind::parse(code, &message);
                assert!(!matches!(kind, RpcErrorKind::Unknown { .. }), "{message}");
                assert_eq!(
                    (kind.to_string(), kind.name(), kind.codes()),
                    (message.clone(), name.as_str(), &known.codes[..])
                );
                assert_eq!(kind.number(), name.contains(NUMBER).then_some(number), "{message}");
                assert!(kind.is_same(&RpcErrorKind::parse(0, &self::message(name, 11))));
            }
        }
        seen.push(RpcErrorKind::parse(0, &message(name, 7)));
    }
    for (index, kind) in seen.iter().enumerate() {
        assert_eq!(seen.iter().filter(|other| other.is_same(kind)).count(), 1, "{kind:?} is one of a kind");
        assert_eq!(seen.iter().position(|other| other == kind), Some(index));
    }
    println!("{} errors are told by their messages", seen.len());
    assert!(!seen.is_empty());
}

#[test]
fn other_errors_are_kept_as_they_came() {
    for (code, message) in
        [(400, "NEW_ERROR"), (420, "FLOOD_WAIT_"), (420, "FLOOD_WAIT_99999999999"), (-1, ""), (0, "FLOOD_WAIT_%d")]
    {
        let kind = RpcErrorKind::parse(code, message);
        assert_eq!(kind, RpcErrorKind::Unknown { code, message: message.to_owned() });
        assert_eq!(
            (kind.to_string(), kind.name(), kind.codes(), kind.number()),
            (message.to_owned(), message, &[][..], None)
        );
    }
    let unknown = |code| RpcErrorKind::parse(code, "NEW_ERROR");
    assert!(unknown(400).is_same(&unknown(400)) && !unknown(400).is_same(&unknown(406)));
    assert_eq!(RpcErrorKind::parse(420, "FLOOD_WAIT_30"), RpcErrorKind::FloodWait(30));
    let error: &dyn std::error::Error = &RpcErrorKind::ChatIdInvalid;
    assert_eq!(error.to_string(), "CHAT_ID_INVALID");
}

#[test]
fn functions_list_the_errors_and_callers_of_the_facts() {
    let facts = facts();
    let expected = facts.methods.iter().map(|(name, method)| {
        let errors = method.errors.iter().map(|error| {
            let kind = format!("{:?}", RpcErrorKind::parse(0, &message(&error.name, 7)));
            kind.replace("(7)", "(0)")
        });
        let callers = method.callers().map(|callers| format!("{callers:?}"));
        (name.clone(), Constants { errors: errors.collect(), callers })
    });
    let expected: BTreeMap<String, Constants> = expected.collect();
    let mut found = constants();
    assert_eq!(found.len(), schemas::load("api.tl").functions.len());
    found.retain(|_, constants| *constants != Constants::default());
    assert_eq!(found, expected);
    let with_errors = found.values().filter(|it| !it.errors.is_empty()).count();
    let pairs: usize = found.values().map(|it| it.errors.len()).sum();
    let with_callers = found.values().filter(|it| it.callers.is_some()).count();
    println!("{with_errors} functions list {pairs} errors; of {with_callers} it is known who can call them");
    assert!(with_errors > 0 && with_callers > 0);
}

#[test]
fn a_function_says_what_is_known_about_it() {
    assert!(SendEncrypted::ERRORS.contains(&RpcErrorKind::MsgWaitFailed));
    assert_eq!(RpcErrorKind::MsgWaitFailed.codes(), [400, 500]);
    assert_eq!(SendEncrypted::AVAILABILITY, typelang::rpc::Callers::Users);
    assert!(SendEncrypted::AVAILABILITY.has_users() && !SendEncrypted::AVAILABILITY.has_bots());
    let wait = RpcErrorKind::parse(420, "SLOWMODE_WAIT_10");
    assert!(SendMessage::returns(&wait) && !SendEncrypted::returns(&wait));
    assert!(wait.is_among(SendMessage::ERRORS) && !SendMessage::ERRORS.contains(&wait));
    assert!(functions::bots::SetBotCommands::AVAILABILITY.has_bots());
    // Sources disagree about messages.sendEncrypted; the first one counts, and the other is kept.
    let facts = facts();
    let callers = &facts.methods["messages.sendEncrypted"].callers;
    let words: Vec<Callers> = callers.iter().map(|it| it.callers).collect();
    assert_eq!(words, [Callers::Users, Callers::Both]);
    assert!(callers.iter().all(|it| it.source.is_some()));
}
