//! Why code could not be generated.

use std::fmt;
use std::path::PathBuf;

use typelang_ir::UnknownRoot;

/// Why code could not be generated.
///
/// `Debug` shows the same text as `Display`, so that a build script whose `main` returns it shows the diagnostics as they
/// are meant to be read.
#[non_exhaustive]
pub enum Error {
    /// No schema was given.
    NoSchema,
    /// No output was given, and there is no `OUT_DIR`.
    NoOutput,
    /// A file could not be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The schema has errors.
    Schema {
        /// All diagnostics as text.
        rendered: String,
    },
    /// A fact file has errors, or does not fit the schema.
    Facts {
        /// All diagnostics as text.
        rendered: String,
    },
    /// Roots that name nothing in the schema.
    UnknownRoots(Vec<UnknownRoot>),
    /// An extern path for something that the schema does not have.
    UnknownExternPath {
        /// The TL name.
        name: String,
    },
    /// A manifest without the two lines between which features are written.
    NoFeatures {
        /// The file.
        path: PathBuf,
    },
    /// An option that should be Rust is none.
    InvalidRust {
        /// The text of the option.
        text: String,
    },
    /// A Rust type names a lifetime that generated types do not have, or is a reference without one.
    UnknownLifetime {
        /// The Rust type.
        text: String,
    },
    /// A part of the code is asked for that types which borrow cannot have.
    Borrowed {
        /// The option that asks for it.
        part: &'static str,
        /// The Rust type that borrows.
        text: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSchema => f.write_str("no schema given: call `schema` with the path of a .tl file"),
            Self::NoOutput => {
                f.write_str("OUT_DIR is not set: outside of a build script, call `out_file` or `out_directory`")
            }
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Self::Schema { rendered } => write!(f, "the schema has errors\n\n{rendered}"),
            Self::Facts { rendered } => write!(f, "the facts about the schema have errors\n\n{rendered}"),
            Self::UnknownRoots(roots) => {
                let lines: Vec<String> = roots.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::UnknownExternPath { name } => {
                write!(f, "an extern path is given for `{name}`, but no type or constructor is called so")
            }
            Self::NoFeatures { path } => write!(
                f,
                "{} does not have the lines `{}` and `{}`, between which features are written",
                path.display(),
                super::manifest::START,
                super::manifest::END
            ),
            Self::InvalidRust { text } => write!(f, "`{text}` is not Rust"),
            Self::UnknownLifetime { text } => {
                write!(f, "`{text}` must name the lifetime `'a`, which generated types have, and no other")
            }
            Self::Borrowed { part, text } => {
                write!(f, "`{part}` needs types that own what they hold, but `{text}` borrows from the input")
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}
