//! A published layer as its source has it, and how it is put right by what other schemas prove.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{Body, Combinator, File, Section};
use typelang_parser::ids::{Dialect, compute_id, id_of};
use typelang_parser::{Diagnostic, Label, print_combinator_with_id};

use crate::codes;
use crate::meaning::flags;
use crate::model::{History, Mark};

/// How a source is read.
#[derive(Clone, Debug, Default)]
pub struct SourceOptions<'f> {
    /// The dialect of ids.
    pub dialect: Dialect,
    /// Schemas whose declarations are left out: the source has them, but they are not part of this schema.
    pub without: Vec<&'f File>,
    /// Schemas that prove what an id is, if their own text gives it, in the order of trust. If there are any, declarations whose ids
    /// their text does not give are repaired, or dropped if nothing proves them.
    pub proofs: Vec<&'f File>,
    /// Declarations that are dropped, by name and id.
    pub dropped: Vec<(String, u32)>,
}

/// One declaration of a layer that is to be appended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) combinator: Combinator,
    pub(crate) name: String,
    pub(crate) id: u32,
    pub(crate) mark: Option<Mark>,
    /// The name in the source.
    source_name: String,
    /// The place in the source.
    pub(crate) place: Label,
}

impl Candidate {
    /// A declaration as it is in the source.
    fn new(file: &File, combinator: &Combinator, id: u32) -> Self {
        let name = combinator.name.to_string();
        let place = Label::new(file.source, combinator.name.span);
        Self { combinator: combinator.clone(), name: name.clone(), id, mark: None, source_name: name, place }
    }

    /// The same declaration in the form that is proven.
    fn repaired(self, proven: &Combinator) -> Self {
        let mark = Some(Mark::Repaired(difference(&self.combinator, proven)));
        Self { combinator: proven.clone(), name: proven.name.to_string(), mark, ..self }
    }

    pub(crate) fn key(&self) -> (Section, String) {
        (self.combinator.section, self.name.clone())
    }

    pub(crate) fn text(&self) -> String {
        print_combinator_with_id(&self.combinator, self.id)
    }
}

/// The declarations of a source once it is put right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    pub(crate) declarations: Vec<Candidate>,
    pub(crate) dropped: BTreeSet<(String, u32)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads what the files of a source declare.
pub(crate) fn read(history: &History, files: &[&File], options: &SourceOptions<'_>) -> Source {
    let mut reader = SourceReader { history, options, proofs: Proofs::new(options), source: Source::default() };
    let foreign = options.without.iter().flat_map(|file| file.combinators());
    // The built-in vector is part of every schema that declares it.
    let foreign = foreign.map(|it| (it.section, it.name.to_string())).filter(|it| it.1 != "vector");
    let foreign: BTreeSet<_> = foreign.collect();
    for file in files {
        for combinator in file.combinators().filter(|it| !matches!(it.body, Body::Builtin(_))) {
            if !foreign.contains(&(combinator.section, combinator.name.to_string())) {
                reader.declaration(file, combinator);
            }
        }
    }
    reader.settle();
    reader.source
}

/// Declarations whose text gives their id.
struct Proofs<'f> {
    /// For each file in order.
    by_id: Vec<BTreeMap<u32, &'f Combinator>>,
}

impl<'f> Proofs<'f> {
    fn new(options: &SourceOptions<'f>) -> Self {
        let proven = |it: &&Combinator| it.id.is_some_and(|id| id.value == compute_id(it, options.dialect));
        let of_file =
            |file: &&'f File| file.combinators().filter(proven).filter_map(|it| Some((it.id?.value, it))).collect();
        Self { by_id: options.proofs.iter().map(of_file).collect() }
    }

    /// The form that is proven: the first with the `?true` fields that the source has, since the id does not tell these; else the
    /// first one.
    fn of(&self, id: u32, source: &Combinator) -> Option<&'f Combinator> {
        let forms = || self.by_id.iter().filter_map(|file| file.get(&id).copied());
        let wanted = flags(source);
        forms().find(|form| flags(form) == wanted).or_else(|| forms().next())
    }

    /// Which of two ids of the same name is the right one: that of the first file that has only one of them.
    fn prefers(&self, one: u32, other: u32) -> Option<u32> {
        self.by_id.iter().find_map(|file| match (file.contains_key(&one), file.contains_key(&other)) {
            (true, false) => Some(one),
            (false, true) => Some(other),
            _ => None,
        })
    }
}

struct SourceReader<'h> {
    history: &'h History,
    options: &'h SourceOptions<'h>,
    proofs: Proofs<'h>,
    source: Source,
}

