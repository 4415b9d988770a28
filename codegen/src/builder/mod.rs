//! What a build script calls.

mod check;
mod error;
#[cfg(feature = "history")]
mod history;
mod load;
mod manifest;
mod read;
mod write;

use std::path::{Path, PathBuf};

use typelang_facts::Facts;
use typelang_ir::{Profile, Schema};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Sources};

pub use error::{Error, Findings};

use crate::generate::{generate_features, generate_file, generate_files};
use crate::options::{Availability, GroupName, NamespaceFeatures, Options, PathAttribute};
use crate::rust::layout::LayoutOptions;
use load::{Input, Loaded};

/// Generates Rust from schema files, in a build script or elsewhere.
///
/// ```no_run
/// # fn main() -> Result<(), typelang_build::Error> {
/// typelang_build::Builder::new()
///     .schema("schema/api.tl")
///     .only(["messages.sendEncrypted", "updates.*"])
///     .type_attribute("messages", "#[derive(serde::Serialize)]")
///     .generate()
/// # }
/// ```
///
/// Without [`out_file`](Self::out_file) or [`out_directory`](Self::out_directory) the code goes to `$OUT_DIR/tl.rs`.
/// In a build script, Cargo is told which files to watch. Files are written only if they change.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    input: Input,
    options: Options,
    output: Option<Output>,
    manifest: Option<PathBuf>,
}

#[derive(Clone, Debug)]
enum Output {
    File(PathBuf),
    Directory(PathBuf, String),
}

