//! Choices for generated code, as plain data. [`Builder`](crate::Builder) sets them one by one.

use std::collections::BTreeSet;

use typelang_facts::Facts;

use crate::features::Condition;
use crate::rust::layout::LayoutOptions;

/// Choices for generated code.
#[derive(Clone, Debug)]
pub struct Options {
    /// Path of the runtime crate: `typelang`.
    pub runtime_path: String,
    /// Whether items and fields are documented.
    pub documentation: bool,
    /// Where a reader finds the pages `constructor/NAME`, `type/NAME` and `method/NAME`; no links if not set.
    pub documentation_url: Option<String>,
    /// Functions whose documentation has an example: their names, and the path of the generated module in the examples, such as
    /// `typelang_telegram::api`. Each example is a doctest.
    pub examples: Vec<(String, String)>,
    /// What is known about the schema beside the schema: errors, callers, texts.
    pub facts: Facts,
    /// Whether the code is formatted; needs the feature `pretty`.
    pub pretty: bool,
    /// Rust type of `bytes`, instead of `Vec<u8>`. Must implement `AsRef<[u8]>` and `From<Vec<u8>>`; or `From<&'a [u8]>` if it
    /// names the lifetime `'a`. Then types that hold it have this lifetime, and [`serde`](Self::serde),
    /// [`catalog`](Self::catalog), [`arbitrary`](Self::arbitrary) and [`examples`](Self::examples) must not be asked for. The
    /// runtime's `bytes::Bytes`, named by [`runtime_path`](Self::runtime_path), shares the memory of the input.
    pub bytes_type: Option<String>,
    /// Rust type of `string`, instead of `String`. Must implement `AsRef<str>` and `From<&str>`; or `From<&'a str>` if it names the
    /// lifetime `'a`, as [`bytes_type`](Self::bytes_type) can.
    pub string_type: Option<String>,
    /// Whether byte strings of 2²⁴ bytes and more are encoded and decoded, as TDLib's, TON's and VK's dialects do.
    pub long_strings: bool,
    /// Whether functions can be decoded, and there is an enum of all of them, `AnyFunction`.
    pub function_decoding: Availability,
    /// Whether there is an enum of all constructors, `AnyConstructor`.
    pub any_constructor: Availability,
    /// Whether documentation lists what returns, takes and holds a type, and names the type of a constructor. For crates that are
    /// read; it takes about one line in twenty.
    pub cross_references: bool,
    /// Whether there is a table of the schema, `TABLE`, for `typelang::reflect`; needs the runtime's feature `reflect`.
    pub reflect: Availability,
    /// Whether types can be serialized and deserialized, through the table; needs the runtime's feature `serde`. The table is
    /// there wherever this is.
    pub serde: Availability,
    /// Whether there are lists of all types and functions, `CATALOG` and `CALLS`, for `typelang::catalog`.
    pub catalog: Availability,
    /// Sets whether types implement `arbitrary::Arbitrary`, through the table; needs the runtime's feature `arbitrary`. The table is
    /// there wherever this is.
    pub arbitrary: Availability,
    /// All layers of the schema as bytes, for `typelang::history`; needs the runtime's feature `history`.
    pub history: Option<History>,
    /// Whether there is a feature for each namespace of functions, with what these reach; the crate must have the features.
    pub namespace_features: Option<NamespaceFeatures>,
    /// Sizes in memory.
    pub layout: LayoutOptions,
    /// Attributes of types, by path.
    pub type_attributes: Vec<PathAttribute>,
    /// Attributes of fields, by path.
    pub field_attributes: Vec<PathAttribute>,
    /// Types that are defined elsewhere: TL name and Rust path.
    pub extern_paths: Vec<(String, String)>,
    /// Names for groups of fields on one bit: combinator, derived name, name to use.
    pub group_names: Vec<GroupName>,
    /// Lines above which a namespace is divided among several files.
    pub lines_per_file: usize,
    /// What the first lines of each file say about where it comes from, without comment delimiters.
    pub preamble: Vec<String>,
}

/// All layers of a schema, as `typelang_history::upgrades::compile` gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The condition under which the module with them is there.
    pub availability: Availability,
}

/// Whether a part of the code that many do without is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Availability {
    /// Never.
    #[default]
    Never,
    /// Always.
    Always,
    /// Only where a feature of the generated crate is on.
    Feature(String),
}

