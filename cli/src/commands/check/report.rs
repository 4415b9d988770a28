//! What is said about each file, as data.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::codes::INTERNAL_ERROR;
use typelang_ir::{Constructor, ConstructorKind, ResolveOptions, Schema};
use typelang_lint::Levels;
use typelang_parser::ast::{File, Section};
use typelang_parser::codes::PINNED_ID;
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Diagnostic, Label, Severity, SourceId, Span};

use super::facts::FactReport;
use super::names::combinators;
use super::unit::Catalogue;
use crate::console::Tally;
use crate::schemas::{SchemaFile, Schemas};

/// What is said about one file.
#[derive(Debug)]
pub(super) struct Report {
    /// Names the text.
    pub(super) source: SourceId,
    /// Declarations of constructors, those of built-in types among them.
    pub(super) constructors: usize,
    /// Declarations of built-in types.
    pub(super) built_in: usize,
    /// Declarations of functions.
    pub(super) functions: usize,
    /// The layer that the file states.
    pub(super) layer: Option<u32>,
    /// How its ids are computed.
    pub(super) dialect: Dialect,
    /// How its ids compare with the checksums of its text.
    pub(super) ids: Ids,
    /// The findings in this file, in the order of the text.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// How the ids of a file compare with the checksums of its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    /// Written in the file.
    pub(super) declared: usize,
    /// Written in the file and computed again.
    pub(super) recomputed: usize,
    /// Of these, the ones that came out the same.
    pub(super) matching: usize,
    /// Of the others, the ones that are known to differ.
    pub(super) pinned: usize,
    /// Not written in the file.
    pub(super) computed: usize,
}

impl Ids {
    /// Ids that should be the checksum, and are not.
    pub(super) fn different(&self) -> usize {
        self.recomputed.saturating_sub(self.matching + self.pinned)
    }
}

/// What is said about all files.
#[derive(Debug)]
pub(super) struct Checked {
    /// About schema files.
    pub(super) reports: Vec<Report>,
    /// About fact files.
    pub(super) facts: Vec<FactReport>,
}

impl Checked {
    /// Every finding, by file and place.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_schemas = self.reports.iter().flat_map(|report| &report.diagnostics);
        of_schemas.chain(self.facts.iter().flat_map(|report| &report.diagnostics))
    }
}

/// Checks every file, with the others that it needs, and lints them all.
pub(super) fn check(schemas: &Schemas, options: ResolveOptions, levels: &Levels) -> Checked {
    let catalogue = Catalogue::new(schemas.files.iter().map(|schema| &schema.file));
    let mut alone = Vec::new();
    let mut reports: Vec<Report> = Vec::new();
    for (index, schema) in schemas.files.iter().enumerate() {
        let resolved = catalogue.resolve(index, options);
        let mut diagnostics = schema.diagnostics.clone();
        diagnostics.extend(resolved.diagnostics);
        reports.push(report(schema, &resolved.alone, diagnostics, options.dialect_of(&schema.file)));
        alone.push(resolved.alone);
    }
    let has_errors = Tally::of(reports.iter().flat_map(|report| &report.diagnostics)).errors > 0;
    let found = if has_errors {
        // Against half a schema, facts would look wrong that are right.
        schemas.of_facts.clone()
    } else {
        schemas.merge_facts(&alone.iter().collect::<Vec<_>>()).diagnostics
    };
    let mut checked = Checked { reports, facts: schemas.facts.iter().map(FactReport::new).collect() };
    lint(schemas, levels, &mut checked, found);
    checked
}

/// Adds the findings of the lints, and settles how severe each finding is.
fn lint(schemas: &Schemas, levels: &Levels, checked: &mut Checked, in_facts: Vec<Diagnostic>) {
    let Checked { reports, facts } = checked;
    let files: Vec<&File> = schemas.files.iter().map(|schema| &schema.file).collect();
    let of_reports = reports.iter_mut().flat_map(|report| std::mem::take(&mut report.diagnostics));
    let found = of_reports.chain(in_facts).collect();
    for diagnostic in typelang_lint::check(&files, &schemas.sources, levels, found) {
        let source = diagnostic.primary.source;
        if let Some(report) = reports.iter_mut().find(|report| report.source == source) {
            report.diagnostics.push(diagnostic);
        } else if let Some(report) = facts.iter_mut().find(|report| report.source == source) {
            report.diagnostics.push(diagnostic);
        }
    }
}

fn report(schema: &SchemaFile, alone: &Schema, diagnostics: Vec<Diagnostic>, dialect: Dialect) -> Report {
    let file = &schema.file;
    let mut diagnostics: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|diagnostic| diagnostic.primary.source == schema.source).collect();
    if diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error) {
        diagnostics.extend(miscounted(file, alone));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
    let of_section = |section| combinators(file).filter(move |combinator| combinator.section == section).count();
    Report {
        source: schema.source,
        constructors: of_section(Section::Types),
        built_in: alone.builtins.len(),
        functions: of_section(Section::Functions),
        layer: file.layer.map(|layer| layer.number),
        dialect,
        ids: ids(file, dialect, &diagnostics),
        diagnostics,
    }
}

fn ids(file: &File, dialect: Dialect, diagnostics: &[Diagnostic]) -> Ids {
    let mut ids =
        Ids { pinned: diagnostics.iter().filter(|diagnostic| diagnostic.code == &PINNED_ID).count(), ..Ids::default() };
    for combinator in combinators(file) {
        let Some(declared) = combinator.id else {
            ids.computed += 1;
            continue;
        };
        ids.declared += 1;
        ids.recomputed += 1;
        ids.matching += usize::from(compute_id(combinator, dialect) == declared.value);
    }
    ids
}

