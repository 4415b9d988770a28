//! Kinds of findings, and how a crate declares those that it reports.

use std::fmt;

/// A kind of finding. Each is declared once, as a value in a module `codes` of the crate that reports it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The stable name in kebab case: `unknown-type`.
    pub name: &'static str,
    /// The level of its findings unless someone chooses another one.
    pub level: DefaultLevel,
    /// The fault, as one sentence without a full stop.
    pub summary: &'static str,
    /// Markdown: the meaning, the reason, an example, the remedy.
    pub explanation: &'static str,
    /// Completes "`tl check --fix` …" where findings of this kind can have a [`Fix`](crate::Fix).
    pub fix: Option<&'static str>,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The name alone: an explanation would drown everything around it.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Code").field(&self.name).finish()
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Surely a mistake, but the schema still has a meaning.
    Warning,
    /// The schema has no meaning.
    Error,
}

/// The level of a kind of finding unless someone chooses another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DefaultLevel {
    /// An error. This cannot be changed.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// Not shown.
    Silence,
}

impl DefaultLevel {
    /// `error`, `warning`, `note` or `allow`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Silence => "allow",
        }
    }

    /// The severity of a new finding. One that is silent by default is a warning for those who ask for it.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning | Self::Silence => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// Declares one code: a static that has the summary as its documentation.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_code {
    ($constant:ident {
        name: $name:literal,
        level: $level:ident,
        summary: $summary:literal,
        explanation: $explanation:literal,
        $(fix: $fix:literal,)?
    }) => {
        #[doc = concat!($summary, ".")]
        pub static $constant: $crate::Code = $crate::Code {
            name: $name,
            level: $crate::DefaultLevel::$level,
            summary: $summary,
            explanation: $explanation,
            fix: $crate::declare_code!(@fix $($fix)?),
        };
    };
    (@fix) => { None };
    (@fix $fix:literal) => { Some($fix) };
}

/// Declares codes, and `ALL`, the list of them.
#[doc(hidden)]
#[macro_export]
macro_rules! declare_codes {
    ($($constant:ident $code:tt)*) => {
        $($crate::declare_code! { $constant $code })*

        /// All codes of this module, by name.
        pub static ALL: &[&$crate::Code] = &[$(&$constant),*];
    };
}
