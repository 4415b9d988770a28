//! Why code could not be generated.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use typelang_ir::UnknownRoot;
use typelang_parser::{Diagnostic, Limit, Severity, Sources, Tally, render_all};
use typelang_project::{Unreadable, UnreadableFile};

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
    /// Files could not be read.
    Read(Unreadable),
    /// A file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The schema has errors.
    Schema(Findings),
    /// A fact file has errors, or does not fit the schema.
    Facts(Findings),
    /// A history or its rules have errors.
    History(Findings),
    /// A history that does not have the layer of the schema.
    LayerNotInHistory {
        /// The layer; `None` if the schema does not name it.
        layer: Option<u32>,
        /// The file of the history.
        path: PathBuf,
    },
    /// Roots that name nothing in the schema.
    UnknownRoots(Vec<UnknownRoot>),
    /// A type that the schema declares as built in has no Rust type.
    NoRustType {
        /// The name of its constructor.
        name: String,
    },
    /// An extern path for something that the schema does not have.
    UnknownExternPath {
        /// The TL name.
        name: String,
    },
    /// An extern path for something with parameters: a Rust type that is defined elsewhere cannot be given the arguments.
    ExternPathWithParameters {
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

/// The findings in schemas and fact files, as data. [`Display`](fmt::Display) renders them with the lines that they point at.
///
/// ```
/// # fn example(error: typelang_build::Error) {
/// if let typelang_build::Error::Schema(findings) = error {
///     for diagnostic in &findings.diagnostics {
///         let place = &diagnostic.primary;
///         let (line, column) = findings.sources.line_column(place.source, place.span.start);
///         println!("{}:{line}:{column}: {}", findings.sources.name(place.source), diagnostic.message);
///     }
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// All findings in the order of files and places: errors, warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that their places point into.
    pub sources: Sources,
}

impl fmt::Display for Findings {
    /// Renders errors and warnings: [`SHOWN`](Self::SHOWN) at most, errors rather than warnings, and the count of the others.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults = || self.diagnostics.iter().filter(|it| it.severity > Severity::Note);
        let limit = Limit::new(Self::SHOWN);
        limit.expect(Tally::of(faults()));
        let shown: Vec<Diagnostic> = faults().filter(|it| limit.allows(it.severity)).cloned().collect();
        f.write_str(&render_all(&shown, &self.sources))?;
        match limit.hidden().total() {
            0 => Ok(()),
            1 => f.write_str("\n1 more is not shown\n"),
            hidden => write!(f, "\n{hidden} more are not shown\n"),
        }
    }
}

impl Findings {
    /// How many findings are rendered at most.
    pub const SHOWN: usize = Limit::DEFAULT;
}

impl Error {
    /// A file that could not be read.
    pub(super) fn read(path: &Path, error: io::Error) -> Self {
        Self::Read(Unreadable { files: vec![UnreadableFile { path: path.to_owned(), error }] })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSchema => f.write_str("no schema given: call `schema` with the path of a .tl file"),
            Self::NoOutput => {
                f.write_str("OUT_DIR is not set: outside of a build script, call `out_file` or `out_directory`")
            }
            Self::Read(unreadable) => unreadable.fmt(f),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Self::Schema(findings) => write!(f, "the schema has errors\n\n{findings}"),
            Self::Facts(findings) => write!(f, "the facts about the schema have errors\n\n{findings}"),
            Self::History(findings) => write!(f, "the history of the schema has errors\n\n{findings}"),
            Self::LayerNotInHistory { layer: Some(layer), path } => {
                write!(f, "{} does not have layer {layer}, which the schema is", path.display())
            }
            Self::LayerNotInHistory { layer: None, path } => write!(
                f,
                "the schema does not name its layer, by which it is found in {}: add a line `// LAYER 1`",
                path.display()
            ),
            Self::UnknownRoots(roots) => {
                let lines: Vec<String> = roots.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::NoRustType { name } => write!(
                f,
                "`{name}` is declared as built in, but it is not a type that has a Rust type; give it one: \
                 `Builder::extern_path(\"{name}\", …)`, `tl generate --extern-path {name}=PATH`"
            ),
            Self::UnknownExternPath { name } => {
                write!(f, "an extern path is given for `{name}`, but no type or constructor has this name")
            }
            Self::ExternPathWithParameters { name } => write!(
                f,
                "an extern path is given for `{name}`, which has parameters: a type that is defined elsewhere cannot be given the arguments"
            ),
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
            Self::Read(unreadable) => unreadable.source(),
            Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}
