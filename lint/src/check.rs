//! Runs the lints and settles the level of every finding.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::File;
use typelang_parser::{Code, DefaultLevel, Diagnostic, Severity, SourceId, Sources};

use crate::codes;
use crate::context::Context;
use crate::directive::Directives;
use crate::level::{Level, Levels, Selector};
use crate::lints::LINTS;

/// Everything that is to be said about some files, each finding at its level, in the order of the texts.
///
/// `files` are looked at together: what one declares, another may use. `found` are the diagnostics of the parser and the
/// resolver about them; their errors stay as they are, their warnings and notes follow the levels as lints do. Lints that
/// judge by what is *not* in a schema are left out while there are errors. The first finding of each code says in a note
/// where its level comes from.
#[must_use]
pub fn check(files: &[&File], sources: &Sources, levels: &Levels, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut judge = Judge { levels, directives: BTreeMap::new() };
    let mut diagnostics = Vec::new();
    for file in files {
        let (directives, faults) = Directives::read(file, sources);
        judge.directives.insert(file.source, directives);
        diagnostics.extend(faults);
    }
    let has_errors = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let context = Context::new(files, sources);
    for lint in LINTS.iter().filter(|lint| !(has_errors && lint.needs_whole_schema)) {
        if judge.is_wanted(lint.code) {
            (lint.run)(&context, &mut diagnostics);
        }
    }
    leave_out_known_clashes(&found, &mut diagnostics);
    diagnostics.extend(found);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
    judge.settle(diagnostics)
}

/// Two files that the resolver looked at together need not be told twice that they share an id.
fn leave_out_known_clashes(found: &[Diagnostic], lints: &mut Vec<Diagnostic>) {
    let known: BTreeSet<_> = found
        .iter()
        .filter(|diagnostic| diagnostic.code == &typelang_ir::codes::DUPLICATE_ID)
        .flat_map(|diagnostic| std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary))
        .map(|label| (label.source, label.span))
        .collect();
    lints.retain(|it| it.code != &codes::SHARED_ID || !known.contains(&(it.primary.source, it.primary.span)));
}

/// Who chose a level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chooser {
    Default,
    Run(Selector),
    File,
    Declaration,
}

/// Knows every choice.
struct Judge<'l> {
    levels: &'l Levels,
    directives: BTreeMap<SourceId, Directives>,
}

impl Judge<'_> {
    /// Returns whether some choice, or the default, lets findings of a lint be seen.
    fn is_wanted(&self, code: &Code) -> bool {
        let in_files = self.directives.values().flat_map(Directives::all);
        let mut choices = std::iter::once(self.levels.choices()).chain(in_files);
        code.level != DefaultLevel::Silence
            || choices.any(|choices| choices.of(code).is_some_and(|choice| choice.level > Level::Allow))
    }

    fn settle(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut explained = BTreeSet::new();
        let mut settled = Vec::new();
        for mut diagnostic in diagnostics {
            if diagnostic.severity == Severity::Error {
                settled.push(diagnostic);
                continue;
            }
            let (severity, chooser) = self.severity(&diagnostic);
            let Some(severity) = severity else { continue };
            diagnostic.severity = severity;
            if severity > Severity::Note && explained.insert(diagnostic.code) {
                diagnostic.notes.push(note(diagnostic.code, severity, chooser));
            }
            settled.push(diagnostic);
        }
        settled
    }

    /// How severe a finding is; nothing if it is not to be shown.
    fn severity(&self, diagnostic: &Diagnostic) -> (Option<Severity>, Chooser) {
        let code = diagnostic.code;
        let place = &diagnostic.primary;
        let directives = self.directives.get(&place.source);
        let declaration = directives.and_then(|directives| directives.at(place.span.start)?.of(code));
        let file = || directives.and_then(|directives| directives.file.of(code));
        let run = || self.levels.choices().of(code);
        let chosen = declaration
            .map(|choice| (choice.level, Chooser::Declaration))
            .or_else(|| file().map(|choice| (choice.level, Chooser::File)))
            .or_else(|| run().map(|it| (it.level, Chooser::Run(it.selector))));
        match chosen {
            Some((Level::Allow, chooser)) => (None, chooser),
            Some((Level::Warn, chooser)) => (Some(Severity::Warning), chooser),
            Some((Level::Deny, chooser)) => (Some(Severity::Error), chooser),
            None if code.level == DefaultLevel::Silence => (None, Chooser::Default),
            None => (Some(diagnostic.severity), Chooser::Default),
        }
    }
}

/// Says where a level comes from, and where to learn more.
fn note(code: &Code, severity: Severity, chooser: Chooser) -> String {
    let level = if severity == Severity::Error { Level::Deny } else { Level::Warn };
    let (by, word) = (level.set_by(), level.word());
    let source = match chooser {
        Chooser::Default => format!("{by} default"),
        Chooser::Run(selector) => format!("{by} `--{word} {selector}`"),
        Chooser::File => format!("{by} a comment `tl:{word}-file`"),
        Chooser::Declaration => format!("{by} a comment `tl:{word}`"),
    };
    format!("`{code}` is {source}; `tl explain {code}` says why, and how to allow it")
}
