//! The cases in the folder `cases` and how code is generated from each; used by the snapshots and by `tests/compiled`.
//!
//! A case is a folder with `schema.tl`, `code.snap`, and, where it needs them, `facts.toml` and `options.toml`. The options are
//! those methods of the builder that are called, by their names; without the file none is.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use typelang_build::{Availability, Builder, NamespaceFeatures};

/// One small schema, aimed at one thing.
pub(crate) struct Case {
    /// The name of the folder, and of the module of the crate that compiles them all.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    options: Table,
    /// Whether the code uses types of the crate that compiles it.
    #[allow(dead_code, reason = "only the crate that compiles the code asks for it")]
    pub(crate) has_own_types: bool,
}

/// All cases of a folder, by name.
///
/// # Panics
///
/// The folder cannot be read, or an option is not known.
pub(crate) fn all(folder: &Path) -> Vec<Case> {
    let entries = fs::read_dir(folder).expect("the folder of the cases");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().expect("a name").to_str().expect("a name of a module").to_owned();
        let file = folder.join("options.toml");
        let text = if file.exists() { fs::read_to_string(&file).expect("readable") } else { String::new() };
        let options = text.parse().unwrap_or_else(|error: toml::de::Error| panic!("{}: {error}", file.display()));
        Self { name, folder, options, has_own_types: text.contains("crate::own::") }
    }

    /// Generates the code of this case.
    pub(crate) fn builder(&self) -> Builder {
        let facts = Some(self.folder.join("facts.toml")).filter(|path| path.exists());
        let builder = Builder::new().schema(self.folder.join("schema.tl")).facts(facts);
        self.options.iter().fold(builder, |builder, (option, value)| {
            apply(builder, option, value).unwrap_or_else(|| panic!("{}: {option} = {value:?}", self.name))
        })
    }

    /// Generates the same with values that borrow. A list of all types cannot have these.
    #[allow(dead_code, reason = "only the crate that compiles the code asks for it")]
    pub(crate) fn borrowed_builder(&self) -> Builder {
        self.builder().borrowed(true).catalog(Availability::Never)
    }

    /// Returns whether namespaces are features of the crate that compiles the code.
    #[allow(dead_code, reason = "only the snapshots ask for it")]
    pub(crate) fn has_namespace_features(&self) -> bool {
        self.options.contains_key("namespace_features")
    }

    /// Returns whether the code has documentation.
    #[allow(dead_code, reason = "only the crate that compiles the code asks for it")]
    pub(crate) fn has_documentation(&self) -> bool {
        self.options.get("documentation") != Some(&Value::Boolean(false))
    }
}

/// Calls the method of the builder that an option names. Returns nothing if there is no such option, or not with this value.
fn apply(builder: Builder, option: &str, value: &Value) -> Option<Builder> {
    let availability =
        || value.as_bool().map(|is_there| if is_there { Availability::Always } else { Availability::Never });
    match option {
        "any_constructor" => Some(builder.any_constructor(availability()?)),
        "borrowed" => Some(builder.borrowed(value.as_bool()?)),
        "bytes_type" => Some(builder.bytes_type(value.as_str()?)),
        "catalog" => Some(builder.catalog(availability()?)),
        "cross_references" => Some(builder.cross_references(value.as_bool()?)),
        "documentation" => Some(builder.documentation(value.as_bool()?)),
        "documentation_url" => Some(builder.documentation_url(value.as_str()?)),
        "function_decoding" => Some(builder.function_decoding(availability()?)),
        "long_strings" => Some(builder.long_strings(value.as_bool()?)),
        "namespace_features" => Some(builder.namespace_features(NamespaceFeatures::new(value.as_str()?))),
        "only" => Some(builder.only(texts(value)?)),
        "string_type" => Some(builder.string_type(value.as_str()?)),
        // A table: by the path of what the option is about.
        _ => {
            value.as_table()?.iter().try_fold(builder, |builder, (path, value)| apply_to(builder, option, path, value))
        }
    }
}

/// Calls the method of the builder that an option names, for one item or field.
fn apply_to(builder: Builder, option: &str, path: &str, value: &Value) -> Option<Builder> {
    match option {
        "derive" => Some(builder.derive(path, texts(value)?)),
        "extern_path" => Some(builder.extern_path(path, value.as_str()?)),
        "field_attribute" => Some(builder.field_attribute(path, value.as_str()?)),
        "group_name" => value
            .as_table()?
            .iter()
            .try_fold(builder, |builder, (group, name)| Some(builder.group_name(path, group, name.as_str()?))),
        "type_attribute" => Some(builder.type_attribute(path, value.as_str()?)),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}
