//! `tl show`: a declaration, by its id or its name.

use std::path::PathBuf;

use clap::Args;
use typelang_history::Declaration;
use typelang_inspect::MTPROTO;
use typelang_ir::{ConstructorId, FunctionId, References, ResolveOptions, Schema, TypeId, resolve};
use typelang_parser::{Severity, SourceId, Sources, parse, suggest};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::history;
use crate::lookup::{Found, Match, all, combinator, find, id_of, name};
use crate::schemas::{read, without_errors};

const EXAMPLES: &str = "\
Examples:
  tl show --schema api.tl messages.sendEncrypted
  tl show --schema api.tl '#44fa7a15'            also 0x44fa7a15, 157afa44 as in a dump, 1157265941
  tl show --schema api.tl send_encrypted         as generated code and other libraries spell it
  tl show --schema api.tl encrypted              everything with it in its name
  tl show --schema api.tl older.tl EncryptedChat
  tl show --schema api.tl '#38116ee0'            of older layers of Telegram's API: with their numbers

The service messages of MTProto are known without a schema.

Exit codes:
  0  found
  1  nothing has the id or name, or the schema has errors
  2  wrong arguments, or a file that cannot be read";

/// Shows a declaration: its id in both byte orders, where it is used, its documentation.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Show {
    /// An id, the name of a constructor, function or type in any spelling, or a part of a name.
    #[arg(value_name = "ID|NAME", allow_hyphen_values = true)]
    query: Option<String>,
    /// Schema files; those that do not fit together are looked at one after the other.
    #[arg(long = "schema", short, required = true, value_name = "SCHEMA", num_args = 1..)]
    schemas: Vec<PathBuf>,
    #[command(flatten)]
    family: Family,
}

/// Where the constructors, types and methods of Telegram's API are documented.
const DOCUMENTATION: &str = "https://core.telegram.org";

/// Names that are listed before the others are only counted.
const LISTED: usize = 12;

/// Matches that are listed before the others are only counted.
const MATCHES: usize = 40;

/// Runs the command.
pub(crate) fn run(arguments: &Show, console: &Console) -> Result<Outcome, Failure> {
    let (schemas, query) = split(arguments)?;
    let project = read(schemas, &[])?;
    let checked = project.in_groups(arguments.family.resolve_options());
    let Some((groups, _)) = without_errors(checked, &project.sources, Severity::Error, console) else {
        return Ok(Outcome::Findings);
    };
    let service = parse(SourceId::default(), MTPROTO);
    let service = resolve(&[service.file], ResolveOptions::default()).schema;
    let groups: Vec<Schema> = groups.into_iter().map(|group| group.schema).collect();
    let known = groups.iter().map(|schema| (schema, Some(&project.sources))).chain([(&service, None)]);
    let matches: Vec<_> =
        known.filter_map(|(schema, sources)| Some((schema, sources, find(schema, &query)?))).collect();
    let Some(best) = matches.iter().map(|(.., (level, _))| *level).min() else {
        if let Some(found) = of_other_layers(&query) {
            console.hint(format_args!("note: no schema has `{query}`; this is of other layers of the Telegram API"));
            console.line(found)?;
            return Ok(Outcome::Fine);
        }
        console.error(&format!("nothing has the id or name `{query}`"));
        let names: Vec<String> =
            groups.iter().flat_map(|schema| all(schema).map(|found| name(schema, found))).collect();
        if let Some(found) = suggest(&query, names.iter().map(String::as_str)) {
            console.hint(format_args!("help: did you mean `{found}`?"));
        }
        return Ok(Outcome::Findings);
    };
    let best_ones = matches.into_iter().filter(|(.., (level, _))| *level == best);
    let views = best_ones
        .flat_map(|(schema, sources, (_, found))| found.into_iter().map(move |found| View { schema, sources, found }));
    // What the service schema repeats of the others is shown once.
    let mut views: Vec<View<'_>> = views.collect();
    if views.iter().any(|view| view.sources.is_some()) {
        views.retain(|view| view.sources.is_some());
    }
    if best == Match::Part && views.len() > 1 {
        return list(&views, console);
    }
    if best == Match::Wire {
        console.hint(format_args!("note: `{query}` is read in the byte order of the wire"));
    }
    let blocks: Vec<String> = views.iter().map(View::block).collect();
    console.line(blocks.join("\n\n"))?;
    Ok(Outcome::Fine)
}

/// The declarations that layers of Telegram's API have under an id or a name, each with its layers.
fn of_other_layers(query: &str) -> Option<String> {
    let history = history::own()?;
    let id = id_of(query.trim());
    let is_wanted = |it: &&Declaration| Some(it.id) == id || it.name == query.trim();
    let block = |it: &Declaration| {
        let layers = history.layers_of_declaration(it).to_string();
        format!("{}\n  {}", it.text(), line("of", &layers))
    };
    let blocks: Vec<String> = history.declarations().iter().filter(is_wanted).map(block).collect();
    (!blocks.is_empty()).then(|| blocks.join("\n\n"))
}

/// The schemas and the query, which the schemas can have taken up.
fn split(arguments: &Show) -> Result<(&[PathBuf], String), Failure> {
    match (&arguments.query, arguments.schemas.split_last()) {
        (Some(query), _) => Ok((&arguments.schemas, query.clone())),
        (None, Some((last, schemas))) if !schemas.is_empty() => Ok((schemas, last.to_string_lossy().into_owned())),
        (None, _) => Err(Failure::Message("no id or name: pass it after the schemas".to_owned())),
    }
}

