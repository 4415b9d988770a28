//! All layers of Telegram's API: every constructor of every layer is read and upgraded, or refused with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use typelang::history::{Error, History, HistoryOptions, LossKind, Policy};
use typelang::reflect::{Table, Type};
use typelang_history::upgrades::compile;
use typelang_parser::ast::{File, Item};
use typelang_parser::{Sources, render_all};

/// The history of the API with its rules.
struct Api {
    history: History,
    source: typelang_history::History,
    /// Types for which there are rules other than for the own type of an old constructor.
    other_types: BTreeMap<String, Vec<String>>,
}

impl Api {
    /// The types that an old constructor can be wanted as; the empty text for its own.
    fn wanted(&self, constructor: &str) -> impl Iterator<Item = &str> {
        let others = self.other_types.get(constructor).into_iter().flatten();
        std::iter::once("").chain(others.map(String::as_str))
    }
}

fn other_types(rules: &str) -> BTreeMap<String, Vec<String>> {
    let rules: toml::Table = rules.parse().expect("TOML");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for rule in rules["rule"].as_array().expect("rules") {
        let Some(wanted) = rule.get("as").and_then(|it| it.as_str()) else { continue };
        let of = rule["of"].as_array().cloned().unwrap_or_else(|| vec![rule["of"].clone()]);
        for of in of {
            found.entry(of.as_str().expect("a name").to_owned()).or_default().push(wanted.to_owned());
        }
    }
    found
}

fn api() -> Api {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let read =
        |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (text, rules) = (read("history.tl"), read("history.toml"));
    let mut sources = Sources::new();
    let source = sources.add("history.tl", text);
    let rules_source = sources.add("history.toml", rules.clone());
    let parsed = typelang_history::parse(source, sources.text(source));
    let compiled = compile(&parsed.history, None, Some((rules_source, &rules)));
    assert!(compiled.diagnostics.is_empty(), "{}", render_all(&compiled.diagnostics, &sources));
    Api { history: History::generated(compiled.bytes.leak()), source: parsed.history, other_types: other_types(&rules) }
}

/// The table of one layer alone.
fn table_of(api: &Api, layer: u32) -> Table<'static> {
    let layer = api.source.layer(layer).expect("a layer");
    let items = layer.declarations().map(|it| Item::Combinator(it.combinator.clone())).collect();
    let file = File { source: api.source.source, items, ..File::default() };
    let schema = typelang_ir::resolve(&[file], Default::default()).schema;
    Table::generated(typelang_ir::table(&schema, false).leak())
}

/// Random bytes, always the same ones.
struct Random(u64);

impl Random {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    fn sample(&mut self, table: &Table<'static>, ty: Type<'static>, choices: usize) -> Option<Vec<u8>> {
        table.sample(ty, &mut (0..choices).map(|_| self.byte()))
    }
}

/// The outcomes for values of a layout, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Name,
    Dropped,
    MadeUp,
    Rule,
    Guess,
    Refused,
}

/// The outcome for one value: for itself, not of the values inside of it. Nothing if only a value inside is refused.
fn class(history: &History, newest: &Table<'static>, bytes: &[u8], ty: &str, name: &str, id: u32) -> Option<Class> {
    let layer = history.layers_of(id).and_then(|it| it.last()).expect("a layer");
    match history.upgrade(bytes, ty, HistoryOptions::new().layer(layer)) {
        Ok(upgraded) => {
            if newest.combinator(id_of(&upgraded.value)).is_some() {
                let strict = typelang::ReadOptions::strict();
                assert_eq!(newest.check(Type::OBJECT, &upgraded.value, strict), Ok(upgraded.value.len()), "{name}");
            }
            // A field that is dropped or made up has its own path, a rule has that of the value.
            let own = upgraded.losses.iter().filter(|it| {
                let inside = it.path.strip_prefix(name).unwrap_or_default().trim_start_matches('.');
                let is_field = matches!(it.kind, LossKind::Dropped | LossKind::MadeUp);
                inside.is_empty() || (is_field && !inside.contains(['.', '[']))
            });
            Some(own.map(|it| class_of(it.kind)).max().unwrap_or(Class::Name))
        }
        Err(Error::NotConvertible(it)) => {
            assert!(it.layers.is_some(), "{it}");
            (it.constructor == format!("{name}#{id:08x}")).then_some(Class::Refused)
        }
        Err(error) => panic!("{name}#{id:08x}: {error}"),
    }
}

fn id_of(bytes: &[u8]) -> u32 {
    bytes.first_chunk().copied().map_or(0, u32::from_le_bytes)
}

fn class_of(kind: LossKind) -> Class {
    match kind {
        LossKind::Dropped => Class::Dropped,
        LossKind::MadeUp => Class::MadeUp,
        LossKind::Rule => Class::Rule,
        _ => Class::Guess,
    }
}