impl Availability {
    /// Returns the condition of a part of the code, if it has one; `None` if the part is never there. `also` is what it needs in any
    /// case.
    pub(crate) fn condition(&self, also: Option<Condition>) -> Option<Option<Condition>> {
        match self {
            Self::Never => None,
            Self::Always => Some(also),
            Self::Feature(feature) => {
                let own = Condition::feature(feature);
                Some(Some(match also {
                    Some(also) => own.and(also),
                    None => own,
                }))
            }
        }
    }
}

/// Features of the generated crate that each stand for the functions of one namespace and what they reach.
///
/// A feature is called like its namespace (`help`, `messages`, `a.b`). If that is the name of another feature that the code
/// asks for, or of one in [`reserved`](Self::reserved), `-namespace` is added to it; no namespace has a hyphen in its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceFeatures {
    /// The feature of the whole schema: `api`. It turns on all others, and is what items need that no function reaches, and
    /// whatever lists all items: `CATALOG`, `AnyConstructor`, `AnyFunction`, impls of `Arbitrary`.
    pub all: String,
    /// The feature of the functions without a namespace: `no-namespace`.
    pub without_namespace: String,
    /// A feature that each of the others turns on, for written code that needs any of them: `_api`.
    pub base: Option<String>,
    /// Features of the crate that the generator does not know of otherwise.
    pub reserved: Vec<String>,
}

impl NamespaceFeatures {
    /// Features for namespaces, and one for the whole schema; functions without a namespace have `no-namespace`.
    #[must_use]
    pub fn new(all: impl Into<String>) -> Self {
        Self { all: all.into(), without_namespace: "no-namespace".to_owned(), base: None, reserved: Vec::new() }
    }
}

/// An attribute for what a path matches.
///
/// A path is `.` (everything), the name of a namespace, a type, a constructor or a function, and for fields also
/// `combinator.field`.
#[derive(Clone, Debug)]
pub struct PathAttribute {
    /// The path.
    pub path: String,
    /// The attribute with its brackets: `#[serde(skip)]`.
    pub attribute: String,
}

/// A name for the group of fields that share one bit.
#[derive(Clone, Debug)]
pub struct GroupName {
    /// TL name of the constructor or function.
    pub combinator: String,
    /// The name that the rule gives: `views_and_forwards`.
    pub derived: String,
    /// The name to use.
    pub name: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runtime_path: "typelang".to_owned(),
            documentation: true,
            documentation_url: None,
            examples: Vec::new(),
            facts: Facts::default(),
            pretty: cfg!(feature = "pretty"),
            bytes_type: None,
            string_type: None,
            long_strings: false,
            function_decoding: Availability::Never,
            any_constructor: Availability::Never,
            cross_references: false,
            reflect: Availability::Never,
            serde: Availability::Never,
            catalog: Availability::Never,
            arbitrary: Availability::Never,
            history: None,
            namespace_features: None,
            layout: LayoutOptions::default(),
            type_attributes: Vec::new(),
            field_attributes: Vec::new(),
            extern_paths: Vec::new(),
            group_names: Vec::new(),
            lines_per_file: 24_000,
            preamble: vec!["Generated from a TL schema by typelang-build. Do not edit.".to_owned()],
        }
    }
}

impl Options {
    /// Returns the condition of the table, if it has one; `None` without a table. Serde and values for fuzzing need it, too: a
    /// feature of theirs turns on that of [`reflect`](Self::reflect), if that is one.
    pub(crate) fn table(&self) -> Option<Option<Condition>> {
        let users = [&self.serde, &self.arbitrary];
        if self.reflect == Availability::Always || users.contains(&&Availability::Always) {
            return Some(None);
        }
        if self.reflect != Availability::Never {
            return self.reflect.condition(None);
        }
        let features = users.into_iter().filter_map(|user| match user {
            Availability::Feature(feature) => Some(feature.clone()),
            Availability::Never | Availability::Always => None,
        });
        let features: BTreeSet<String> = features.collect();
        (!features.is_empty()).then_some(Some(Condition::Any(features)))
    }
}

/// Returns whether `path` names `name` itself, a namespace around it, or everything.
pub(crate) fn path_matches(path: &str, name: &str) -> bool {
    path == "." || path == name || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'))
}
