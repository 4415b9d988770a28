//! A published layer as the next section of a history.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use typelang_parser::ast::{File, Section};
use typelang_parser::{Diagnostic, Severity};

use crate::codes;
use crate::layout::sort_key;
use crate::meaning::{Meanings, layout};
use crate::model::{Declaration, History, Mark};
use crate::source::{Candidate, SourceOptions, read};

/// The number, the date and the source of a layer that is to be appended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewLayer {
    /// The number.
    pub number: u32,
    /// The date in the form `2024-01-31`, if it is known.
    pub date: Option<String>,
    /// The place where the layer is from, in a few words.
    pub source: String,
}

/// The changes of a history by one more layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// The section to be written behind the history. Empty if there is an error among the diagnostics, or if the newest layer has this
    /// number and the same declarations.
    pub text: String,
    /// The findings in the source.
    pub diagnostics: Vec<Diagnostic>,
    /// How many declarations are new.
    pub added: usize,
    /// How many declarations replace another one of their name or id.
    pub changed: usize,
    /// How many declarations are gone.
    pub removed: usize,
    /// Declarations that the source has in another form, with the parts that are different.
    pub repaired: Vec<(String, u32, String)>,
    /// Declarations of the source that are left out.
    pub dropped: Vec<(String, u32)>,
    /// Declarations with a bit that means something else than before.
    pub meanings: Vec<(String, u32, String)>,
}

impl History {
    /// Compares the files of a new layer with the newest one, and writes the section that makes the one from the other.
    #[must_use]
    pub fn append(&self, layer: &NewLayer, files: &[&File], options: &SourceOptions<'_>) -> Appended {
        let mut source = read(self, files, options);
        let mut appended = Appended { dropped: source.dropped.into_iter().collect(), ..Appended::default() };
        appended.diagnostics.append(&mut source.diagnostics);
        self.check_layouts(&source.declarations, &mut appended.diagnostics);
        for candidate in &source.declarations {
            if let Some(Mark::Repaired(how)) = &candidate.mark {
                appended.repaired.push((candidate.name.clone(), candidate.id, how.clone()));
            }
        }
        let step = Step::new(self, source.declarations);
        let is_newest = self.newest().is_some_and(|newest| newest.number() == layer.number);
        if is_newest && step.written.is_empty() && step.removed.is_empty() {
            return appended;
        }
        (appended.added, appended.changed, appended.removed) = (step.added, step.changed, step.removed.len());
        appended.text = self.write(layer, step, &mut appended);
        if appended.diagnostics.iter().any(|it| it.severity == Severity::Error) {
            appended.text.clear();
        }
        appended
    }

    /// An id means the same bytes in all layers.
    fn check_layouts(&self, declarations: &[Candidate], diagnostics: &mut Vec<Diagnostic>) {
        for candidate in declarations.iter().filter(|it| it.mark != Some(Mark::Pinned)) {
            let mut before = self.with_id(candidate.id).filter(|it| !it.is_pinned());
            let own = layout(&candidate.combinator);
            if let Some(other) = before.find(|it| layout(&it.combinator) != own) {
                let layers = self.layers_of_declaration(other);
                let (name, id) = (&candidate.name, candidate.id);
                let message = format!("`{name}#{id:08x}` has another layout than in {layers}");
                let found = Diagnostic::new(&codes::HISTORY_SOURCE, message, candidate.place.clone());
                diagnostics.push(found.with_note(format!("it was `{}`", other.text())));
            }
        }
    }

    fn write(&self, layer: &NewLayer, step: Step<'_>, appended: &mut Appended) -> String {
        // Writing to a string never fails.
        let mut text = format!("\n// tl:layer({})", layer.number);
        for word in [layer.date.as_deref().unwrap_or_default(), layer.source.trim()] {
            let blank = if word.is_empty() { "" } else { " " };
            let _ = write!(text, "{blank}{word}");
        }
        text.push('\n');
        for (name, id) in &appended.dropped {
            let _ = writeln!(text, "// tl:dropped({name}#{id:08x})");
        }
        for declaration in step.removed {
            let _ = writeln!(text, "// tl:removed({}#{:08x})", declaration.name, declaration.id);
        }
        let mut section = None;
        for candidate in step.written {
            if section.replace(candidate.combinator.section) != Some(candidate.combinator.section) {
                text.push_str(match candidate.combinator.section {
                    Section::Types => "---types---\n",
                    Section::Functions => "---functions---\n",
                });
            }
            text.push_str(&candidate.text());
            let change = self.change_of_meaning(&candidate);
            let meaning = (!change.is_empty()).then(|| Mark::Meaning(change.clone()));
            for (index, mark) in candidate.mark.iter().chain(&meaning).enumerate() {
                let _ = write!(text, "{}{mark}", if index == 0 { " // " } else { " " });
            }
            text.push('\n');
            if meaning.is_some() {
                appended.meanings.push((candidate.name, candidate.id, change));
            }
        }
        text
    }

    fn change_of_meaning(&self, candidate: &Candidate) -> String {
        let mut meanings = Meanings::default();
        self.with_id(candidate.id).for_each(|before| _ = meanings.add(&before.combinator));
        meanings.add(&candidate.combinator)
    }
}

/// The difference between the newest layer and the next one.
struct Step<'h> {
    removed: Vec<&'h Declaration>,
    written: Vec<Candidate>,
    added: usize,
    changed: usize,
}

impl<'h> Step<'h> {
    fn new(history: &'h History, declarations: Vec<Candidate>) -> Self {
        let newest: Vec<&Declaration> = history.newest().map(|it| it.declarations().collect()).unwrap_or_default();
        let by_id: BTreeMap<u32, &Declaration> = newest.iter().map(|it| (it.id, *it)).collect();
        let is_same = |it: &Candidate| {
            let before = by_id.get(&it.id);
            before
                .is_some_and(|before| before.combinator.section == it.combinator.section && before.text() == it.text())
        };
        let kept: BTreeSet<u32> = declarations.iter().map(|it| it.id).collect();
        let names: BTreeSet<_> = declarations.iter().map(Candidate::key).collect();
        let is_gone = |it: &&Declaration| !kept.contains(&it.id) && !names.contains(&(it.section(), it.name.clone()));
        let mut removed: Vec<&Declaration> = newest.iter().copied().filter(is_gone).collect();
        removed.sort_by_cached_key(|it| sort_key(&it.combinator));
        let old_names: BTreeSet<_> = newest.iter().map(|it| (it.section(), it.name.clone())).collect();
        let mut written: Vec<Candidate> = declarations.into_iter().filter(|it| !is_same(it)).collect();
        written.sort_by_cached_key(|it| sort_key(&it.combinator));
        let changed = written.iter().filter(|it| by_id.contains_key(&it.id) || old_names.contains(&it.key())).count();
        Self { removed, added: written.len() - changed, written, changed }
    }
}
