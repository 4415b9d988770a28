//! Checks that go beyond reading: ids, layouts, meanings, the layout of the file, and that it only grows.

use std::collections::BTreeMap;

use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Code, Diagnostic, Fix, Label, SourceId, Span};

use crate::codes;
use crate::layout::sort_key;
use crate::meaning::{Meanings, layout};
use crate::model::{Declaration, History, Mark, Revision};

impl History {
    /// Checks the ids of all declarations in a dialect, that no id has two layouts, that changed meanings of bits are marked, and that
    /// each layer is written in canonical form. `text` is the one that the history was read from.
    #[must_use]
    pub fn check(&self, text: &str, dialect: Dialect) -> Vec<Diagnostic> {
        let mut checker = Checker { history: self, text, diagnostics: Vec::new() };
        checker.ids(dialect);
        self.by_id.keys().for_each(|id| checker.forms_of(*id));
        self.revisions.iter().for_each(|revision| checker.revision(revision));
        checker.diagnostics.sort_by_key(|it| it.primary.span.start);
        checker.diagnostics
    }
}

struct Checker<'h> {
    history: &'h History,
    text: &'h str,
    diagnostics: Vec<Diagnostic>,
}

impl<'h> Checker<'h> {
    fn ids(&mut self, dialect: Dialect) {
        for declaration in &self.history.declarations {
            let expected = compute_id(&declaration.combinator, dialect);
            let (name, id) = (&declaration.name, declaration.id);
            let span = declaration.combinator.id.map_or(declaration.combinator.name.span, |it| it.span);
            match (expected == id, declaration.is_pinned()) {
                (true, true) => {
                    let message = format!("the id of `{name}` is marked as pinned, and the text gives it");
                    self.report(&codes::HISTORY_ID, message, span);
                }
                (false, false) => {
                    let message = format!("the text of `{name}` gives the id {expected:08x}, not {id:08x}");
                    let found = Diagnostic::new(&codes::HISTORY_ID, message, self.label(span));
                    self.diagnostics.push(found.with_help("write `// tl:pinned` behind it if it was published so"));
                }
                _ => {}
            }
        }
    }

    /// The forms of one id: one layout, and meanings that are marked.
    fn forms_of(&mut self, id: u32) {
        let mut forms = self.history.with_id(id);
        let Some(first) = forms.next() else { return };
        let mut meanings = Meanings::default();
        self.meaning(first, &mut meanings);
        for form in forms {
            if !first.is_pinned() && !form.is_pinned() && layout(&form.combinator) != layout(&first.combinator) {
                let message = format!("the id {id:08x} has two layouts");
                let label = self.label(form.combinator.span).with_message("this one has other fields");
                let before = self.label(first.combinator.span).with_message("the first one");
                self.diagnostics
                    .push(Diagnostic::new(&codes::HISTORY_TWO_LAYOUTS, message, label).with_secondary(before));
            }
            self.meaning(form, &mut meanings);
        }
    }

    fn meaning(&mut self, form: &Declaration, meanings: &mut Meanings) {
        let change = meanings.add(&form.combinator);
        let marked = form.marks.iter().find_map(|mark| match mark {
            Mark::Meaning(what) => Some(what.as_str()),
            _ => None,
        });
        if marked.unwrap_or_default() == change {
            return;
        }
        let message = match change.is_empty() {
            true => format!("the bits of `{}#{:08x}` mean the same as before", form.name, form.id),
            false => format!("a bit of `{}#{:08x}` has another meaning than before: {change}", form.name, form.id),
        };
        let found = Diagnostic::new(&codes::HISTORY_MEANING, message, self.label(form.combinator.span));
        self.diagnostics.push(match change.is_empty() {
            true => found.with_help("remove the mark `tl:meaning`"),
            false => found.with_help(format!("write `// tl:meaning({change})` behind it if it was published so")),
        });
    }

    /// The form of a layer in the file.
    fn revision(&mut self, revision: &Revision) {
        let declared = self.history.declarations.get(revision.declared.clone()).unwrap_or_default();
        for declaration in declared {
            let combinator = &declaration.combinator;
            let end = combinator.span.end as usize;
            let written = self.text.get(combinator.span.start as usize..end);
            let canonical = declaration.text();
            if written.is_some_and(|written| written != canonical) {
                let source = self.history.source;
                let message = format!("`{}` is not in canonical spelling", declaration.name);
                let found = Diagnostic::new(&codes::HISTORY_FORM, message, self.label(combinator.span));
                self.diagnostics.push(found.with_fix(Fix::write(source, combinator.span, canonical)));
            }
        }
        let keys: Vec<_> = declared.iter().map(|it| sort_key(&it.combinator)).collect();
        if let Some(at) = keys.windows(2).position(|pair| matches!(pair, [before, after] if before > after)) {
            let Some(declaration) = declared.get(at + 1) else { return };
            let message = format!("`{}` is not in order", declaration.name);
            self.report(&codes::HISTORY_FORM, message, declaration.combinator.name.span);
        }
        self.removals(revision, declared);
    }

    /// A removal is written only where no declaration replaces what is removed.
    fn removals(&mut self, revision: &Revision, declared: &[Declaration]) {
        if revision.removed.is_empty() {
            return;
        }
        let names: BTreeMap<_, _> = declared.iter().map(|it| ((it.section(), it.name.as_str()), it)).collect();
        let ids: BTreeMap<u32, &Declaration> = declared.iter().map(|it| (it.id, it)).collect();
        for removed in revision.removed.iter().filter_map(|&at| self.history.declarations.get(at)) {
            let replacing = names.get(&(removed.section(), removed.name.as_str())).or_else(|| ids.get(&removed.id));
            if let Some(replacing) = replacing {
                let message =
                    format!("`{}#{:08x}` is removed, and `{}` replaces it", removed.name, removed.id, replacing.name);
                self.report(&codes::HISTORY_FORM, message, replacing.combinator.name.span);
            }
        }
    }

    fn label(&self, span: Span) -> Label {
        Label::new(self.history.source, span)
    }

    fn report(&mut self, code: &'static Code, message: String, span: Span) {
        self.diagnostics.push(Diagnostic::new(code, message, self.label(span)));
    }
}

/// Checks that a history only grew: `old` is the beginning of `new`. Returns the first line of `new` that is different.
#[must_use]
pub fn check_prefix(old: &str, source: SourceId, new: &str) -> Option<Diagnostic> {
    if new.starts_with(old) {
        return None;
    }
    let mut start = 0_usize;
    let mut old_lines = old.split_inclusive('\n');
    for line in new.split_inclusive('\n') {
        match old_lines.next() {
            Some(before) if before == line => start += line.len(),
            _ => break,
        }
    }
    let line = new.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let label = Label::new(source, Span::new(offset(start), offset(start + line.len())));
    let message = "the history is not the earlier one with something behind it";
    let before = old.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    Some(Diagnostic::new(&codes::HISTORY_REWRITTEN, message, label).with_note(format!("this line was `{before}`")))
}
