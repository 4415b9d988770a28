//! Every tool that needs no Rust compiler, tried on one schema.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use typelang::ReadOptions;
use typelang::reflect::Table;
use typelang_facts::Facts;
use typelang_ir::{ConstructorKind, ResolveOptions, Schema};
use typelang_lint::Levels;
use typelang_parser::{Diagnostic, Severity, SourceId, Span, format, parse, print, render_all};
use typelang_project::Project;

use crate::expected::{Expected, missing};
use crate::model::Model;
use crate::random::Random;
use crate::sample::{Optional, Sampler, stand_alone};
use crate::{hexadecimal, reader, walker};

/// Something that is wrong with a schema, or rather with a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The step and the kind, by which a smaller schema is known to fail in the same way.
    pub kind: String,
    /// Everything that is known.
    pub message: String,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind: kind.into(), message: message.into() }
    }
}

/// A schema that passed.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The resolved schema.
    pub schema: Schema,
    /// The facts.
    pub facts: Facts,
    /// The codes of warnings and notes.
    pub codes: BTreeSet<&'static str>,
    /// Values that were read and written by the table. A few schemas have almost no finite value.
    pub values: usize,
}

/// Checks a schema, lays it out anew, and reads and writes values of it by its table.
///
/// # Errors
///
/// Returns the first failure. A panic is one.
pub fn check(model: &Model) -> Result<Checked, Failure> {
    let text = model.text();
    let checked = step("check", || findings(model, &text))?;
    step("fmt", || formatting(&text, &checked.schema))?;
    step("print", || printing(&text))?;
    let values = step("walker", || values(&checked.schema))?;
    Ok(Checked { values, ..checked })
}

/// Checks a text that may have errors. Returns nothing if it has, and each of them must have its place.
///
/// # Errors
///
/// Returns the first failure, as [`check`].
pub fn check_text(bytes: &[u8]) -> Result<Option<Checked>, Failure> {
    let Some((checked, text)) = step("check", || located(bytes))? else { return Ok(None) };
    step("fmt", || formatting(&text, &checked.schema))?;
    step("print", || printing(&text))?;
    let values = step("walker", || values(&checked.schema))?;
    Ok(Some(Checked { values, ..checked }))
}

/// Each finding is within the text, and can be rendered.
fn located(bytes: &[u8]) -> Result<Option<(Checked, String)>, Failure> {
    let mut project = Project::new();
    let source = project.add_schema("schema.tl", bytes.to_vec());
    let text = project.sources.text(source).to_owned();
    let checked = project.as_one(ResolveOptions::default());
    let found = project.lint(&Levels::new(), checked.diagnostics.clone());
    for finding in &found {
        if !has_places(finding, source, &text) {
            return Err(Failure::new(format!("no place: {}", finding.code.name), format!("{finding:?}")));
        }
        let rendered = render_all(std::slice::from_ref(finding), &project.sources);
        let (line, column) = project.sources.line_column(source, finding.primary.span.start);
        if !rendered.contains(finding.code.name) || !rendered.contains(&format!("schema.tl:{line}:{column}")) {
            return Err(Failure::new(format!("not rendered: {}", finding.code.name), rendered));
        }
    }
    if found.iter().any(|it| it.severity == Severity::Error) {
        return Ok(None);
    }
    let codes = found.iter().map(|it| it.code.name).collect();
    Ok(Some((Checked { schema: checked.schema, facts: checked.facts, codes, values: 0 }, text)))
}

/// Every place of a finding is in the text, and so is every edit of its fix. An error is at the beginning of a file only if it is
/// about what is there.
fn has_places(finding: &Diagnostic, source: SourceId, text: &str) -> bool {
    let labels = std::iter::once(&finding.primary).chain(&finding.secondary);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let mut places = labels.map(|it| (it.source, it.span)).chain(edits.map(|it| (it.source, it.span)));
    let is_whole = finding.primary.span == Span::default() && finding.severity == Severity::Error;
    !is_whole && places.all(|(of, span)| of == source && text.get(span.range()).is_some())
}

/// Runs a step. A panic is a failure, too.
pub(crate) fn step<T>(name: &str, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|failure| Failure { kind: format!("{name}: {}", failure.kind), ..failure }),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
            Err(Failure::new(format!("{name}: panic"), text))
        }
    }
}

/// Finds nothing that should not be there.
fn findings(model: &Model, text: &str) -> Result<Checked, Failure> {
    let mut project = Project::new();
    let source = project.add_schema("schema.tl", text.as_bytes().to_vec());
    if let Some(facts) = model.facts_text() {
        project.add_facts("facts.toml", facts.into_bytes());
    }
    let checked = project.as_one(ResolveOptions::default());
    let found = project.lint(&Levels::new(), checked.diagnostics.clone());
    let parsed = parse(source, text);
    let expected = Expected::new(model, &parsed.file)
        .ok_or_else(|| Failure::new("other items", render_all(&found, &project.sources)))?;
    let is_unexpected = |it: &&Diagnostic| match it.severity {
        Severity::Error => true,
        Severity::Warning => !expected.has_reason(it, project.sources.text(it.primary.source)),
        _ => false,
    };
    let unexpected: Vec<Diagnostic> = found.iter().filter(is_unexpected).cloned().collect();
    if let Some(first) = unexpected.first() {
        return Err(Failure::new(first.code.name, render_all(&unexpected, &project.sources)));
    }
    if let Some(missing) = missing(&expected.needed(text), &found) {
        return Err(Failure::new("missing", missing));
    }
    let codes = found.iter().map(|it| it.code.name).collect();
    Ok(Checked { schema: checked.schema, facts: checked.facts, codes, values: 0 })
}

