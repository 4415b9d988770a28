//! The histories of the repository: what they must have, and that their lines stay.

use std::collections::BTreeSet;
use std::path::Path;

use typelang_history::{History, Mark, parse};
use typelang_parser::ids::Dialect;
use typelang_parser::{Sources, render_all};

/// Histories up to a layer: how many bytes they have, and the FNV-1a hash of these. Lines are added, none is changed.
const HELD: &[(&str, u32, usize, u64)] = &[
    ("history.tl", 92, 163_845, 0x5172_1ec5_19cc_616f),
    ("history.tl", 230, 807_838, 0x0192_14a6_1a59_ac76),
    ("history.tl", 232, 818_313, 0x65f6_cf23_090f_4367),
    ("history-secret.tl", 144, 9_053, 0xd23f_ff1a_a2f6_78c8),
];

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str) -> (String, History) {
    let mut sources = Sources::new();
    let source = sources.add(name, text(name));
    let parsed = parse(source, sources.text(source));
    assert!(parsed.diagnostics.is_empty(), "{}", render_all(&parsed.diagnostics, &sources));
    (sources.text(source).to_owned(), parsed.history)
}

#[test]
fn they_are_without_findings() {
    for name in ["history.tl", "history-secret.tl"] {
        let (text, history) = read(name);
        let found = history.check(&text, Dialect::Telegram);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn their_lines_stay() {
    for (name, layer, length, hash) in HELD {
        let (text, history) = read(name);
        let next = history.revisions().iter().find(|it| it.layer > *layer);
        let end = next.map_or(text.len(), |it| it.span.start as usize - 1);
        let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let found = text.as_bytes()[..end].iter().fold(0xcbf2_9ce4_8422_2325, fnv);
        assert_eq!(
            (end, found),
            (*length, *hash),
            "{name} up to layer {layer}: a history is appended to, never rewritten"
        );
    }
}

#[test]
fn a_layer_is_the_schema_that_the_crate_is_made_from() {
    let schema = text("api.tl");
    let layer = schema.lines().find_map(|line| line.strip_prefix("// LAYER ")).expect("a layer");
    let (_, history) = read("history.tl");
    let layer = history.layer(layer.parse().expect("a number")).expect("the history has the layer");
    assert_eq!(layer.schema_text(), schema);
}

#[test]
fn secret_chats_have_what_the_merged_schema_has() {
    let schema = typelang_parser::parse(Default::default(), &text("secret.tl"));
    let merged: BTreeSet<u32> = schema.file.combinators().filter_map(|it| it.id).map(|id| id.value).collect();
    let (_, history) = read("history-secret.tl");
    assert_eq!(history.ids().collect::<BTreeSet<u32>>(), merged);
    // The number at the end of a merged name is the layer that the form is from.
    for combinator in schema.file.combinators() {
        let name = combinator.name.to_string();
        let published = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let id = combinator.id.expect("an id").value;
        let layers = history.layers_of(id);
        assert_eq!(history.with_id(id).next().expect("a form").name, published);
        match name[published.len()..].parse::<u32>() {
            Ok(layer) => assert_eq!(layers.first(), Some(layer), "{name}"),
            Err(_) => assert_eq!(layers.last(), Some(144), "{name}"),
        }
    }
}

#[test]
fn the_api_is_that_of_layers_51_to_232() {
    let (_, history) = read("history.tl");
    let layers: Vec<u32> = history.revisions().iter().map(|it| it.layer).collect();
    assert!(layers.len() >= 158 && layers[0] == 51 && layers.contains(&232), "{layers:?}");
    let with_mark = |wanted: fn(&Mark) -> bool| {
        let marked = history.declarations().iter().filter(|it| it.marks.iter().any(wanted));
        marked.map(|it| (it.name.as_str(), it.id)).collect::<BTreeSet<_>>()
    };
    assert_eq!(with_mark(|mark| *mark == Mark::Pinned), BTreeSet::from([("channel", 0xc889_74ac)]));
    let meanings: Vec<u32> = with_mark(|mark| matches!(mark, Mark::Meaning(_))).iter().map(|it| it.1).collect();
    let mut expected = [
        0xd9d7_1866,
        0x1b8f_4ad1,
        0x50ca_4de1,
        0x87ea_bb53,
        0x997c_454a,
        0xf0e6_672a,
        0x56d0_3994,
        0xcd30_3b41,
        0x1da7_158f,
        0xd7df_217a,
        0x35a8_bfa7,
        0xb132_ff7b,
    ];
    let mut meanings = meanings;
    meanings.sort_unstable();
    expected.sort_unstable();
    assert_eq!(meanings, expected);
}

#[test]
fn the_layers_of_ids() {
    let (_, history) = read("history.tl");
    let newest = history.newest().expect("layers").number();
    for (id, name, layers) in [
        (0x3811_6ee0, "message", "layers 136 to 169".to_owned()),
        (0xc889_74ac, "channel", "layers 75 and 77 to 92".to_owned()),
        (0x9972_75b5, "boolTrue", format!("layers 51 to {newest}")),
    ] {
        assert_eq!(history.with_id(id).next().expect("the id").name, name);
        assert_eq!(history.layers_of(id).to_string(), layers, "{name}");
    }
}
