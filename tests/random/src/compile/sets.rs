//! Sets of options that code is generated with.

use std::collections::BTreeMap;

use typelang_build::{Availability, Builder, NamespaceFeatures, Options, generate_features};
use typelang_ir::Schema;

use crate::check::Checked;
use crate::random::Random;

/// A set of options, and how the code is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OptionSet {
    /// Everything that values can be tried with; compiled to machine code and run.
    Run,
    /// No options, many files, edition 2021.
    Plain,
    /// Values that borrow, not formatted.
    Borrowed,
    /// Other types for strings and bytes.
    Inline,
    /// A feature for each namespace, all of them on.
    Features,
    /// The same with the features of one namespace on.
    OneFeature,
    /// A part of the schema.
    Only,
    /// Documentation with links and lists; rustdoc runs, too.
    Documented,
}

impl OptionSet {
    /// All sets.
    pub const ALL: [Self; 8] = [
        Self::Run,
        Self::Plain,
        Self::Borrowed,
        Self::Inline,
        Self::Features,
        Self::OneFeature,
        Self::Only,
        Self::Documented,
    ];

    /// The name in file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Plain => "plain",
            Self::Borrowed => "borrowed",
            Self::Inline => "inline",
            Self::Features => "features",
            Self::OneFeature => "one-feature",
            Self::Only => "only",
            Self::Documented => "documented",
        }
    }

    /// The edition of the crate.
    pub(crate) fn edition(self) -> &'static str {
        match self {
            Self::Plain | Self::Features | Self::Inline => "2021",
            _ => "2024",
        }
    }

    pub(crate) fn is_in_files(self) -> bool {
        matches!(self, Self::Plain | Self::Features | Self::OneFeature | Self::Documented)
    }

    fn features() -> NamespaceFeatures {
        NamespaceFeatures::new("everything")
    }

    /// The builder with the options of the set.
    pub(crate) fn builder(self, checked: &Checked, seed: u64) -> Builder {
        let builder = Builder::new().resolved(checked.schema.clone(), checked.facts.clone());
        let always = || Availability::Always;
        let everything = |builder: Builder| {
            let builder = builder.any_constructor(always()).function_decoding(always()).catalog(always());
            builder.reflect(always()).serde(always()).arbitrary(always())
        };
        let feature = |name: &str| Availability::Feature(name.to_owned());
        match self {
            Self::Run => everything(builder).pretty(false),
            Self::Plain => builder.pretty(seed.is_multiple_of(2)),
            Self::Borrowed => {
                let builder = builder.borrowed(true).pretty(false).reflect(always()).documentation(false);
                builder.any_constructor(always()).function_decoding(always())
            }
            Self::Inline => {
                let builder = builder.string_type("::support::Text").bytes_type("typelang::bytes::Bytes");
                everything(builder).pretty(false)
            }
            Self::Features | Self::OneFeature => {
                let builder = builder.any_constructor(feature("any-constructor")).serde(feature("serde"));
                let builder = builder.function_decoding(feature("decode-functions")).catalog(feature("catalog"));
                let builder = builder.reflect(feature("reflect")).arbitrary(feature("arbitrary"));
                builder.namespace_features(Self::features()).pretty(false)
            }
            Self::Only => {
                let builder = builder.only(roots(&checked.schema, seed)).pretty(false);
                match seed % 2 {
                    0 => builder,
                    // What makes or takes any value needs both directions.
                    _ => everything(builder.both_directions(true)),
                }
            }
            Self::Documented => {
                let builder = builder.cross_references(true).documentation_url("https://example.org/tl/");
                everything(builder)
            }
        }
    }

    /// The features that are on.
    pub(crate) fn on(self, checked: &Checked, seed: u64) -> Vec<String> {
        let others = ["any-constructor", "serde", "decode-functions", "catalog", "reflect", "arbitrary"];
        let [any_constructor, serde, function_decoding, catalog, reflect, arbitrary] =
            others.map(|name| Availability::Feature(name.to_owned()));
        let namespace_features = Some(Self::features());
        // A namespace that is called like one of these has a feature of another name.
        let options =
            Options { any_constructor, serde, function_decoding, catalog, reflect, arbitrary, ..Options::default() };
        let options = Options { namespace_features, ..options };
        let lines = generate_features(&checked.schema, &options).unwrap_or_default();
        let table: BTreeMap<String, Vec<String>> = toml::from_str(&lines).unwrap_or_default();
        match self {
            Self::Features => table.into_keys().chain(others.map(str::to_owned)).collect(),
            Self::OneFeature => {
                let mut random = Random::new(seed);
                let names: Vec<&String> = table.keys().collect();
                let mut on: Vec<String> = Vec::new();
                let mut open: Vec<String> =
                    names.get(random.below(names.len().max(1))).map(|it| (*it).clone()).into_iter().collect();
                while let Some(name) = open.pop() {
                    if !on.contains(&name) {
                        open.extend(table.get(&name).into_iter().flatten().cloned());
                        on.push(name);
                    }
                }
                on.extend(others.iter().filter(|_| random.coin()).map(|it| (*it).to_owned()));
                // The table is what both go by; features of a crate say so.
                if on.iter().any(|it| it == "serde" || it == "arbitrary") {
                    on.push("reflect".to_owned());
                }
                on
            }
            _ => Vec::new(),
        }
    }
}

/// Some functions, types and constructors.
fn roots(schema: &Schema, seed: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    let functions = schema.functions.iter().map(|it| it.combinator.name.to_string());
    let groups = schema
        .types
        .iter()
        .filter(|ty| ty.constructors.iter().any(|id| schema[*id].kind != typelang_ir::ConstructorKind::Group));
    let all: Vec<String> = functions.chain(groups.map(|ty| ty.name.to_string())).collect();
    (0..1 + random.below(3)).map(|_| all[random.below(all.len())].clone()).collect()
}
