//! Variants of the enum of all errors.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::case::{camel, share_a_word};
use super::words;

/// The variant for an error that is not known.
const UNKNOWN: &str = "Unknown";

/// The variant of each error, by the error's name.
#[derive(Default)]
pub(crate) struct ErrorVariants(BTreeMap<String, Ident>);

impl ErrorVariants {
    /// `FILE_PART_%d_MISSING` → `FilePartMissing`; a later one of the same letters gets a number, `FilePartMissing2`.
    pub(crate) fn new<'a>(errors: impl IntoIterator<Item = &'a String>) -> Self {
        let mut taken = BTreeSet::from([UNKNOWN.to_owned()]);
        let variant = |error: &String| {
            let words = error.replace(typelang_facts::NUMBER, "_").replace(|it: char| !it.is_ascii_alphanumeric(), "_");
            let name = camel(&words);
            let numbered = (2..).map(|number| format!("{name}{number}"));
            let mut names = std::iter::once(name.clone()).chain(numbered);
            let free = names.find(|name| taken.insert(words::variant_name(name))).unwrap_or_default();
            words::variant_ident(&free)
        };
        let errors: Vec<&String> = errors.into_iter().collect();
        let variants: Vec<Ident> = errors.iter().copied().map(variant).collect();
        Self(errors.into_iter().cloned().zip(variants).collect())
    }

    /// The variant of an error.
    pub(crate) fn get(&self, error: &str) -> Option<&Ident> {
        self.0.get(error)
    }

    /// Returns whether all variants have a first or last word in common.
    pub(crate) fn repeat(&self) -> bool {
        share_a_word(&self.0.values().map(words::text).chain([UNKNOWN.to_owned()]).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorVariants, words};

    #[test]
    fn every_error_has_a_variant_of_its_own() {
        let errors = [
            ("2FA_CONFIRM_WAIT_%d", "_2FaConfirmWait"),
            ("AUTH_TOKEN_INVALID", "AuthTokenInvalid"),
            ("AUTH_TOKEN_INVALID_%d", "AuthTokenInvalid2"),
            ("CHAT_ID_INVALID", "ChatIdInvalid"),
            ("FILE_PART_%d_MISSING", "FilePartMissing"),
            ("Invalid msgs_ack query", "InvalidMsgsAckQuery"),
            ("SELF", "Self_"),
            ("Timeout", "Timeout"),
            ("UNKNOWN", "Unknown2"),
            ("WAIT_%dMIN", "WaitMin"),
        ];
        let names = errors.map(|(error, _)| error.to_owned());
        let variants = ErrorVariants::new(&names);
        for (error, expected) in errors {
            assert_eq!(words::text(variants.get(error).unwrap()), expected);
        }
    }
}
