//! Schemas as tables, side by side, and the types that are named on the command line.

use std::path::PathBuf;

use clap::Args;
use typelang::reflect::{Table, Type};
use typelang_build::Options;
use typelang_inspect::{MTPROTO, Schemas, TypeIn};
use typelang_ir::{ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Severity, SourceId, parse};
use typelang_project::{Group, Project};

use crate::console::Console;
use crate::exit::Failure;
use crate::family::Family;
use crate::schemas::{read, without_errors};

/// The schemas of a command, and the type of its input.
#[derive(Args, Debug)]
pub(crate) struct Source {
    /// Schema files. Those that fit together make one schema; others, such as two layers of one API, are separate schemas, of
    /// which the first that knows an object reads it.
    #[arg(long = "schema", short, required = true, value_name = "SCHEMA", num_args = 1..)]
    pub(crate) schemas: Vec<PathBuf>,
    /// The type of the input, as in a field of the schema (`User`, `Vector<long>`, `%FutureSalt`), a constructor, or a
    /// function for what it returns. If not given, the id at the beginning tells: of any constructor or function.
    #[arg(long = "type", short, value_name = "TYPE")]
    pub(crate) ty: Option<String>,
    #[command(flatten)]
    family: Family,
}

/// Tables that were built from schema files.
pub(crate) struct Tables {
    project: Project,
    groups: Vec<(Group, String, Vec<u8>)>,
    options: ResolveOptions,
}

/// A type that was named on the command line.
pub(crate) struct NamedType {
    table: Vec<u8>,
    name: String,
    kind: Kind,
}

/// How the name of a type is understood.
#[derive(Clone, Copy)]
enum Kind {
    /// A function: what it returns.
    Function,
    /// A constructor by itself, with the id or without it.
    Constructor(u32),
    /// The type of the only field of [`HOLDER`].
    Type,
}

/// Why a name is not a type, and what to do about it.
type Fault = (String, Option<String>);

/// The name of the constructor that has the type on the command line as its only field.
const HOLDER: &str = "typeOfTheCommandLine";

impl Source {
    /// Reads the schemas and builds their tables. Shows errors in the schemas, if there are any, and returns nothing then.
    pub(crate) fn load(&self, schemas: &[PathBuf], console: &Console) -> Result<Option<Tables>, Failure> {
        let project = read(schemas, &[])?;
        let options = self.family.resolve_options();
        let checked = project.in_groups(options);
        let Some((groups, _)) = without_errors(checked, &project.sources, Severity::Error, console) else {
            return Ok(None);
        };
        let named = |group: Group| {
            let files = group.files.iter().filter_map(|&position| project.schemas.get(position));
            let names: Vec<&str> = files.map(|file| project.sources.name(file.file.source)).collect();
            let (names, table) = (names.join(", "), table_of(&group.schema));
            (group, names, table)
        };
        let groups = groups.into_iter().map(named).collect();
        Ok(Some(Tables { project, groups, options }))
    }
}

impl Tables {
    /// The tables in the order of the schemas.
    pub(crate) fn all(&self) -> impl Iterator<Item = Table<'_>> {
        self.groups.iter().map(|(.., table)| Table::generated(table))
    }

    /// The schemas for an inspector, with what MTProto itself sends behind them.
    pub(crate) fn schemas<'t>(&'t self, mtproto: &'t [u8]) -> Schemas<'t> {
        let add = |schemas: Schemas<'t>, (_, name, table): &'t (Group, String, Vec<u8>)| {
            schemas.with(name, Table::generated(table))
        };
        self.groups.iter().fold(Schemas::new(), add).with_unnamed(Table::generated(mtproto))
    }

    /// The type of a name, if one is given. Shows the fault and returns an error if no schema has it.
    pub(crate) fn named(&self, name: Option<&str>, console: &Console) -> Result<Option<NamedType>, ()> {
        let Some(name) = name else { return Ok(None) };
        self.find(name).map(Some).map_err(|(fault, help)| {
            console.error(&fault);
            if let Some(help) = help {
                console.hint(format_args!("help: {help}"));
            }
        })
    }

    /// The type of a name, in the first schema that has it.
    fn find(&self, name: &str) -> Result<NamedType, Fault> {
        let found = self.groups.iter().find_map(|(.., table)| named(table, name));
        if let Some(found) = found {
            return Ok(found);
        }
        let mut fault = None;
        for (group, ..) in &self.groups {
            let files = group.files.iter().filter_map(|&position| self.project.schemas.get(position));
            let files: Vec<&File> = files.map(|parsed| &parsed.file).collect();
            match self.expression(name, &files) {
                Ok(found) => return Ok(found),
                Err(found) => fault = fault.or(Some(found)),
            }
        }
        Err(fault.unwrap_or_else(|| not_a_type(name)))
    }

    /// The type that an expression names, with the files of a schema.
    fn expression(&self, name: &str, files: &[&File]) -> Result<NamedType, Fault> {
        let holder = parse(SourceId::default(), &format!("{HOLDER} value:{name} = TypeOfTheCommandLine;\n"));
        if holder.has_errors() || holder.file.combinators().count() != 1 {
            return Err(not_a_type(name));
        }
        let files: Vec<&File> = files.iter().copied().chain([&holder.file]).collect();
        let resolution = resolve(&files, self.options);
        match resolution.diagnostics.into_iter().find(|it| it.severity == Severity::Error) {
            Some(error) => Err((error.message, error.help)),
            None => {
                let found =
                    NamedType { table: table_of(&resolution.schema), name: HOLDER.to_owned(), kind: Kind::Type };
                let holder = Table::generated(&found.table).constructor_named(HOLDER);
                let is_one_field = holder.is_some_and(|it| it.fields().count() == 1);
                if is_one_field { Ok(found) } else { Err(not_a_type(name)) }
            }
        }
    }
}

fn not_a_type(name: &str) -> Fault {
    (format!("`{name}` is not a type as in a field of a schema"), None)
}

/// A constructor or function of a name, if it is one that is a type by itself.
fn named(table: &[u8], name: &str) -> Option<NamedType> {
    let schema = Table::generated(table);
    let kind = match schema.constructor_named(name) {
        Some(constructor) => Kind::Constructor(Some(constructor).filter(|it| it.stands_alone())?.id()),
        None => schema.function_named(name).map(|_| Kind::Function)?,
    };
    Some(NamedType { table: table.to_vec(), name: name.to_owned(), kind })
}

impl NamedType {
    /// The type for an input.
    pub(crate) fn of(&self, input: &[u8]) -> TypeIn<'_> {
        let table = Table::generated(&self.table);
        let constructor = table.constructor_named(&self.name);
        let ty = match self.kind {
            Kind::Function => table.function_named(&self.name).map(|it| it.result()),
            Kind::Constructor(id) if input.starts_with(&id.to_le_bytes()) => constructor.map(|it| it.boxed()),
            Kind::Constructor(_) => constructor.map(|it| it.bare()),
            Kind::Type => constructor.and_then(|it| it.fields().next()).map(|field| field.ty()),
        };
        TypeIn { table, ty: ty.unwrap_or(Type::ANY) }
    }
}

/// The table of what MTProto itself sends.
pub(crate) fn mtproto() -> Vec<u8> {
    let parsed = parse(SourceId::default(), MTPROTO);
    table_of(&resolve(&[parsed.file], ResolveOptions::default()).schema)
}

/// The table that generated code has, so that values are refused at the same depth.
fn table_of(schema: &Schema) -> Vec<u8> {
    typelang_build::table(schema, &Options::default())
}
