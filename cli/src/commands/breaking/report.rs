//! Findings with their places.

use typelang_diff::{Finding, Level, Mode, Subject, Verdicts};
use typelang_ir::Origin;
use typelang_parser::{Code, Diagnostic, Label, Severity, Sources, render, render_colored};

use crate::console::Console;

/// All changes that break something, and how many others there are.
pub(super) struct Report {
    level: Level,
    mode: Mode,
    pub(super) broken: Vec<Broken>,
    harmless: usize,
}

/// A change that breaks something.
pub(super) struct Broken {
    pub(super) code: &'static Code,
    pub(super) level: Level,
    pub(super) verdicts: Verdicts,
    pub(super) message: String,
    pub(super) advice: Option<String>,
    /// The older schema as the command line names it.
    pub(super) against: String,
    pub(super) place: Option<Place>,
    /// The finding with the lines of the schema, without and with colours.
    texts: [String; 2],
}

/// A place in one of the schemas.
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Report {
    pub(super) fn new(level: Level, mode: Mode) -> Self {
        Self { level, mode, broken: Vec::new(), harmless: 0 }
    }

    /// Adds a finding if it breaks something, and counts it otherwise.
    pub(super) fn add(&mut self, finding: &Finding<'_>, against: &str, (old, new): (&Sources, &Sources)) {
        let Some(level) = finding.verdicts.breaks(self.level, self.mode) else {
            self.harmless += 1;
            return;
        };
        let origin = match finding.subject {
            Subject::Declaration(change) => match (&change.old, &change.new) {
                (_, Some(side)) => Some((side.origin, new)),
                (Some(side), None) => Some((side.origin, old)),
                (None, None) => None,
            },
            Subject::Type(_) => None,
        };
        let text = |origin: Option<(Origin, &Sources)>, is_colored| self.text(finding, against, origin, is_colored);
        self.broken.push(Broken {
            code: &finding.rule.code,
            level,
            verdicts: finding.verdicts,
            message: finding.message.clone(),
            advice: finding.advice.clone(),
            against: against.to_owned(),
            place: origin.map(|(origin, sources)| {
                let (line, column) = sources.line_column(origin.source, origin.span.start);
                Place { file: sources.name(origin.source).to_owned(), line, column }
            }),
            texts: [text(origin, false), text(origin, true)],
        });
    }

    fn text(
        &self,
        finding: &Finding<'_>,
        against: &str,
        origin: Option<(Origin, &Sources)>,
        is_colored: bool,
    ) -> String {
        let Verdicts { new_reads_old, old_reads_new, .. } = finding.verdicts;
        let (new, old) = (new_reads_old.name(), old_reads_new.name());
        let note = format!("the newer schema {} bytes of {against}, which {} its bytes", verb(new), verb(old));
        let Some((origin, sources)) = origin else {
            return format!("error[{}]: {}\n  = note: {note}\n", finding.rule.code.name, finding.message);
        };
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: &finding.rule.code,
            message: finding.message.clone(),
            primary: Label::new(origin.source, origin.span),
            secondary: Vec::new(),
            notes: vec![note],
            help: finding.advice.clone(),
            fix: None,
        };
        if is_colored { render_colored(&diagnostic, sources) } else { render(&diagnostic, sources) }
    }

    pub(super) fn summary(&self) -> String {
        let changes = |count: usize| if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
        let (broken, harmless) = (self.broken.len(), self.harmless);
        let level = level_name(self.level);
        match broken {
            0 => format!("nothing is broken at the level {level}; {} beside", changes(harmless)),
            1 => format!("1 change breaks the level {level}; {} beside", changes(harmless)),
            _ => format!("{broken} changes break the level {level}; {} beside", changes(harmless)),
        }
    }
}

/// A verdict in a sentence.
fn verb(verdict: &str) -> &str {
    if verdict == "same" { "reads" } else { verdict }
}

/// The name on the command line.
pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Id => "id",
        Level::Wire => "wire",
        Level::Json => "json",
        Level::Source => "source",
    }
}

impl Broken {
    pub(super) fn text(&self, console: &Console) -> &str {
        &self.texts[usize::from(console.has_colors())]
    }

    /// `::error file=schema.tl,line=3,col=1,title=required-added::message`
    pub(super) fn annotation(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |Place { file, line, column }| {
            format!("file={},line={line},col={column},", escaped(file).replace(':', "%3A").replace(',', "%2C"))
        });
        let advice = self.advice.as_ref().map_or_else(String::new, |advice| format!("; {advice}"));
        format!("::error {place}title={}::{}{}", self.code.name, escaped(&self.message), escaped(&advice))
    }
}

/// A text as GitHub's commands have it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