/// A declaration that is read and then neither resolved nor reported, or resolved twice, is a fault of this program. It
/// must not go unnoticed.
fn miscounted(file: &File, alone: &Schema) -> Vec<Diagnostic> {
    let is_declared = |constructor: &&Constructor| constructor.kind != ConstructorKind::Group;
    let origins = (alone.builtins.iter().map(|builtin| builtin.origin))
        .chain(alone.constructors.iter().filter(is_declared).map(|constructor| constructor.combinator.origin))
        .chain(alone.functions.iter().map(|function| function.combinator.origin));
    let resolved: Vec<Span> = sorted(origins.map(|origin| origin.span));
    let declared: Vec<Span> = sorted(combinators(file).map(|combinator| combinator.name.span));
    if resolved == declared { Vec::new() } else { miscounted_in_detail(file, &resolved) }
}

fn sorted(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    spans
}

fn miscounted_in_detail(file: &File, spans: &[Span]) -> Vec<Diagnostic> {
    let mut resolved: BTreeMap<Span, usize> = BTreeMap::new();
    for span in spans {
        *resolved.entry(*span).or_default() += 1;
    }
    let wrong = combinators(file).filter(|it| resolved.get(&it.name.span).copied().unwrap_or_default() != 1);
    let mut diagnostics: Vec<Diagnostic> = wrong
        .map(|combinator| {
            let message = format!("the declaration of `{}` was read but not resolved exactly once", combinator.name);
            internal_error(message, Label::new(file.source, combinator.name.span))
        })
        .collect();
    let declared: BTreeSet<Span> = combinators(file).map(|combinator| combinator.name.span).collect();
    for span in resolved.keys().filter(|span| !declared.contains(span)) {
        let message = "something was resolved that is no declaration of the file".to_owned();
        diagnostics.push(internal_error(message, Label::new(file.source, *span)));
    }
    diagnostics
}

fn internal_error(message: String, place: Label) -> Diagnostic {
    Diagnostic::new(&INTERNAL_ERROR, message, place).with_note("this is a fault of tl: please report it")
}

#[cfg(test)]
mod tests {
    use std::slice;

    use typelang_ir::codes::{DUPLICATE_NAME, UNKNOWN_TYPE};
    use typelang_ir::resolve;
    use typelang_parser::Code;

    use super::*;

    fn checked(texts: &[(&str, &str)]) -> Vec<Report> {
        let mut schemas = Schemas::default();
        for (name, text) in texts {
            schemas.add((*name).to_owned(), text.as_bytes().to_vec());
        }
        check(&schemas, ResolveOptions::default(), &Levels::new()).reports
    }

    fn codes(report: &Report) -> Vec<&'static Code> {
        report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn declarations_that_were_lost_or_doubled_are_reported() {
        let text = "user id:int = User;\ngroup id:int = Group;\nint ? = Int;\n";
        let file = typelang_parser::parse(SourceId::default(), text).file;
        let whole = resolve(slice::from_ref(&file), ResolveOptions::default()).schema;
        assert_eq!(miscounted(&file, &whole), []);

        let mut lost = whole.clone();
        lost.constructors.pop();
        lost.builtins.pop();
        let messages: Vec<String> = miscounted(&file, &lost).into_iter().map(|it| it.message).collect();
        assert_eq!(messages.len(), 2);
        assert!(messages[0].contains("`group`") && messages[1].contains("`int`"), "{messages:?}");

        let mut doubled = whole.clone();
        doubled.constructors.extend_from_slice(&whole.constructors[..1]);
        assert_eq!(miscounted(&file, &doubled).len(), 1);

        let empty = File::default();
        assert_eq!(miscounted(&empty, &whole).len(), 3);
    }

    #[test]
    fn names_come_from_other_files_only_where_they_are_missing() {
        let common = ("common.tl", "point x:int = Point;\nshape p:point = Shape;\n");
        let other = ("other.tl", "point x:long y:long = Point;\n");
        let user = ("user.tl", "line from:Point to:point = Line;\n");
        let reports = checked(&[user, common, other]);
        assert!(reports.iter().all(|report| report.diagnostics.is_empty()), "{reports:?}");
        assert_eq!(codes(&checked(&[user])[0]), [&UNKNOWN_TYPE, &UNKNOWN_TYPE]);
    }

    #[test]
    fn what_a_needed_file_needs_is_found_too() {
        let user = ("user.tl", "line a:Vector<%Point> b:point = Line;\n");
        let point = ("point.tl", "point x:unit.Length = Point;\n");
        let length = ("length.tl", "unit.meter v:int = unit.Length;\n");
        assert!(checked(&[user, length, point]).iter().all(|report| report.diagnostics.is_empty()));
        let reports = checked(&[point, user]);
        assert_eq!(codes(&reports[0]), [&UNKNOWN_TYPE]);
        assert!(codes(&reports[1]).is_empty());
    }

    #[test]
    fn built_in_names_are_not_looked_for_elsewhere() {
        let library = ("library.tl", "int ? = Int;\ntrue = True;\nuser id:long = User;\n");
        let own = ("own.tl", "user flags:# bot:flags.0?true id:int = User;\n");
        assert!(checked(&[library, own]).iter().all(|report| report.diagnostics.is_empty()));
    }

    #[test]
    fn a_conflict_with_a_needed_file_is_found_in_the_file_that_needs_it() {
        let base = ("base.tl", "point x:int = Point;\nline a:int = Line;\n");
        let user = ("user.tl", "line from:Point = Line;\n");
        let reports = checked(&[user, base]);
        assert_eq!(codes(&reports[0]), [&DUPLICATE_NAME]);
        assert!(codes(&reports[1]).is_empty());
    }
}
