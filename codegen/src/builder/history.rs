//! All layers of the schema, from the file of its history and one of rules.

use std::path::PathBuf;

use typelang_history::upgrades::compile;
use typelang_parser::{Diagnostic, Severity, Sources};

use super::{Error, Findings, read};
use crate::options::{Availability, History};

/// The files of a history.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) path: Option<PathBuf>,
    pub(super) rules: Option<PathBuf>,
    pub(super) availability: Availability,
}

impl Default for Input {
    fn default() -> Self {
        Self { path: None, rules: None, availability: Availability::Always }
    }
}

impl Input {
    /// The files that are read.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        self.path.iter().chain(&self.rules).cloned().collect()
    }

    /// Reads and compiles the history for a schema of a layer, if there is one.
    pub(super) fn load(&self, layer: Option<u32>) -> Result<Option<History>, Error> {
        let Some(path) = &self.path else { return Ok(None) };
        let mut sources = Sources::new();
        let source = sources.add(path.display().to_string(), read::text(path)?);
        let parsed = typelang_history::parse(source, sources.text(source));
        if has_errors(&parsed.diagnostics) {
            return Err(Error::History(Findings { diagnostics: parsed.diagnostics, sources }));
        }
        if layer.is_none_or(|layer| parsed.history.layer(layer).is_none()) {
            return Err(Error::LayerNotInHistory { layer, path: path.clone() });
        }
        let rules = match &self.rules {
            Some(rules) => Some(sources.add(rules.display().to_string(), read::text(rules)?)),
            None => None,
        };
        let compiled = compile(&parsed.history, layer, rules.map(|rules| (rules, sources.text(rules))));
        if has_errors(&compiled.diagnostics) {
            return Err(Error::History(Findings { diagnostics: compiled.diagnostics, sources }));
        }
        Ok(Some(History { bytes: compiled.bytes, availability: self.availability.clone() }))
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|it| it.severity == Severity::Error)
}
