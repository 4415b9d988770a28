//! The history of the API against the published layers that it was made from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typelang_history::{History, parse};
use typelang_parser::ast::{Combinator, Section};
use typelang_parser::ids::{Dialect, id_of};
use typelang_parser::print_combinator_with_id;
use typelang_tests::shared;
use typelang_tests::trials::{Trial, needing};

pub(crate) fn trials() -> Vec<Trial> {
    let newest = || Ok([shared::find("schemas/telegram/api-230.tl")?, shared::find("schemas/telegram/api-232.tl")?]);
    vec![
        needing("history::layers", shared::find("evolution/layers"), |folder| layers(&folder)),
        needing("history::newest_layers", newest(), |paths| newest_layers(&paths)),
    ]
}

/// A declaration that a source and the history do not have alike: the layer, the side (`-` the source, `+` the history), name and id.
type Exception = (u32, char, String);

fn own(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn history() -> History {
    let parsed = parse(Default::default(), &own("../schema/history.tl"));
    assert!(parsed.diagnostics.is_empty());
    parsed.history
}

/// The declarations of a layer are those of its source, with the exceptions of a list.
fn layers(folder: &Path) {
    let (history, mtproto) = (history(), typelang_parser::parse(Default::default(), &own("../schema/mtproto.tl")).file);
    let foreign: BTreeSet<_> = mtproto.combinators().map(|it| (it.section, it.name.to_string())).collect();
    let is_foreign = |it: &Combinator| foreign.contains(&(it.section, it.name.to_string())) && it.name.name != "vector";
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let (mut found, mut declarations) = (BTreeSet::new(), 0);
    for path in &paths {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let number: u32 = stem.trim_start_matches("layer-").parse().expect("a number");
        let source = typelang_parser::parse(Default::default(), &fs::read_to_string(path).expect("readable")).file;
        let source: BTreeSet<_> = source.combinators().filter(|it| !is_foreign(it)).map(line).collect();
        let layer = history.layer(number).unwrap_or_else(|| panic!("layer {number} is missing"));
        let layer: BTreeSet<_> = layer.declarations().map(|it| line(&it.combinator)).collect();
        declarations += layer.len();
        found.extend(source.difference(&layer).map(|it| (number, '-', it.1.clone())));
        found.extend(layer.difference(&source).map(|it| (number, '+', it.1.clone())));
    }
    let listed = exceptions();
    let unlisted: Vec<&Exception> = found.difference(&listed).collect();
    let outdated: Vec<&Exception> = listed.difference(&found).collect();
    assert!(unlisted.is_empty() && outdated.is_empty(), "unlisted: {unlisted:#?}\noutdated: {outdated:#?}");
    let (layers, exceptions) = (paths.len(), found.len());
    shared::say(&format!("history: {declarations} declarations of {layers} layers, {exceptions} exceptions"));
}

/// The kind, the name with the id, and the text of a declaration.
fn line(combinator: &Combinator) -> (Section, String, String) {
    let id = id_of(combinator, Dialect::Telegram);
    let text = print_combinator_with_id(combinator, id);
    (combinator.section, format!("{}#{id:08x}", combinator.name), text)
}

/// The list: the side, the declaration, the layers, and the reason.
fn exceptions() -> BTreeSet<Exception> {
    let mut exceptions = BTreeSet::new();
    for line in own("data/history-exceptions.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [side, declaration, layers, _reason] = columns[..] else { panic!("four columns: {line}") };
        let side = side.chars().next().expect("a side");
        let layers = layers.split(' ').map(|it| it.parse::<u32>().expect("a layer"));
        exceptions.extend(layers.map(|layer| (layer, side, declaration.to_owned())));
    }
    exceptions
}

/// The newest layers have no exception, and the layout of the text is that of the schema that the crate is made from.
fn newest_layers(paths: &[PathBuf]) {
    let history = history();
    for path in paths {
        let source = typelang_parser::parse(Default::default(), &fs::read_to_string(path).expect("readable")).file;
        let layer =
            source.layer.map(|it| it.number).or_else(|| path.file_stem()?.to_str()?.rsplit('-').next()?.parse().ok());
        let layer = layer.and_then(|number| history.layer(number)).expect("a layer of the history");
        let source: BTreeSet<_> = source.combinators().map(line).collect();
        let layer: BTreeSet<_> = layer.declarations().map(|it| line(&it.combinator)).collect();
        assert_eq!(layer.symmetric_difference(&source).collect::<Vec<_>>(), [] as [&(Section, String, String); 0]);
    }
}
