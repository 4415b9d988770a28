//! From text to history.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{Combinator, Comment, File, Item, Section};
use typelang_parser::{Code, Diagnostic, Label, Severity, SourceId, Span, suggest};

use crate::codes;
use crate::directive::{Directive, is_date, name_and_id};
use crate::model::{Declaration, Dropped, History, Mark, Revision};

/// A history, and what is wrong with the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// Everything that could be read. If there is an error among the diagnostics, something may be missing.
    pub history: History,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Returns whether a diagnostic is an error, so that the history must not be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }
}

/// Reads a history.
///
/// This never fails and never panics, as [`typelang_parser::parse`] does not. The time is linear in the length of the text, but for a
/// factor that grows with the logarithm of the number of declarations.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let parsed = typelang_parser::parse(source, text);
    let mut reader = Reader::new(source, text, parsed.diagnostics);
    reader.read(parsed.file);
    reader.diagnostics.sort_by_key(|it| it.primary.span.start);
    Parsed { history: reader.history, diagnostics: reader.diagnostics }
}

/// The declarations of the newest layer so far.
#[derive(Default)]
struct Current {
    by_name: BTreeMap<(Section, String), usize>,
    by_id: BTreeMap<u32, usize>,
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    history: History,
    diagnostics: Vec<Diagnostic>,
    current: Current,
    has_head: bool,
    /// Names and ids that the layer that is being read has declared.
    declared: BTreeSet<usize>,
}

impl<'t> Reader<'t> {
    fn new(source: SourceId, text: &'t str, diagnostics: Vec<Diagnostic>) -> Self {
        let history = History { source, ..History::default() };
        let (current, declared) = (Current::default(), BTreeSet::new());
        Self { source, text, history, diagnostics, current, has_head: false, declared }
    }

    fn read(&mut self, file: File) {
        let mut comments = file.comments.iter().peekable();
        let mut last = None;
        for item in file.items {
            while let Some(comment) = comments.next_if(|it| it.span.start < item.span().start) {
                self.comment(comment, last);
            }
            last = None;
            match item {
                Item::Combinator(combinator) => {
                    last = Some(combinator.span.end);
                    self.declaration(combinator);
                }
                Item::Section(_) => {}
                Item::PartialApplication(_) | Item::Finality(_) => {
                    let message = "a history has constructors and functions only";
                    self.report(&codes::HISTORY_DECLARATION, message, item.span());
                }
            }
        }
        comments.for_each(|comment| self.comment(comment, last));
        if !self.has_head {
            let message = "the history has no name";
            let missing = Diagnostic::new(&codes::HISTORY_COMMENT, message, Label::new(self.source, Span::at(0)));
            self.diagnostics.push(missing.with_help("begin it with `// tl:history(NAME)`"));
        }
    }

    /// A comment, where `declaration` is the end of the last declaration if nothing but comments came after it.
    fn comment(&mut self, comment: &Comment, declaration: Option<u32>) {
        let Some(directive) = Directive::of(comment) else { return };
        let between = declaration.and_then(|end| self.text.get(end as usize..comment.span.start as usize));
        if between.is_some_and(|between| !between.contains(['\n', '\r'])) {
            self.marks(directive);
        } else {
            self.directive(&directive);
        }
    }

    fn directive(&mut self, directive: &Directive<'_>) {
        match (directive.word, directive.argument) {
            ("history", Some(name)) if !name.trim().is_empty() => self.head(name.trim(), directive.span),
            ("layer", Some(number)) => self.layer(number, directive),
            ("removed" | "dropped", Some(argument)) => match name_and_id(argument) {
                Some((name, id)) if directive.word == "removed" => self.removed(name, id, directive.span),
                Some((name, id)) => self.dropped(name, id, directive.span),
                None => self.misunderstood(directive, "a name and an id are expected, `name#01234567`"),
            },
            // Lints and `tl:profile` read these.
            ("allow-file" | "warn-file" | "deny-file" | "profile", Some(_)) => {}
            ("pinned" | "repaired" | "meaning", _) => {
                self.misunderstood(directive, "this mark belongs behind a declaration, on its line");
            }
            _ => self.unknown(directive, &["history", "layer", "removed", "dropped"]),
        }
    }

    fn head(&mut self, name: &str, span: Span) {
        if self.has_head || !self.history.revisions.is_empty() {
            return self.report(
                &codes::HISTORY_COMMENT,
                "the name of a history is given once, before all layers",
                span,
            );
        }
        self.has_head = true;
        name.clone_into(&mut self.history.name);
    }

    fn layer(&mut self, number: &str, directive: &Directive<'_>) {
        let Ok(layer) = number.trim().parse::<u32>() else {
            return self.misunderstood(directive, "the number of a layer is expected");
        };
        if let Some(last) = self.history.revisions.last().filter(|last| last.layer > layer) {
            let message = format!("layer {layer} comes after layer {}", last.layer);
            let before = Label::new(self.source, last.span).with_message("the layer before");
            let label = Label::new(self.source, directive.span);
            self.diagnostics.push(Diagnostic::new(&codes::HISTORY_LAYER_ORDER, message, label).with_secondary(before));
        }
        let (first, behind) = directive.rest.split_once(' ').unwrap_or((directive.rest, ""));
        let (date, source) =
            if is_date(first) { (Some(first.to_owned()), behind.trim()) } else { (None, directive.rest) };
        let from = self.history.declarations.len();
        self.history.revisions.push(Revision {
            span: directive.span,
            layer,
            date,
            source: source.to_owned(),
            declared: from..from,
            removed: Vec::new(),
            dropped: Vec::new(),
        });
        self.declared.clear();
    }

