//! What `decode` and `encode` have in common: the schema as a table, the type that is asked for, and where the input comes
//! from.

use std::path::{Path, PathBuf};

use clap::Args;
use typelang::reflect::{Table, Type};
use typelang_ir::{Profile, Schema};
use typelang_parser::Severity;
use typelang_project::Project;

use crate::console::Console;
use crate::exit::Failure;
use crate::family::Family;
use crate::schemas::{read, read_bytes, without_errors};

/// The schema and the input of a command.
#[derive(Args, Debug)]
pub(crate) struct Source {
    /// Schema files, which together make one schema.
    #[arg(long = "schema", short, required = true, value_name = "SCHEMA", num_args = 1..)]
    schemas: Vec<PathBuf>,
    /// What the input is: a type as in a field of the schema (`User`, `Vector<long>`, `%FutureSalt`), or the name of a
    /// function for what it returns. If not given, the id at the beginning tells: of any constructor or function.
    #[arg(long = "type", short, value_name = "TYPE")]
    ty: Option<String>,
    #[command(flatten)]
    family: Family,
}

/// The name of the constructor that has the type on the command line as its only field.
const HOLDER: &str = "typeOfTheCommandLine";

/// A table that was built from schema files.
pub(crate) struct Loaded {
    bytes: Vec<u8>,
    /// The function whose result is asked for.
    function: Option<String>,
    has_holder: bool,
}

impl Source {
    /// Returns whether the id at the beginning of the input tells what it is.
    pub(crate) fn names_no_type(&self) -> bool {
        self.ty.is_none()
    }

    /// The input: the argument after the options, or else the last of the schemas, which take all that follows them.
    pub(crate) fn split<'a>(&'a self, input: Option<&'a PathBuf>) -> Result<(&'a [PathBuf], &'a Path), Failure> {
        match (input, self.schemas.split_last()) {
            (Some(input), _) => Ok((&self.schemas, input)),
            (None, Some((last, schemas))) if !schemas.is_empty() => Ok((schemas, last)),
            (None, _) => Err(Failure::Message("there is no input; name it after the schemas".to_owned())),
        }
    }

    /// Reads the schemas and builds their table. Shows errors in the schemas, if there are any, and returns nothing then.
    pub(crate) fn load(&self, schemas: &[PathBuf], console: &Console) -> Result<Option<Loaded>, Failure> {
        let mut project = read(schemas, &[])?;
        let Some(schema) = self.resolve(&project, console) else { return Ok(None) };
        let Some(ty) = &self.ty else { return Ok(Some(Loaded::new(&schema, None, false))) };
        let is_function = schema.functions.iter().any(|it| it.combinator.name.to_string() == *ty);
        if is_function && schema.find_constructor(ty).is_none() {
            return Ok(Some(Loaded::new(&schema, Some(ty.clone()), false)));
        }
        let holder = format!("{HOLDER} value:{ty} = TypeOfTheCommandLine;\n");
        project.add_schema("<type>", holder.into_bytes());
        let schema = self.resolve(&project, console);
        Ok(schema.map(|schema| Loaded::new(&schema, None, true)))
    }

    /// The schema that all files make together. Shows errors, and nothing else, if there are any, and returns nothing then.
    fn resolve(&self, project: &Project, console: &Console) -> Option<Schema> {
        let checked = project.as_one(self.family.resolve_options());
        without_errors(checked, &project.sources, Severity::Error, console).map(|(schema, _)| schema)
    }
}

impl Loaded {
    fn new(schema: &Schema, function: Option<String>, has_holder: bool) -> Self {
        let long_strings = schema.profile.is_some_and(Profile::has_long_strings);
        Self { bytes: typelang_ir::table(schema, long_strings), function, has_holder }
    }

    /// The table.
    pub(crate) fn table(&self) -> Table<'_> {
        Table::generated(&self.bytes)
    }

    /// The type of the input.
    pub(crate) fn ty(&self) -> Type<'_> {
        let function = self.function.as_deref().and_then(|name| self.table().function_named(name));
        let holder = if self.has_holder { self.table().constructor_named(HOLDER) } else { None };
        let value = holder.and_then(|holder| holder.fields().next());
        match (function, value) {
            (Some(function), _) => function.result(),
            (None, Some(value)) => value.ty(),
            (None, None) => Type::ANY,
        }
    }
}

/// The content of the input: of standard input, of the file that is named, or the argument itself.
pub(crate) fn content(input: &Path) -> Result<Vec<u8>, Failure> {
    if !is_argument(input) {
        return read_bytes(input).map_err(|error| Failure::read(input, &error));
    }
    Ok(input.as_os_str().as_encoded_bytes().to_vec())
}

/// The argument as messages show it.
pub(crate) fn shown(input: &Path) -> String {
    const SHOWN: usize = 40;
    let text = input.to_string_lossy();
    match text.char_indices().nth(SHOWN) {
        None => format!("`{text}`"),
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
    }
}

/// Returns whether the input is the argument itself.
pub(crate) fn is_argument(input: &Path) -> bool {
    // A pipe can be an input as well: `<(…)` of a shell.
    let is_there = || input.metadata().is_ok_and(|there| !there.is_dir());
    input != Path::new("-") && !is_there()
}
