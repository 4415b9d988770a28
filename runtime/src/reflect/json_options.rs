//! How values are JSON.

use super::bytes_text::BytesText;

/// How a JSON text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum JsonLayout {
    /// On one line, without blanks.
    #[default]
    Compact,
    /// One field or element a line, indented by two blanks for each level.
    Pretty,
}

/// The JSON form of a `long`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LongForm {
    /// A text of decimal digits, since JavaScript's numbers have only 53 bits.
    #[default]
    Text,
    /// A number.
    Number,
}

/// The key of the name of a constructor or function in its object. No field of a schema can have one of these names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NameKey {
    /// `"_"`, as most TL tools write it.
    #[default]
    Underscore,
    /// `"@type"`, as TDLib and tonlib write it.
    AtType,
}

impl NameKey {
    /// The key itself.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Underscore => "_",
            Self::AtType => "@type",
        }
    }

    /// The one that a key is.
    #[cfg(feature = "serde")]
    #[inline]
    pub(super) fn of(key: &str) -> Option<Self> {
        match key {
            "_" => Some(Self::Underscore),
            "@type" => Some(Self::AtType),
            _ => None,
        }
    }
}

/// How values are written as JSON, and in other human-readable formats: values of generated types (`typelang::serde::with`) as well as
/// those that only a table knows ([`Table::json`](super::Table::json)).
///
/// Reading accepts all forms that can be told apart, whatever the options: both keys, numbers and texts for a `long`, and for an
/// `int128`, `int256` and `int512` hexadecimal digits as well as base 64, since their lengths differ. Only a `bytes` must have the
/// form of the options: many texts are valid in both.
///
/// ```
/// use typelang::reflect::{BytesText, JsonOptions, LongForm, NameKey};
///
/// let options = JsonOptions::new().bytes(BytesText::Base64).name_key(NameKey::AtType);
/// assert_eq!(options, JsonOptions::tdlib());
/// assert_eq!(options.longs, LongForm::Text);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct JsonOptions {
    /// The layout of the text. Serializers have a layout of their own.
    pub layout: JsonLayout,
    /// The form of `bytes`, `int128`, `int256` and `int512`.
    pub bytes: BytesText,
    /// The form of a `long`.
    pub longs: LongForm,
    /// The key of names.
    pub name_key: NameKey,
}

impl JsonOptions {
    /// The default: on one line, hexadecimal digits, a `long` as a text, the key `"_"`.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            layout: JsonLayout::Compact,
            bytes: BytesText::Hexadecimal,
            longs: LongForm::Text,
            name_key: NameKey::Underscore,
        }
    }

    /// The forms of TDLib and tonlib: base 64, a `long` as a text, the key `"@type"`.
    #[must_use]
    pub const fn tdlib() -> Self {
        Self::new().bytes(BytesText::Base64).name_key(NameKey::AtType)
    }

    /// Sets the layout of the text.
    #[must_use]
    pub const fn layout(self, layout: JsonLayout) -> Self {
        Self { layout, ..self }
    }

    /// Sets the form of `bytes`, `int128`, `int256` and `int512`.
    #[must_use]
    pub const fn bytes(self, bytes: BytesText) -> Self {
        Self { bytes, ..self }
    }

    /// Sets the form of a `long`.
    #[must_use]
    pub const fn longs(self, longs: LongForm) -> Self {
        Self { longs, ..self }
    }

    /// Sets the key of names.
    #[must_use]
    pub const fn name_key(self, name_key: NameKey) -> Self {
        Self { name_key, ..self }
    }
}
