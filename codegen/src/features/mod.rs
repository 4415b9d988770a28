//! A Cargo feature for each namespace of functions: which features reach which items.

mod condition;
mod manifest;
mod sets;

pub(crate) use condition::Condition;
pub(crate) use manifest::lines;
pub(crate) use sets::{Features, Set};

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
