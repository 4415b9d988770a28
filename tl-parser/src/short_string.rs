//! Short texts that need no heap.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use smol_str::SmolStr;

/// A text that never changes and is mostly short, as names are: up to 23 bytes are kept in place, and copies of a longer one
/// share it. A schema has tens of thousands of names, most of them of less than ten letters.
///
/// It is used as a `&str`, which it dereferences to.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortString(SmolStr);

impl ShortString {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Deref for ShortString {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for ShortString {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for ShortString {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<&str> for ShortString {
    fn from(text: &str) -> Self {
        Self(SmolStr::new(text))
    }
}

impl From<String> for ShortString {
    fn from(text: String) -> Self {
        Self(SmolStr::from(text))
    }
}

/// Comparing with other texts, either way round.
macro_rules! compare_with {
    ($($other:ty),*) => {$(
        impl PartialEq<$other> for ShortString {
            fn eq(&self, other: &$other) -> bool {
                *self.as_str() == **other
            }
        }

        impl PartialEq<ShortString> for $other {
            fn eq(&self, other: &ShortString) -> bool {
                **self == *other.as_str()
            }
        }
    )*};
}

compare_with!(&str, String);

impl fmt::Debug for ShortString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for ShortString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}