/// Laid out, the text means the same, and laid out again it is the same.
fn formatting(text: &str, schema: &Schema) -> Result<(), Failure> {
    let formatted = format(&parse(SourceId::default(), text), text);
    let formatted = formatted.ok_or_else(|| Failure::new("refused", "a text without errors is not formatted"))?;
    let parsed = parse(SourceId::default(), &formatted);
    let again = format(&parsed, &formatted);
    if again.as_deref() != Some(&*formatted) {
        return Err(Failure::new(
            "not stable",
            format!("{formatted}\n---- formatted again:\n{}", again.unwrap_or_default()),
        ));
    }
    let mut project = Project::new();
    project.add_schema("schema.tl", formatted.clone().into_bytes());
    let resolved = project.as_one(ResolveOptions::default()).schema;
    if meaning(&resolved) != meaning(schema) {
        return Err(Failure::new("another meaning", formatted));
    }
    Ok(())
}

/// Everything about a schema but places in the text.
fn meaning(schema: &Schema) -> (Vec<u8>, Vec<String>) {
    let constructors = schema.constructors.iter().map(|it| (&it.combinator, it.kind));
    let functions = schema.functions.iter().map(|it| (&it.combinator, Default::default()));
    let texts = constructors.chain(functions).map(|(it, kind)| {
        let documentation = it.documentation.as_ref().map(|documentation| {
            let fields: Vec<_> = documentation.fields.iter().map(|field| (&field.name, &field.text)).collect();
            format!("{:?} {fields:?}", documentation.description)
        });
        format!("{kind:?} {} {:?} {documentation:?}", it.text, it.annotations)
    });
    let types = schema.types.iter().map(|ty| format!("{} {:?}", ty.name, ty.documentation));
    (walker::table_of(schema), texts.chain(types).collect())
}

/// The printed tree is the tree.
fn printing(text: &str) -> Result<(), Failure> {
    let parsed = parse(SourceId::default(), text);
    let printed = print(&parsed.file);
    let again = parse(SourceId::default(), &printed);
    if again.file.without_spans() != parsed.file.without_spans() {
        return Err(Failure::new("another tree", printed));
    }
    Ok(())
}

/// Values that are made from the schema alone keep their bytes. Returns how many there were.
fn values(schema: &Schema) -> Result<usize, Failure> {
    let samples = walker::try_samples(schema, &mut Random::new(1));
    let bytes = walker::table_of(schema);
    let table = Table::new(&bytes).map_err(|error| Failure::new("table", error.to_string()))?;
    let encodings = encodings(schema);
    let made = if encodings.is_empty() { 0 } else { samples.made + encodings.len() };
    for (is_function, name, bytes) in encodings {
        let any = if is_function { typelang::reflect::Type::FUNCTION } else { walker::any_constructor(schema) };
        let generous = ReadOptions::strict().max_memory_ratio(1000);
        let read = table.decode_as(any, &bytes, generous);
        if let Err(error) = read {
            return Err(Failure::new("decode", format!("{name}: {error}: {}", hexadecimal::encode(&bytes))));
        }
        if let Err(mismatch) = reader::read(schema, &bytes) {
            return Err(Failure::new("reader", format!("{name}: {mismatch:?}: {}", hexadecimal::encode(&bytes))));
        }
    }
    Ok(made)
}

/// Encodings of each constructor and function that is known by its id, made by the rules of the wire format alone: whether it is
/// a function, the name, the bytes.
#[must_use]
pub fn encodings(schema: &Schema) -> Vec<(bool, String, Vec<u8>)> {
    let mut encodings = Vec::new();
    if uses_opaque(schema) {
        return encodings;
    }
    let mut sampler = Sampler::new(schema, 1);
    let modes = [Optional::Absent, Optional::Present, Optional::Random, Optional::Random];
    for id in stand_alone(schema) {
        let name = schema[id].combinator.name.to_string();
        let modes = modes.iter().filter(|_| sampler.is_finite(id)).copied().collect::<Vec<_>>();
        let made = modes.into_iter().filter_map(|mode| sampler.try_constructor(id, mode));
        encodings.extend(made.map(|bytes| (false, name.clone(), bytes)));
    }
    for id in schema.function_ids() {
        let name = schema[id].combinator.name.to_string();
        let made = modes.into_iter().filter_map(|mode| sampler.try_function(id, mode));
        encodings.extend(made.map(|bytes| (true, name.clone(), bytes)));
    }
    encodings
}

/// Returns whether something has a type that the schema declares as built in and nobody knows: values of it cannot be made without
/// code of one's own, and no code is generated without one.
pub(crate) fn uses_opaque(schema: &Schema) -> bool {
    let used = schema.used_constructors();
    schema.constructors.iter().zip(used).any(|(it, is_used)| is_used && it.kind == ConstructorKind::Opaque)
}
