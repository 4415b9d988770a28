//! Comments that choose levels: `// tl:allow(code)`. Those that say the profile, `// tl:profile(ton)`, are read elsewhere,
//! and only checked here.

use std::collections::BTreeMap;

use typelang_ir::Profile;
use typelang_parser::ast::{Comment, File, Item};
use typelang_parser::{Diagnostic, Fix, Label, Sources, Span, declare_code};

use crate::level::{BadSelector, Choice, Choices, Level, Selector};

declare_code!(LINT_COMMENT {
    name: "lint-comment",
    level: Warning,
    summary: "A `// tl:…` comment does not say what it should",
    explanation: "A comment such as `// tl:allow(shared-bit)` chooses the level of findings: `allow`, `warn` or `deny` \
        for a declaration, `allow-file`, `warn-file` or `deny-file` for the whole file, and in parentheses the \
        codes, divided by commas. `all` is every code. A remark may follow. `// tl:profile(ton)` says the \
        profile of the file: `telegram`, `tdlib`, `ton` or `vk`. `// tl:allow(required-added)` allows a change to \
        `tl breaking`, and `// tl:was(oldName)` says the former name of a declaration.\n\n\
        This one names a code or a profile that does not exist, or a code that is always an error, is written \
        otherwise, or has no declaration to speak of, so it changes nothing. That should not go unnoticed, \
        since whoever wrote it relies on it.\n\n\
        ```text\n// tl:allow(shared-bits)\nchat flags:# title:flags.0?string photo:flags.0?bytes = Chat;\n```\n\n\
        The code is `shared-bit`. `tl explain` lists them all.",
    fix: "writes the word that was probably meant",
});

/// What the comments of one file choose.
#[derive(Debug, Default)]
pub(crate) struct Directives {
    /// For the whole file, in the order of the text.
    pub(crate) file: Choices,
    /// For single declarations, by position among the file's items.
    declarations: BTreeMap<usize, Choices>,
    /// Where each declaration begins and ends, documentation included, in the order of the text.
    extents: Vec<(Span, usize)>,
}

impl Directives {
    /// Reads the comments of a file. The diagnostics are about comments that cannot be understood.
    pub(crate) fn read(file: &File, sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let mut directives = Self { extents: extents(file), ..Self::default() };
        let mut diagnostics = Vec::new();
        for comment in &file.comments {
            if let Some(directive) = Directive::find(comment) {
                directives.add(&directive, comment, file, sources.text(file.source), &mut diagnostics);
            }
        }
        (directives, diagnostics)
    }

    fn add(
        &mut self,
        directive: &Directive<'_>,
        comment: &Comment,
        file: &File,
        text: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (scope, choices) = match directive.parse(file, diagnostics) {
            Some(parsed) => parsed,
            None => return,
        };
        match scope {
            Scope::File => self.file.extend(choices),
            Scope::Declaration => match self.target(comment, text) {
                Some(index) => self.declarations.entry(index).or_default().extend(choices),
                None => diagnostics.push(
                    report("no declaration follows this comment", Label::new(file.source, comment.span))
                        .with_help("`tl:allow-file(…)` speaks of the whole file"),
                ),
            },
        }
    }

    /// The declaration that a comment speaks of: the one around it, the one before it on its line, or the next one.
    fn target(&self, comment: &Comment, text: &str) -> Option<usize> {
        let following = self.extents.partition_point(|(extent, _)| extent.start <= comment.span.start);
        let before = following.checked_sub(1).and_then(|index| self.extents.get(index));
        if let Some((extent, index)) = before {
            let between = text.get(extent.end as usize..comment.span.start as usize);
            // There is nothing between where the comment is inside of the declaration.
            if between.is_none_or(|between| !between.contains(['\n', '\r'])) {
                return Some(*index);
            }
        }
        self.extents.get(following).map(|(_, index)| *index)
    }

    /// What is chosen for the declaration that a place is in.
    pub(crate) fn at(&self, offset: u32) -> Option<&Choices> {
        let following = self.extents.partition_point(|(extent, _)| extent.start <= offset);
        let around = following.checked_sub(1).and_then(|index| self.extents.get(index));
        let around = around.filter(|(extent, _)| offset <= extent.end);
        around.and_then(|(_, index)| self.declarations.get(index))
    }

    /// Every choice, whatever it speaks of.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Choices> {
        std::iter::once(&self.file).chain(self.declarations.values())
    }
}

fn extents(file: &File) -> Vec<(Span, usize)> {
    let extent = |(index, item): (usize, &Item)| {
        let span = match item {
            Item::Section(_) => return None,
            Item::Combinator(combinator) => match &combinator.documentation {
                Some(documentation) => documentation.span.to(combinator.span),
                None => combinator.span,
            },
            Item::PartialApplication(application) => application.span,
            Item::Finality(finality) => finality.span,
        };
        Some((span, index))
    };
    file.items.iter().enumerate().filter_map(extent).collect()
}

#[derive(Clone, Copy)]
enum Scope {
    Declaration,
    File,
}

/// The words before the parenthesis.
const WORDS: [(&str, Level, Scope); 6] = [
    ("allow", Level::Allow, Scope::Declaration),
    ("warn", Level::Warn, Scope::Declaration),
    ("deny", Level::Deny, Scope::Declaration),
    ("allow-file", Level::Allow, Scope::File),
    ("warn-file", Level::Warn, Scope::File),
    ("deny-file", Level::Deny, Scope::File),
];

/// The word of comments that say the profile of a file.
const PROFILE: &str = "profile";

/// The word of comments that say the former name of a declaration.
const WAS: &str = "was";