/// A line for each declaration.
fn list(views: &[View<'_>], console: &Console) -> Result<Outcome, Failure> {
    for view in views.iter().take(MATCHES) {
        console.line(view.title())?;
    }
    match views.len().saturating_sub(MATCHES) {
        0 => {}
        more => console.line(format_args!("… and {more} more"))?,
    }
    Ok(Outcome::Fine)
}

/// A declaration that is shown.
struct View<'a> {
    schema: &'a Schema,
    /// The texts of the schema, if it is not a built-in one.
    sources: Option<&'a Sources>,
    found: Found,
}

impl View<'_> {
    fn title(&self) -> String {
        match (combinator(self.schema, self.found), self.found) {
            (Some(combinator), _) => combinator.text.clone(),
            (None, Found::Builtin(_)) => format!("{}, a built-in type", name(self.schema, self.found)),
            (None, _) => format!("{}, a type", name(self.schema, self.found)),
        }
    }

    fn block(&self) -> String {
        let mut lines = vec![self.title()];
        lines.extend(self.place());
        lines.extend(self.id());
        lines.extend(self.layers());
        match self.found {
            Found::Type(ty) => lines.extend(self.of_type(ty)),
            Found::Constructor(id) => lines.extend(self.of_type(self.schema[id].result)),
            Found::Function(id) => lines.extend(self.of_function(id)),
            Found::Builtin(_) => {}
        }
        lines.extend(self.documentation());
        lines.join("\n  ")
    }

    fn place(&self) -> Option<String> {
        let origin = match self.found {
            Found::Builtin(position) => self.schema.builtins.get(position)?.origin,
            _ => combinator(self.schema, self.found)?.origin,
        };
        let Some(sources) = self.sources else { return Some(line("declared", "by MTProto, built in")) };
        let (row, _) = sources.line_column(origin.source, origin.span.start);
        Some(line("declared", &format!("{}:{row}", sources.name(origin.source))))
    }

    fn id(&self) -> Option<String> {
        let id = match self.found {
            Found::Type(_) => return None,
            Found::Constructor(id) if !self.schema[id].kind.has_id() => return None,
            Found::Builtin(position) => self.schema.builtins.get(position)?.id,
            _ => combinator(self.schema, self.found)?.id,
        };
        let wire: Vec<String> = id.to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Some(line("id", &format!("{id:#010x}, on the wire {}", wire.join(" "))))
    }

    /// The layers of Telegram's API that have the id, if the schema is one of them.
    fn layers(&self) -> Option<String> {
        self.schema.layer?;
        let declared = combinator(self.schema, self.found)?;
        let history = history::own()?;
        history.with_id(declared.id).find(|it| it.name == declared.name.to_string())?;
        Some(line("of", &history.layers_of(declared.id).to_string()))
    }

    /// The constructors of a type, and the places that use it.
    fn of_type(&self, ty: TypeId) -> Vec<String> {
        let references = References::new(self.schema);
        let references = references.of(ty);
        let constructors = &self.schema[ty].constructors;
        let other = |id: &&ConstructorId| self.found != Found::Constructor(**id);
        let constructors: Vec<ConstructorId> = constructors.iter().filter(other).copied().collect();
        let label = if matches!(self.found, Found::Type(_)) { "constructors" } else { "or else" };
        [
            self.listed(label, constructors.iter().map(|id| Found::Constructor(*id))),
            self.listed("contained in", references.held_by.iter().map(|id| Found::Constructor(*id))),
            self.listed("taken by", references.taken_by.iter().map(|id| Found::Function(*id))),
            self.listed("returned by", references.returned_by.iter().map(|id| Found::Function(*id))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What a function returns.
    fn of_function(&self, id: FunctionId) -> Vec<String> {
        let mut types = Vec::new();
        self.schema[id].result.walk(&mut |ty| {
            if let typelang_ir::ValueType::Boxed(ty, _) = ty {
                types.push(*ty);
            }
        });
        let constructors = types.iter().flat_map(|ty| self.schema[*ty].constructors.iter());
        self.listed("returns", constructors.map(|id| Found::Constructor(*id))).into_iter().collect()
    }

    /// A line of names; nothing if there are none.
    fn listed(&self, label: &str, found: impl Iterator<Item = Found>) -> Option<String> {
        let names: Vec<String> = found.map(|found| name(self.schema, found)).filter(|name| !name.is_empty()).collect();
        let shown = names.get(..LISTED).unwrap_or(&names).join(", ");
        let more = match names.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!names.is_empty()).then(|| line(label, &format!("{shown}{more}")))
    }

    /// The page about the declaration: that of Telegram's API, whose schemas state a layer.
    fn documentation(&self) -> Option<String> {
        self.schema.layer?;
        let page = match self.found {
            Found::Type(_) => "type",
            Found::Constructor(_) => "constructor",
            Found::Function(_) => "method",
            Found::Builtin(_) => return None,
        };
        Some(line("see", &format!("{DOCUMENTATION}/{page}/{}", name(self.schema, self.found))))
    }
}

fn line(label: &str, text: &str) -> String {
    format!("{label:12}  {text}")
}
