//! What is said about each file, as data.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::codes::INTERNAL_ERROR;
use typelang_ir::{Constructor, ConstructorKind, Profile, ResolveOptions, Schema};
use typelang_lint::Levels;
use typelang_parser::ast::{File, Section};
use typelang_parser::codes::PINNED_ID;
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Diagnostic, Label, SourceId, Span, Tally};
use typelang_project::{Checked, Project};

use super::facts::FactReport;

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
pub(super) struct Reports {
    /// About schema files.
    pub(super) schemas: Vec<Report>,
    /// About fact files.
    pub(super) facts: Vec<FactReport>,
}

impl Reports {
    /// Every finding, by file and place.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_schemas = self.schemas.iter().flat_map(|report| &report.diagnostics);
        of_schemas.chain(self.facts.iter().flat_map(|report| &report.diagnostics))
    }
}

/// Checks every file, with the others that it needs, and lints them all.
pub(super) fn check(project: &Project, options: ResolveOptions, levels: &Levels) -> Reports {
    let Checked { schema: schemas, mut diagnostics, .. } = project.by_file(options);
    let mut reports = Reports {
        schemas: Vec::new(),
        facts: project.facts.iter().map(|facts| FactReport::new(&facts.file)).collect(),
    };
    let mut lost = Vec::new();
    for (file, alone) in project.files().zip(&schemas) {
        let found = of_file(file, &diagnostics);
        reports.schemas.push(report(file, alone, options, found));
        if Tally::of(found).errors == 0 {
            lost.extend(miscounted(file, alone));
        }
    }
    diagnostics.extend(lost);
    let mut by_file: BTreeMap<SourceId, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in project.lint(levels, diagnostics) {
        by_file.entry(diagnostic.primary.source).or_default().push(diagnostic);
    }
    let mut take = |source| by_file.remove(&source).unwrap_or_default();
    reports.schemas.iter_mut().for_each(|report| report.diagnostics = take(report.source));
    reports.facts.iter_mut().for_each(|report| report.diagnostics = take(report.source));
    reports
}

/// The report about a file, still without the findings that it shows.
fn report(file: &File, alone: &Schema, options: ResolveOptions, found: &[Diagnostic]) -> Report {
    let dialect = options.dialect_of(file);
    let of_section = |section| file.combinators().filter(move |combinator| combinator.section == section).count();
    Report {
        source: file.source,
        constructors: of_section(Section::Types),
        built_in: alone.builtins.len(),
        functions: of_section(Section::Functions),
        layer: file.layer.map(|layer| layer.number),
        dialect,
        ids: ids(file, options, found),
        diagnostics: Vec::new(),
    }
}

/// The findings in a file, of those that are in the order of files.
fn of_file<'d>(file: &File, diagnostics: &'d [Diagnostic]) -> &'d [Diagnostic] {
    let start = diagnostics.partition_point(|it| it.primary.source < file.source);
    let (_, from) = diagnostics.split_at(start);
    from.split_at(from.partition_point(|it| it.primary.source == file.source)).0
}

fn ids(file: &File, options: ResolveOptions, found: &[Diagnostic]) -> Ids {
    let dialect = options.dialect_of(file);
    let mut ids =
        Ids { pinned: found.iter().filter(|diagnostic| diagnostic.code == &PINNED_ID).count(), ..Ids::default() };
    for combinator in file.combinators() {
        let Some(declared) = combinator.id else {
            ids.computed += 1;
            continue;
        };
        ids.declared += 1;
        ids.recomputed += 1;
        ids.matching += usize::from(compute_id(combinator, dialect) == declared.value);
    }
    if options.profile_of(file, dialect) == Profile::Vk {
        // They are assigned by hand.
        ids.pinned = ids.recomputed - ids.matching;
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
    let declared: Vec<Span> = sorted(file.combinators().map(|combinator| combinator.name.span));
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
    let wrong = file.combinators().filter(|it| resolved.get(&it.name.span).copied().unwrap_or_default() != 1);
    let mut diagnostics: Vec<Diagnostic> = wrong
        .map(|combinator| {
            let message = format!("the declaration of `{}` was read but not resolved exactly once", combinator.name);
            internal_error(message, Label::new(file.source, combinator.name.span))
        })
        .collect();
    let declared: BTreeSet<Span> = file.combinators().map(|combinator| combinator.name.span).collect();
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

    use typelang_ir::resolve;

    use super::*;

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
}