/// A comment `tl:word(argument, …)`, and the position of the item that it is about.
pub(crate) struct Mention<'f> {
    pub(crate) word: &'f str,
    pub(crate) arguments: Vec<&'f str>,
    pub(crate) item: Option<usize>,
}

/// The comments of a file that begin with `tl:` and have arguments.
pub(crate) fn mentions<'f>(file: &'f File, text: &str) -> Vec<Mention<'f>> {
    let directives = Directives { extents: extents(file), ..Directives::default() };
    let mention = |comment: &'f Comment| {
        let Directive { word, rest, .. } = Directive::find(comment)?;
        let (arguments, _) = rest.strip_prefix('(')?.split_once(')')?;
        let arguments = arguments.split(',').map(str::trim).filter(|argument| !argument.is_empty()).collect();
        Some(Mention { word, arguments, item: directives.target(comment, text) })
    };
    file.comments.iter().filter_map(mention).collect()
}

/// A comment that begins with `tl:`, taken apart.
struct Directive<'c> {
    word: &'c str,
    word_start: u32,
    /// What follows the word.
    rest: &'c str,
}

impl<'c> Directive<'c> {
    fn find(comment: &'c Comment) -> Option<Self> {
        let after_blanks = comment.text.trim_start();
        let after_prefix = after_blanks.strip_prefix("tl:")?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let end = after_prefix.find(|c| !is_word(c)).unwrap_or(after_prefix.len());
        let (word, rest) = after_prefix.split_at(end);
        // `tl: …` and `tl:word …` may be prose.
        let known = WORDS.iter().any(|(known, ..)| *known == word);
        if word.is_empty() || !(known || rest.starts_with('(')) {
            return None;
        }
        // Both delimiters of comments have two bytes.
        let word_start = comment.span.start + 2 + length(comment.text.len() - after_prefix.len());
        Some(Self { word, word_start, rest })
    }

    /// What it chooses for what; nothing where that is unclear.
    fn parse(&self, file: &File, diagnostics: &mut Vec<Diagnostic>) -> Option<(Scope, Vec<Choice>)> {
        let word_end = self.word_start + length(self.word.len());
        let word_span = Span::new(self.word_start, word_end);
        let word_label = Label::new(file.source, word_span);
        if self.word == PROFILE {
            diagnostics.extend(self.unknown_profile(file));
            return None;
        }
        if self.word == WAS {
            let has_name = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
            if has_name.is_none_or(|(name, _)| name.trim().is_empty()) {
                diagnostics.push(report("`tl:was` without a name in parentheses", word_label));
            }
            return None;
        }
        let Some((_, level, scope)) = WORDS.iter().find(|(known, ..)| *known == self.word) else {
            let diagnostic = report(format!("`tl:{}` is not a comment that tl knows", self.word), word_label);
            diagnostics.push(
                match typelang_parser::suggest(
                    self.word,
                    WORDS.map(|(known, ..)| known).into_iter().chain([PROFILE, WAS]),
                ) {
                    Some(found) => diagnostic.with_help(format!("did you mean `tl:{found}`?")).with_fix(Fix::write(
                        file.source,
                        word_span,
                        found,
                    )),
                    None => diagnostic.with_note("there are `tl:allow`, `tl:warn`, `tl:deny`, and these with `-file`"),
                },
            );
            return None;
        };
        let Some((codes, _)) = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
            let message = format!("`tl:{}` without codes in parentheses", self.word);
            diagnostics.push(report(message, word_label).with_help(format!("write `tl:{}(code)`", self.word)));
            return None;
        };
        let mut choices = Vec::new();
        let mut start = word_end + 1;
        for code in codes.split(',') {
            let trimmed = code.trim();
            let at = start + length(code.len() - code.trim_start().len());
            match trimmed.parse::<Selector>() {
                Ok(selector) => choices.push(Choice { selector, level: *level }),
                // A rule of compatibility, which `ChangeComments` reads.
                Err(_) if *level == Level::Allow && typelang_diff::find_rule(trimmed).is_some() => {}
                Err(error) => {
                    let span = Span::new(at, at + length(trimmed.len()));
                    diagnostics.push(bad_code(trimmed, &error, Label::new(file.source, span)));
                }
            }
            start += length(code.len()) + 1;
        }
        Some((*scope, choices))
    }

    /// A profile that is none would be taken for none said.
    fn unknown_profile(&self, file: &File) -> Option<Diagnostic> {
        let start = self.word_start + length(self.word.len()) + 1;
        let name = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(name, _)| name);
        if Profile::from_name(name.trim()).is_some() {
            return None;
        }
        let place = Span::new(start, start + length(name.len()));
        let label = Label::new(file.source, place);
        let names = Profile::ALL.map(Profile::name);
        let diagnostic = report(format!("there is no profile `{}`", name.trim()), label);
        Some(match typelang_parser::suggest(name.trim(), names) {
            Some(found) => diagnostic.with_suggestion(place, found),
            None => diagnostic.with_note(format!("there are `{}`", names.join("`, `"))),
        })
    }
}

fn bad_code(code: &str, error: &BadSelector, label: Label) -> Diagnostic {
    match error {
        _ if code.is_empty() => report("a code is missing", label),
        BadSelector::Unknown { suggestion: None, .. } => {
            report(error.to_string(), label).with_note("`tl explain` lists all codes")
        }
        BadSelector::Unknown { suggestion: Some(suggestion), .. } => {
            let place = label.span;
            report(format!("there is no code `{code}`"), label).with_suggestion(place, suggestion)
        }
        BadSelector::AlwaysError(_) => report(error.to_string(), label),
    }
}

fn report(message: impl Into<String>, label: Label) -> Diagnostic {
    Diagnostic::new(&LINT_COMMENT, message, label)
}

/// Offsets have 32 bits, and so has the length of every text that is parsed.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