    fn removed(&mut self, name: &str, id: u32, span: Span) {
        let at = self.current.by_id.get(&id).copied();
        let at = at.filter(|&at| self.history.declarations.get(at).is_some_and(|it| it.name == name));
        let Some(at) = at.filter(|at| !self.declared.contains(at)) else {
            let message = format!("the layer before has no `{name}#{id:08x}`");
            return self.report(&codes::HISTORY_REMOVED, message, span);
        };
        if !self.before_declarations(span) {
            return;
        }
        self.end(at);
        if let Some(revision) = self.history.revisions.last_mut() {
            revision.removed.push(at);
        }
    }

    fn dropped(&mut self, name: &str, id: u32, span: Span) {
        if !self.before_declarations(span) {
            return;
        }
        if let Some(revision) = self.history.revisions.last_mut() {
            revision.dropped.push(Dropped { span, name: name.to_owned(), id });
        }
    }

    /// Returns whether a layer has begun and has no declarations yet.
    fn before_declarations(&mut self, span: Span) -> bool {
        let is_right = self.history.revisions.last().is_some_and(|it| it.declared.is_empty());
        if !is_right {
            let message = "this belongs behind `// tl:layer(N)`, before the declarations of the layer";
            self.report(&codes::HISTORY_COMMENT, message, span);
        }
        is_right
    }

    fn declaration(&mut self, combinator: Combinator) {
        let name = combinator.name.to_string();
        let Some(id) = combinator.id.map(|id| id.value) else {
            let message = format!("`{name}` has no id");
            return self.report(&codes::HISTORY_DECLARATION, message, combinator.name.span);
        };
        let Some(revision) = self.history.revisions.len().checked_sub(1) else {
            let message = format!("`{name}` belongs to no layer");
            return self.report(&codes::HISTORY_DECLARATION, message, combinator.name.span);
        };
        let key = (combinator.section, name.clone());
        let replaced = [self.current.by_name.get(&key), self.current.by_id.get(&id)];
        let replaced: BTreeSet<usize> = replaced.into_iter().flatten().copied().collect();
        let declaration = Declaration { combinator, name, id, marks: Vec::new(), first: revision, end: None };
        for at in replaced {
            self.report_repeated(at, &declaration);
            self.end(at);
        }
        let at = self.history.declarations.len();
        self.current.by_name.insert(key, at);
        self.current.by_id.insert(id, at);
        self.declared.insert(at);
        self.history.by_id.entry(id).or_default().push(at);
        self.history.declarations.push(declaration);
        if let Some(revision) = self.history.revisions.last_mut() {
            revision.declared.end = at + 1;
        }
    }

    /// Reports a declaration that is in the layer already, or that changes nothing.
    fn report_repeated(&mut self, at: usize, new: &Declaration) {
        let Some(old) = self.history.declarations.get(at) else { return };
        let is_twice = self.declared.contains(&at);
        if !is_twice && (old.name != new.name || old.id != new.id || old.text() != new.text()) {
            return;
        }
        let (name, id) = (&new.name, new.id);
        let message = match is_twice {
            true if old.name == *name => format!("the layer declares `{name}` twice"),
            true => format!("the layer declares the id {id:08x} twice"),
            false => format!("the layer before has the same `{name}#{id:08x}`"),
        };
        let before = Label::new(self.source, old.combinator.name.span).with_message("declared here");
        let label = Label::new(self.source, new.combinator.name.span);
        self.diagnostics.push(Diagnostic::new(&codes::HISTORY_REPEATED, message, label).with_secondary(before));
    }

    /// Ends the life of a declaration with the revision before the newest.
    fn end(&mut self, at: usize) {
        let revision = self.history.revisions.len().saturating_sub(1);
        let Some(declaration) = self.history.declarations.get_mut(at) else { return };
        declaration.end.get_or_insert(revision);
        let key = (declaration.section(), declaration.name.clone());
        if self.current.by_name.get(&key) == Some(&at) {
            self.current.by_name.remove(&key);
        }
        if self.current.by_id.get(&declaration.id) == Some(&at) {
            self.current.by_id.remove(&declaration.id);
        }
    }

    /// The marks behind the newest declaration.
    fn marks(&mut self, first: Directive<'_>) {
        let mut next = Some(first);
        while let Some(directive) = next {
            let mark = match (directive.word, directive.argument) {
                ("pinned", None) => Mark::Pinned,
                ("repaired", Some(why)) => Mark::Repaired(why.trim().to_owned()),
                ("meaning", Some(what)) => Mark::Meaning(what.trim().to_owned()),
                ("allow" | "warn" | "deny" | "was", Some(_)) => return,
                _ => return self.unknown(&directive, &["pinned", "repaired(…)", "meaning(…)"]),
            };
            if let Some(declaration) = self.history.declarations.last_mut() {
                declaration.marks.push(mark);
            }
            next = directive.next();
        }
    }

    fn unknown(&mut self, directive: &Directive<'_>, words: &[&str]) {
        let message = format!("`tl:{}` is not understood here", directive.word);
        let found = Diagnostic::new(&codes::HISTORY_COMMENT, message, Label::new(self.source, directive.span));
        self.diagnostics.push(match suggest(directive.word, words.iter().copied()) {
            Some(word) => found.with_help(format!("did you mean `tl:{word}`?")),
            None => found.with_help(format!("expected `tl:` and one of {}", words.join(", "))),
        });
    }

    fn misunderstood(&mut self, directive: &Directive<'_>, message: &str) {
        self.report(&codes::HISTORY_COMMENT, message, directive.span);
    }

    fn report(&mut self, code: &'static Code, message: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::new(code, message, Label::new(self.source, span)));
    }
}
