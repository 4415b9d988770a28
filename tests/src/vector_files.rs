//! Encodings made by other software, in `../shared/vectors`, and the schema that each file of them belongs to: the one of the
//! same name, unless `data/vectors.toml` names another.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use toml::Table;
use typelang_ir::{Profile, Schema};

use crate::encodings::{Encoding, encodings};
use crate::modules::{MODULES, Module, module};
use crate::published::Published;
use crate::trials::{Missing, Needed};
use crate::vectors::{Explanation, Rename, explanations, without_notes};
use crate::{schemas, shared};

/// The exceptions among the files.
static SETTINGS: LazyLock<Table> = LazyLock::new(|| include_str!("../data/vectors.toml").parse().expect("a table"));

/// Lines that no schema of ours can read, and why.
static EXPLANATIONS: LazyLock<Vec<Explanation>> =
    LazyLock::new(|| explanations(include_str!("../data/vectors-explained.tsv")).expect("lines of three columns"));

/// The files of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaFiles {
    /// The files in the order in which they are read.
    pub files: Vec<PathBuf>,
    /// The profile of its family, where the files do not name it.
    pub profile: Option<Profile>,
}

impl SchemaFiles {
    /// The schema that something in the folder of vectors belongs to: a file, without its extension, or a folder.
    ///
    /// # Errors
    ///
    /// Returns why tests are ignored if there are no schemas.
    ///
    /// # Panics
    ///
    /// No schema has the name.
    pub fn of(vectors: &str) -> Needed<Self> {
        let published = schemas::published()?;
        let names = settings(vectors, "schemas").unwrap_or_else(|| vec![vectors.to_owned()]);
        let parts = names.iter().map(|name| Self::named(name, &published)).collect::<Vec<Self>>();
        let profile = parts.iter().find_map(|part| part.profile);
        Ok(Self { files: parts.into_iter().flat_map(|part| part.files).collect(), profile })
    }

    /// A published schema, or one of this repository.
    fn named(name: &str, published: &[Published]) -> Self {
        if let Some(found) = published.iter().find(|schema| schema.stem() == name) {
            return Self { files: found.files.clone(), profile: found.profile };
        }
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = ["data", "../schema"].map(|folder| package.join(folder).join(format!("{name}.tl")));
        let own = own.into_iter().find(|path| path.exists());
        let own = own.unwrap_or_else(|| panic!("there is no schema {name}: name another in tests/data/vectors.toml"));
        Self { files: vec![own], profile: None }
    }

    /// Reads and resolves the files.
    #[must_use]
    pub fn load(&self) -> Schema {
        schemas::load_all(&self.files, self.profile)
    }

    /// The layer of the API, if the first file names one.
    #[must_use]
    pub fn layer(&self) -> Option<u32> {
        schemas::layer(&self.files[0])
    }
}

/// The messages in the folder of fixtures.
///
/// # Errors
///
/// Returns why tests are ignored if there are none.
///
/// # Panics
///
/// The folder cannot be read.
pub fn fixtures() -> Needed<Vec<PathBuf>> {
    SchemaFiles::of("fixtures")?;
    Ok(files(&shared::find("vectors/fixtures")?, "bin"))
}

/// The files in a folder with an extension, by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == extension));
    paths.sort();
    paths
}

fn same_layer(layer: Option<u32>) -> Needed<()> {
    let ours = schemas::layer(&schemas::path("api.tl"));
    let name = |layer: Option<u32>| layer.map_or("no layer".to_owned(), |layer| format!("layer {layer}"));
    match layer == ours {
        true => Ok(()),
        false => Err(Missing::new(format!("belongs to {}, the checked-in crate has {}", name(layer), name(ours)))),
    }
}

/// A file of encodings.
#[derive(Clone, Debug)]
pub struct VectorFile {
    /// Its name without the extension.
    pub name: String,
    /// The schema that it belongs to.
    pub schema: SchemaFiles,
    path: PathBuf,
    renames: Vec<Rename>,
}

/// All files of encodings, by name.
///
/// # Errors
///
/// Returns why tests are ignored if there are none.
///
/// # Panics
///
/// The folder cannot be read, or a file belongs to no schema.
pub fn vector_files() -> Needed<Vec<VectorFile>> {
    files(&shared::find("vectors")?, "jsonl").into_iter().map(VectorFile::new).collect()
}

impl VectorFile {
    fn new(path: PathBuf) -> Needed<Self> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let renames = settings(&name, "renames").unwrap_or_default();
        let renames = renames.iter().map(|text| Rename::parse(text).unwrap_or_else(|| panic!("no rename: {text}")));
        Ok(Self { schema: SchemaFiles::of(&name)?, renames: renames.collect(), path, name })
    }

    /// The lines, with the names of objects that the schema has.
    ///
    /// # Panics
    ///
    /// A line is not an encoding, or there is none.
    #[must_use]
    pub fn lines(&self) -> Vec<Encoding> {
        let mut lines = encodings(&self.path);
        assert!(!lines.is_empty(), "{} is empty", self.name);
        for line in &mut lines {
            without_notes(&mut line.value);
            self.renames.iter().for_each(|rename| rename.apply(&mut line.value));
        }
        lines
    }

    /// Returns whether it is known why no schema of ours can read a line.
    #[must_use]
    pub fn is_explained(&self, line: &Encoding) -> bool {
        EXPLANATIONS.iter().any(|explanation| explanation.is_of(line))
    }

    /// The module of the checked-in crate that has this schema: the one that the settings name, the API for a schema with a
    /// layer, or the one with the same name. The outer `Option` is empty if no module has it.
    ///
    /// # Errors
    ///
    /// Returns why a test is ignored if the file belongs to another layer of the API.
    #[must_use]
    pub fn module(&self) -> Option<Needed<&'static Module>> {
        let named = SETTINGS.get(&self.name).and_then(|settings| settings.get("module")?.as_str());
        match (named, self.schema.layer()) {
            (Some(name), _) => Some(Ok(module(name))),
            (None, Some(layer)) => Some(same_layer(Some(layer)).map(|()| module("api"))),
            (None, None) => MODULES.iter().find(|module| module.name == self.name).map(Ok),
        }
    }

    /// Constructors and functions of these lines that the checked-in crate does not have.
    #[must_use]
    pub fn not_in_crate(&self) -> Vec<String> {
        settings(&self.name, "not_in_crate").unwrap_or_default()
    }
}

/// A list of texts that the settings have about something.
fn settings(vectors: &str, key: &str) -> Option<Vec<String>> {
    let texts = SETTINGS.get(vectors)?.get(key)?.as_array()?.iter();
    Some(texts.map(|text| text.as_str().expect("a text").to_owned()).collect())
}