impl Builder {
    /// A builder without schemas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema file. Several files make one schema; what they repeat word for word is defined once.
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.input.schemas.push(path.into());
        self
    }

    /// Adds several schema files.
    #[must_use]
    pub fn schemas<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.input.schemas.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Adds fact files (TOML): errors of functions, who can call them, and texts. They become documentation, the enum
    /// `RpcErrorKind`, and the constants `ERRORS` and `AVAILABILITY` of functions. With [`only`](Self::only), errors that
    /// nothing kept returns are left out. Needs the feature `facts`.
    #[cfg(feature = "facts")]
    #[must_use]
    pub fn facts<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.input.facts.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Generates from a schema that is loaded already, for example by `typelang_project`, and the facts about it. No schema file
    /// and no fact file is read then; those that are named are still watched by Cargo.
    ///
    /// ```
    /// use typelang_build::Builder;
    ///
    /// # fn main() -> Result<(), typelang_build::Error> {
    /// let mut project = typelang_project::Project::new();
    /// project.add_schema("user.tl", b"user id:long = User;".to_vec());
    /// let checked = project.as_one(typelang_ir::ResolveOptions::default());
    /// assert!(!checked.has_errors());
    /// let code = Builder::new().resolved(checked.schema, checked.facts).generate_to_string()?;
    /// assert!(code.contains("pub struct User"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn resolved(mut self, schema: Schema, facts: Facts) -> Self {
        self.input.resolved = Some((schema, facts));
        self
    }

    /// Removes those findings in a schema that say that something has no Rust type where [`extern_path`](Self::extern_path) gives it
    /// one: for a schema that is loaded and shown otherwise, and then given to [`resolved`](Self::resolved).
    pub fn remove_settled(&self, diagnostics: &mut Vec<Diagnostic>, sources: &Sources, schema: &Schema) {
        load::remove_settled(diagnostics, sources, schema, &self.options.extern_paths);
    }

    /// Keeps only what these roots reach: functions (their arguments are encoded, their results decoded), types or
    /// constructors (both), or all functions of a namespace as `namespace.*`. Adds to earlier calls.
    #[must_use]
    pub fn only<S: Into<String>>(mut self, roots: impl IntoIterator<Item = S>) -> Self {
        self.input.roots.get_or_insert_default().extend(roots.into_iter().map(Into::into));
        self
    }

    /// With [`only`](Self::only): every kept type can be both encoded and decoded, as servers and tests need.
    #[must_use]
    pub fn both_directions(mut self, both: bool) -> Self {
        self.input.subset.both_directions = both;
        self
    }

    /// How ids are computed, instead of finding it out from the explicit ids of each file.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.input.dialect = Some(dialect);
        self
    }

    /// The custom of the schema's family: how ids are computed, whether strings can be long, and whose the bits of a `#` are.
    /// Otherwise each file says its own with a comment `// tl:profile(ton)`, or it follows from the explicit ids.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.input.profile = Some(profile);
        self
    }

    /// Adds an attribute to the structs and enums that a path matches; see [`PathAttribute`].
    #[must_use]
    pub fn type_attribute(mut self, path: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.options.type_attributes.push(PathAttribute { path: path.into(), attribute: attribute.into() });
        self
    }

    /// Adds an attribute to the fields that a path matches: `messages.sendMessage.message`.
    #[must_use]
    pub fn field_attribute(mut self, path: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.options.field_attributes.push(PathAttribute { path: path.into(), attribute: attribute.into() });
        self
    }

    /// Derives more traits for the structs and enums that a path matches: `derive(".", ["serde::Serialize"])`.
    #[must_use]
    pub fn derive<S: AsRef<str>>(self, path: impl Into<String>, traits: impl IntoIterator<Item = S>) -> Self {
        let traits: Vec<String> = traits.into_iter().map(|it| it.as_ref().to_owned()).collect();
        self.type_attribute(path, format!("#[derive({})]", traits.join(", ")))
    }

    /// Uses a Rust type that is defined elsewhere for a TL type or constructor, and does not generate it.
    ///
    /// For a type (`InputPeer`) the Rust type must implement `Encode` and `Decode` of the runtime, for a constructor
    /// (`inputPeerUser`) `Combinator`, `EncodeBare` and `DecodeBare`; both also `Clone`, `Debug` and `PartialEq`. A constructor
    /// of such a type that a field has bare (`%Point`) keeps its struct, since the bytes are not those of the type. Types and
    /// constructors with parameters cannot be replaced.
    #[must_use]
    pub fn extern_path(mut self, name: impl Into<String>, rust_path: impl Into<String>) -> Self {
        self.options.extern_paths.push((name.into(), rust_path.into()));
        self
    }

    /// Names the group of fields that share one bit of a constructor or function:
    /// `group_name("message", "views_and_forwards", "counters")`.
    ///
    /// Without a name, and without one in a fact file, a group is called after the first `true` on its bit, else after its fields,
    /// joined by `_and_`, or, where that is longer than 40 characters, after the first of them: `lang_code_and_others`. `derived` is
    /// the name by this rule.
    #[must_use]
    pub fn group_name(
        mut self,
        combinator: impl Into<String>,
        derived: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        let (combinator, derived, name) = (combinator.into(), derived.into(), name.into());
        self.options.group_names.push(GroupName { combinator, derived, name });
        self
    }

    /// Rust type of `bytes`, instead of `Vec<u8>`. Must implement `AsRef<[u8]>`, `From<Vec<u8>>` and the derived traits; or
    /// `From<&'a [u8]>` if it names the lifetime `'a`: then values borrow, see [`borrowed`](Self::borrowed).
    ///
    /// `typelang::bytes::Bytes`, which needs the runtime's feature `bytes`, shares the memory of an input that is itself such
    /// `Bytes`: `Decode::from_shared`. For strings there is no such type.
    #[must_use]
    pub fn bytes_type(mut self, rust_type: impl Into<String>) -> Self {
        self.options.bytes_type = Some(rust_type.into());
        self
    }

    /// Rust type of `string`, instead of `String`. Must implement `AsRef<str>`, `From<&str>` and the derived traits; or
    /// `From<&'a str>` if it names the lifetime `'a`: then values borrow, see [`borrowed`](Self::borrowed).
    #[must_use]
    pub fn string_type(mut self, rust_type: impl Into<String>) -> Self {
        self.options.string_type = Some(rust_type.into());
        self
    }

    /// Makes `string` a `&'a str` and `bytes` a `&'a [u8]`, which borrow from the bytes that a value is decoded from, or undoes
    /// what such a call did.
    ///
    /// Types that hold one of them, directly or by way of others, have the lifetime `'a`; all others stay as they are. So have
    /// types whose [`string_type`](Self::string_type) or [`bytes_type`](Self::bytes_type) names `'a`, such as `Cow<'a, str>`; no
    /// other lifetime can be named. Functions implement the runtime's `FunctionBorrowed`, since what they return may borrow from
    /// the answer, and `Function` as well if it does not. Bytes that are not UTF-8 are no `string` whatever the runtime's options
    /// say, since what is repaired is not in the input. Types that borrow cannot have [`serde`](Self::serde),
    /// [`catalog`](Self::catalog), [`arbitrary`](Self::arbitrary) or [`examples`](Self::examples), which build values of their
    /// own.
    #[must_use]
    pub fn borrowed(mut self, borrowed: bool) -> Self {
        self.options.string_type = borrowed.then(|| "&'a str".to_owned());
        self.options.bytes_type = borrowed.then(|| "&'a [u8]".to_owned());
        self
    }

    /// Sets whether byte strings of 2²⁴ bytes (16 MiB) and more can be encoded and decoded, as TDLib, TON and VK do.
    #[must_use]
    pub fn long_strings(mut self, long: bool) -> Self {
        self.options.long_strings = long;
        self
    }

    /// Sets whether functions can be decoded, too, and there is an enum of all of them, `AnyFunction`: for servers, proxies and
    /// tests. With [`only`](Self::only) this needs [`both_directions`](Self::both_directions).
    #[must_use]
    pub fn function_decoding(mut self, decoding: Availability) -> Self {
        self.options.function_decoding = decoding;
        self
    }

    /// Sets whether there is an enum of all constructors, `AnyConstructor`, for what is known by its id alone. With
    /// [`only`](Self::only) this needs [`both_directions`](Self::both_directions). Where the schema speaks of `Object`, the enum
    /// is there in any case, and if there are functions, it has a variant for calls.
    #[must_use]
    pub fn any_constructor(mut self, any_constructor: Availability) -> Self {
        self.options.any_constructor = any_constructor;
        self
    }

    /// Sets whether documentation lists what returns, takes and holds a type, and names the type of a constructor. Off by default: it
    /// is for crates that are read, and takes about one line in twenty.
    #[must_use]
    pub fn cross_references(mut self, cross_references: bool) -> Self {
        self.options.cross_references = cross_references;
        self
    }

    /// Sets whether there is a table of the schema, `TABLE`, for the runtime's module `reflect`: values without generated types,
    /// as text and as JSON, and errors that name the path. Needs the runtime's feature `reflect`. A program that does not use
    /// the table does not carry it.
    #[must_use]
    pub fn reflect(mut self, reflect: Availability) -> Self {
        self.options.reflect = reflect;
        self
    }

    /// Adds the module `history`, which reads values of older layers as those of this one, and writes values for older layers: the
    /// runtime's module `history` describes it. `path` is a history of the schema (`tl history`), which must have its layer;
    /// [`history_rules`](Self::history_rules) adds a file of rules. Needs the feature `history`, and that of the runtime.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), typelang_build::Error> {
    /// typelang_build::Builder::new()
    ///     .schema("schema/api.tl")
    ///     .history("schema/history.tl")
    ///     .history_rules("schema/history.toml")
    ///     .generate()
    /// # }
    /// ```
    #[cfg(feature = "history")]
    #[must_use]
    pub fn history(mut self, path: impl Into<PathBuf>) -> Self {
        self.input.history.path = Some(path.into());
        self
    }

    /// The file of rules for [`history`](Self::history), which `typelang_history::upgrades` describes.
    #[cfg(feature = "history")]
    #[must_use]
    pub fn history_rules(mut self, path: impl Into<PathBuf>) -> Self {
        self.input.history.rules = Some(path.into());
        self
    }

    /// Sets whether the module of [`history`](Self::history) is there. It always is, unless this names a feature.
    #[cfg(feature = "history")]
    #[must_use]
    pub fn history_availability(mut self, availability: Availability) -> Self {
        self.input.history.availability = availability;
        self
    }

    /// Sets whether the types implement `Serialize` and `Deserialize` of serde, through the table: the runtime's module `serde` says
    /// what values look like. Needs the runtime's feature `serde`; a feature that is named here must turn on that and the one of
    /// [`reflect`](Self::reflect), if one is named there. Only what can be encoded is serialized, and only what can be decoded
    /// deserialized: with [`only`](Self::only) this wants [`both_directions`](Self::both_directions), and functions want
    /// [`function_decoding`](Self::function_decoding). Structs and enums with parameters have no impls of their own.
    #[must_use]
    pub fn serde(mut self, serde: Availability) -> Self {
        self.options.serde = serde;
        self
    }

    /// Sets whether there are lists of all types, constructors, functions and results, `CATALOG` and `CALLS`, for tests, fuzz targets
    /// and tools that go through all of them. With [`only`](Self::only) this needs [`both_directions`](Self::both_directions).
    #[must_use]
    pub fn catalog(mut self, catalog: Availability) -> Self {
        self.options.catalog = catalog;
        self
    }

    /// Sets whether types implement `arbitrary::Arbitrary`, for fuzzing, through the table. Needs the runtime's feature `arbitrary`;
    /// a feature that is named here must turn on that and the one of [`reflect`](Self::reflect), if one is named there. With
    /// [`only`](Self::only) this needs [`both_directions`](Self::both_directions). Functions are among them where they can be
    /// decoded.
    #[must_use]
    pub fn arbitrary(mut self, arbitrary: Availability) -> Self {
        self.options.arbitrary = arbitrary;
        self
    }

    /// Gives the generated crate a feature for each namespace of functions: with `help` there are the functions of the namespace
    /// `help` and the types that these reach, and nothing else; with several features there is what any of them reaches. The
    /// crate must have the features: [`manifest`](Self::manifest) writes them. What lists all items (`CATALOG`, impls of
    /// `Arbitrary`, and `AnyConstructor` and `AnyFunction` where no type of the schema needs them) is there only with the
    /// feature of the whole schema; `name_of` and `TABLE` are always whole.
    #[must_use]
    pub fn namespace_features(mut self, features: NamespaceFeatures) -> Self {
        self.options.namespace_features = Some(features);
        self
    }

    /// Keeps the features of [`namespace_features`](Self::namespace_features) in a `Cargo.toml` up to date: between the lines
    /// `# Features of namespaces, written by typelang-build.` and `# End of the features of namespaces.`, which must stand in its
    /// section `[features]`.
    #[must_use]
    pub fn manifest(mut self, path: impl Into<PathBuf>) -> Self {
        self.manifest = Some(path.into());
        self
    }

    /// Sets whether items and fields are documented. On by default.
    #[must_use]
    pub fn documentation(mut self, documentation: bool) -> Self {
        self.options.documentation = documentation;
        self
    }

    /// Links items to the pages `constructor/NAME`, `type/NAME` and `method/NAME` beneath a URL.
    #[must_use]
    pub fn documentation_url(mut self, url: impl Into<String>) -> Self {
        self.options.documentation_url = Some(url.into());
        self
    }

    /// Gives the documentation of some functions an example, which is also a doctest: `examples("my_crate::tl",
    /// ["messages.sendEncrypted"])`. The path is that of the generated module.
    #[must_use]
    pub fn examples<S: Into<String>>(
        mut self,
        module: impl Into<String>,
        functions: impl IntoIterator<Item = S>,
    ) -> Self {
        let module = module.into();
        self.options.examples.extend(functions.into_iter().map(|name| (name.into(), module.clone())));
        self
    }

    /// Sets whether the code is formatted. On by default if the feature `pretty` is.
    #[must_use]
    pub fn pretty(mut self, pretty: bool) -> Self {
        self.options.pretty = pretty;
        self
    }

    /// Path of the runtime crate, if it is not `typelang`.
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.options.runtime_path = path.into();
        self
    }

    /// Sizes in memory: which variants go behind a pointer, which types are `Copy`.
    #[must_use]
    pub fn layout(mut self, layout: LayoutOptions) -> Self {
        self.options.layout = layout;
        self
    }

    /// What the first lines of each file say about where it comes from.
    #[must_use]
    pub fn preamble<S: Into<String>>(mut self, lines: impl IntoIterator<Item = S>) -> Self {
        self.options.preamble = lines.into_iter().map(Into::into).collect();
        self
    }

    /// Writes all code to one file.
    #[must_use]
    pub fn out_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.output = Some(Output::File(path.into()));
        self
    }

    /// Writes the code as a module `name` of several files beneath a folder: `name/mod.rs`, `name/types/mod.rs`, …, and
    /// `name/table.bin` if there is a table. The folder `name` is all for generated files: others that end with `.rs` or `.bin` are
    /// removed from it.
    #[must_use]
    pub fn out_directory(mut self, path: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        self.output = Some(Output::Directory(path.into(), name.into()));
        self
    }

    /// Reads the schemas, generates the code and writes it.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or written, if an option is not Rust, if a root names nothing, or if a schema
    /// or a fact file has errors: then the error has the [`Findings`], and its text is the rendered diagnostics. Nothing is
    /// written unless everything is right.
    pub fn generate(&self) -> Result<(), Error> {
        let output = self.output()?;
        let loaded = self.load()?;
        write::rerun_if_changed(&self.input.schemas);
        write::rerun_if_changed(&self.input.facts);
        #[cfg(feature = "history")]
        write::rerun_if_changed(&self.input.history.files());
        write::warnings(&loaded.findings);
        let manifest = self.manifest_text(&loaded)?;
        match output {
            Output::File(path) => write::file(&path, generate_file(&loaded.schema, &loaded.options).as_bytes())?,
            Output::Directory(path, name) => {
                let files = generate_files(&loaded.schema, &loaded.options, &name);
                write::directory(&path, &name, &files)?;
            }
        }
        match manifest {
            Some((path, text)) => write::file(path, text.as_bytes()),
            None => Ok(()),
        }
    }

    /// Generates the code and compares it with what is there, without writing anything. Returns the paths of files that
    /// are missing, differ, or should not be there, in order.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate).
    pub fn check(&self) -> Result<Vec<PathBuf>, Error> {
        let output = self.output()?;
        let loaded = self.load()?;
        let mut different = match output {
            Output::File(path) => {
                write::compare_file(&path, generate_file(&loaded.schema, &loaded.options).as_bytes())?
            }
            Output::Directory(path, name) => {
                let files = generate_files(&loaded.schema, &loaded.options, &name);
                write::compare_directory(&path, &name, &files)?
            }
        };
        if let Some((path, text)) = self.manifest_text(&loaded)? {
            different.extend(write::compare_file(path, text.as_bytes())?);
            different.sort();
        }
        Ok(different)
    }

    /// Reads and checks the schemas, and returns the code as one text without writing anything.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate).
    pub fn generate_to_string(&self) -> Result<String, Error> {
        let loaded = self.load()?;
        Ok(generate_file(&loaded.schema, &loaded.options))
    }

    /// The manifest with its features, if there is one to keep up to date.
    fn manifest_text(&self, loaded: &Loaded<'_>) -> Result<Option<(&Path, String)>, Error> {
        let Some(path) = &self.manifest else { return Ok(None) };
        let Some(features) = generate_features(&loaded.schema, &loaded.options) else { return Ok(None) };
        let text = read::text(path)?;
        let text = manifest::with_features(&text, &features).ok_or_else(|| Error::NoFeatures { path: path.clone() })?;
        Ok(Some((path, text)))
    }

    fn output(&self) -> Result<Output, Error> {
        match &self.output {
            Some(output) => Ok(output.clone()),
            None => match std::env::var_os("OUT_DIR") {
                Some(directory) => Ok(Output::File(Path::new(&directory).join("tl.rs"))),
                None => Err(Error::NoOutput),
            },
        }
    }

    /// Loads the part of the schema that code is generated for.
    fn load(&self) -> Result<Loaded<'_>, Error> {
        check::options(&self.options)?;
        self.input.load(&self.options)
    }
}