#[test]
fn every_constructor_of_every_layer_is_upgraded_or_refused() {
    let api = api();
    let history = &api.history;
    let newest = table_of(&api, history.newest());
    let mut random = Random(1);
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    let (mut all, mut gone, mut read) = (0, 0, 0);
    for combinator in history.table().combinators() {
        let (name, id) = (combinator.name().expect("a name"), combinator.id());
        let own = history.layers_of(id).expect("layers");
        if own.contains(history.newest()) || !ids.insert(id) {
            continue;
        }
        all += 1;
        let mut found = None;
        for index in 0..30 {
            let Some(bytes) = random.sample(&history.table(), combinator.boxed(), if index < 20 { 8 } else { 48 })
            else {
                continue;
            };
            read += 1;
            // Some constructors are now of another type, which only who wants it knows.
            let constructor = format!("{name}#{id:08x}");
            let classes = api.wanted(&constructor).filter_map(|ty| class(history, &newest, &bytes, ty, name, id));
            found = found.max(classes.min());
        }
        let constructed = history.type_of(id).expect("a type");
        if newest.type_named(constructed).is_none() {
            gone += 1;
            continue;
        }
        *counts.entry(found.unwrap_or(Class::Refused)).or_default() += 1;
    }
    let upgraded: usize = counts.values().sum();
    println!("{all} old layouts, {gone} of types that are gone, {upgraded} others, {read} values: {counts:?}");
    let count = |class: Class| counts.get(&class).copied().unwrap_or_default();
    let without_guess = upgraded - count(Class::Refused) - count(Class::Guess);
    println!("without a guess: {:.2} %", 100.0 * without_guess as f64 / upgraded as f64);
    assert!(without_guess * 100 >= upgraded * 95);
}

#[test]
fn whole_values_of_old_layers_upgrade() {
    let api = api();
    let mut random = Random(2);
    let mut worst = 10_000;
    for layer in [51, 92, 118, 133, 160, 195, 214, 224] {
        let table = table_of(&api, layer);
        let (mut tried, mut upgraded) = (0, 0);
        let mut refused: BTreeMap<String, usize> = BTreeMap::new();
        let types: Vec<&str> = table.type_names().filter(|it| api.history.has_type(it)).collect();
        for index in 0..2500 {
            let ty = table.type_named(types[index % types.len()]).expect("a type");
            let Some(bytes) = random.sample(&table, ty, 40) else { continue };
            tried += 1;
            match api.history.upgrade(&bytes, "", HistoryOptions::new().layer(layer)) {
                Ok(_) => upgraded += 1,
                Err(Error::NotConvertible(it)) => {
                    let path = it.path.rsplit('.').next().unwrap_or_default().to_owned();
                    *refused.entry(format!("{} {path} {:?}\n", it.constructor, it.reason)).or_default() += 1;
                }
                Err(error) => panic!("layer {layer}: {error}"),
            }
        }
        println!(
            "layer {layer}: {upgraded} of {tried} ({:.2} %)\n{:?}",
            100.0 * f64::from(upgraded) / f64::from(tried),
            refused
        );
        worst = worst.min(upgraded * 10_000 / tried);
    }
    assert!(worst >= 9_800, "{worst}");
}

#[test]
fn newest_values_go_to_an_older_layer_and_back() {
    let api = api();
    let newest = api.history.newest();
    let table = table_of(&api, newest);
    let old = table_of(&api, 198);
    let mut random = Random(3);
    let policy = Policy::refuse().substitute().leave_out();
    let (mut same, mut lossy, mut refused) = (0, 0, 0);
    let types: Vec<&str> = table.type_names().filter(|it| old.type_named(it).is_some()).collect();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..4000 {
        let name = types[index % types.len()];
        let Some(bytes) = random.sample(&table, table.type_named(name).expect("a type"), 40) else { continue };
        let down = match api.history.transcode(&bytes, name, newest, 198, policy) {
            Ok(down) => down,
            Err(Error::NotConvertible(it)) => {
                *reasons.entry(it.constructor.clone()).or_default() += 1;
                refused += 1;
                continue;
            }
            Err(error) => panic!("{name}: {error}"),
        };
        assert!(old.check(Type::OBJECT, &down.bytes, typelang::ReadOptions::strict()).is_ok(), "{name}");
        match api.history.transcode(&down.bytes, name, 198, newest, policy) {
            Ok(up) if up.bytes == bytes => same += 1,
            Ok(up) => {
                assert!(!down.losses.is_empty() || !up.losses.is_empty(), "{name}: {bytes:x?} {:x?}", up.bytes);
                lossy += 1;
            }
            Err(_) => refused += 1,
        }
    }
    println!("there and back: {same} the same, {lossy} with reported losses, {refused} refused {reasons:?}");
    assert!(same > 2 * (lossy + refused));
}

/// The ids whose bits changed their meaning: the layer settles what a value is.
#[test]
fn ids_with_two_meanings_need_the_layer() {
    let api = api();
    for (id, before, after) in [
        (0xd9d7_1866_u32, 59, 61),
        (0x1b8f_4ad1, 116, 117),
        (0x50ca_4de1, 116, 117),
        (0x87ea_bb53, 116, 117),
        (0x997c_454a, 116, 117),
        (0xf0e6_672a, 116, 117),
        (0x56d0_3994, 199, 200),
        (0xcd30_3b41, 53, 54),
        (0x1da7_158f, 103, 104),
        (0xd7df_217a, 138, 139),
        (0x35a8_bfa7, 134, 135),
    ] {
        let layers = api.history.layers_of(id).unwrap_or_else(|| panic!("{id:08x}"));
        assert!(layers.contains(before) && layers.contains(after), "{layers}");
        let old = table_of(&api, before);
        let mut random = Random(id.into());
        let mut differs = false;
        for _ in 0..300 {
            let Some(bytes) = random.sample(&old, old.combinator(id).expect("a constructor").boxed(), 12) else {
                continue;
            };
            let at = |layer| api.history.transcode(&bytes, "", layer, after, Policy::refuse().substitute().leave_out());
            let (Ok(before), Ok(after)) = (at(before), at(after)) else { continue };
            differs |= before.bytes != after.bytes || before.losses != after.losses;
        }
        assert!(differs, "{layers}");
    }
}
