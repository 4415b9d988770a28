//! Ids: those that the schemas declare are those that their text gives.

use std::collections::BTreeSet;

use typelang_parser::ids::{compute_id, detect_dialect};
use typelang_tests::modules::MODULES;
use typelang_tests::{schemas, shared};

/// Constructors whose id is not that of their text: assigned by hand or computed by another rule, and in `secret.tl` older
/// forms, which have the id of the name without the layer.
const PINNED: [(&str, &[&str]); 3] = [
    ("api", &[]),
    ("mtproto", &["accessPointRule", "help.configSimple", "ipPortSecret"]),
    (
        "secret",
        &[
            "decryptedMessage17",
            "decryptedMessage45",
            "decryptedMessage8",
            "decryptedMessageMediaAudio8",
            "decryptedMessageMediaDocument",
            "decryptedMessageMediaDocument45",
            "decryptedMessageMediaDocument8",
            "decryptedMessageMediaPhoto8",
            "decryptedMessageMediaVideo17",
            "decryptedMessageMediaVideo8",
            "decryptedMessageService8",
            "documentAttributeAudio23",
            "documentAttributeAudio45",
            "documentAttributeSticker23",
            "documentAttributeVideo23",
        ],
    ),
];

#[test]
fn declared_ids_are_those_of_the_text() {
    for module in &MODULES {
        let file = schemas::parse(module.schema);
        let dialect = detect_dialect(&file);
        let mut declared = 0;
        let mut different = BTreeSet::new();
        for combinator in file.combinators() {
            let Some(id) = combinator.id else { continue };
            declared += 1;
            if compute_id(combinator, dialect) != id.value {
                different.insert(combinator.name.to_string());
            }
        }
        let pinned = PINNED.iter().find(|(name, _)| *name == module.name).expect("every module is listed").1;
        assert_eq!(different.iter().map(String::as_str).collect::<Vec<_>>(), pinned, "{}", module.schema);
        shared::say(&format!("{}: {declared} declared ids, {} of them pinned", module.name, pinned.len()));
    }
}

#[test]
fn every_id_has_its_name() {
    for module in &MODULES {
        let schema = schemas::load(module.schema);
        let constructors = schema.constructors.iter().map(|it| &it.combinator);
        let combinators = constructors.chain(schema.functions.iter().map(|it| &it.combinator));
        let mut names: Vec<(u32, String)> = combinators.map(|it| (it.id, it.name.to_string())).collect();
        names.extend(schema.builtins.iter().map(|it| (it.id, it.name.to_string())));
        assert!(names.len() > 60, "{}: only {} names", module.name, names.len());
        for (id, name) in &names {
            assert_eq!((module.name_of)(*id), Some(name.as_str()), "{id:08x}");
        }
        let ids: BTreeSet<u32> = names.iter().map(|(id, _)| *id).collect();
        for unknown in [0, 1, u32::MAX, 0xdead_beef].into_iter().filter(|id| !ids.contains(id)) {
            assert_eq!((module.name_of)(unknown), None, "{unknown:08x}");
        }
    }
}