impl SourceReader<'_> {
    fn declaration(&mut self, file: &File, combinator: &Combinator) {
        let id = id_of(combinator, self.options.dialect);
        let name = combinator.name.to_string();
        if self.options.dropped.iter().any(|dropped| dropped.0 == name && dropped.1 == id) {
            self.source.dropped.insert((name, id));
            return;
        }
        let expected = compute_id(combinator, self.options.dialect);
        let declared = Candidate::new(file, combinator, id);
        let candidate = match () {
            () if id == expected => declared,
            () if self.is_pinned(combinator, id) => Candidate { mark: Some(Mark::Pinned), ..declared },
            () => match self.proofs.of(id, combinator) {
                Some(proven) => declared.repaired(proven),
                None if self.options.proofs.is_empty() => {
                    self.report_id(file, combinator, id, expected);
                    return;
                }
                None => {
                    self.source.dropped.insert((name, id));
                    return;
                }
            },
        };
        self.source.declarations.push(candidate);
    }

    /// Returns whether the history has the declaration in the same form, or where no proof is asked for, whether its id is a known
    /// exception.
    fn is_pinned(&self, combinator: &Combinator, id: u32) -> bool {
        let text = print_combinator_with_id(combinator, id);
        let is_known = typelang_parser::ids::is_pinned(combinator, id, self.options.dialect);
        let newest = self.history.newest().and_then(|newest| newest.find_id(id));
        newest.is_some_and(|it| it.is_pinned() && it.text() == text) || (self.options.proofs.is_empty() && is_known)
    }

    fn report_id(&mut self, file: &File, combinator: &Combinator, id: u32, expected: u32) {
        let span = combinator.id.map_or(combinator.name.span, |it| it.span);
        let message = format!("the text of `{}` gives the id {expected:08x}, not {id:08x}", combinator.name);
        let found = Diagnostic::new(&codes::HISTORY_SOURCE, message, Label::new(file.source, span));
        self.source.diagnostics.push(found.with_help("name schemas that prove the right text with `--proof`"));
    }

    /// Leaves one declaration of each name and of each id.
    fn settle(&mut self) {
        let declarations = std::mem::take(&mut self.source.declarations);
        let mut kept: BTreeMap<(Section, String), Candidate> = BTreeMap::new();
        for candidate in declarations {
            let Some(other) = kept.remove(&candidate.key()) else {
                kept.insert(candidate.key(), candidate);
                continue;
            };
            if other.id == candidate.id && other.text() == candidate.text() {
                // As a repaired one it would have a mark that says nothing.
                let without_mark = if other.mark.is_none() { other } else { candidate };
                kept.insert(without_mark.key(), without_mark);
                continue;
            }
            let (right, wrong) = match self.proofs.prefers(other.id, candidate.id) {
                Some(id) if id == other.id => (other, candidate),
                Some(_) => (candidate, other),
                None => {
                    let message =
                        format!("`{}` is declared twice: as {:08x} and as {:08x}", other.name, other.id, candidate.id);
                    self.source.diagnostics.push(report_twice(message, &candidate));
                    (other, candidate)
                }
            };
            self.source.dropped.insert((wrong.source_name, wrong.id));
            kept.insert(right.key(), right);
        }
        let mut ids: BTreeMap<u32, &Candidate> = BTreeMap::new();
        for candidate in kept.values() {
            if let Some(other) = ids.insert(candidate.id, candidate) {
                let message =
                    format!("`{}` and `{}` have the same id {:08x}", other.name, candidate.name, candidate.id);
                self.source.diagnostics.push(report_twice(message, candidate));
            }
        }
        self.source.declarations = kept.into_values().collect();
    }
}

fn report_twice(message: String, candidate: &Candidate) -> Diagnostic {
    Diagnostic::new(&codes::HISTORY_SOURCE, message, candidate.place.clone())
}

/// The parts in which a source differs from what is proven.
fn difference(source: &Combinator, proven: &Combinator) -> String {
    let whole = |it: &Combinator| (it.name.to_string(), print_combinator_with_id(it, 0));
    let (old, new) = (whole(source), whole(proven));
    let fields = |text: &str| {
        let fields = text.split_once(' ').map_or("", |it| it.1);
        fields.rsplit_once("= ").map(|(fields, result)| (fields.to_owned(), result.to_owned())).unwrap_or_default()
    };
    let ((old_fields, old_result), (new_fields, new_result)) = (fields(&old.1), fields(&new.1));
    let parts = [("name", old.0 != new.0), ("fields", old_fields != new_fields), ("result", old_result != new_result)];
    let different: Vec<&str> = parts.into_iter().filter(|it| it.1).map(|it| it.0).collect();
    different.join(", ")
}
