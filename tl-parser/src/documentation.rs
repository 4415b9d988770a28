//! `//@description text @field text` comments, as TDLib's schemas use them.
//!
//! The rules, read off those schemas:
//! - A comment that begins with `//@` carries tags; one that begins with `//-` continues the text before it.
//! - A comment after something else on its line carries no tags.
//! - Tags speak of the declaration that follows, blank lines and other comments notwithstanding.
//! - A tag is `@` and a name, at the start of the comment or after a blank. Inside of a line it is one only if it is
//!   `description`, `class`, or the name of a field, so that text may contain addresses and user names.
//! - `@param_x` means the field `x`; that is how a field with the name `description` is spoken of.
//! - `@class Name @description text` speaks of the type that the next constructor belongs to.

use std::collections::BTreeSet;

use crate::ast::{Body, ClassDocumentation, Combinator, Comment, Documentation, Field, FieldDocumentation, FieldKind};
use crate::input::Scope;
use crate::lexer::{LINE_ENDS, is_blank};
use crate::{Diagnostic, Span, codes};

/// Goes through the comments of a file along with its declarations.
pub(crate) struct Cursor<'c> {
    comments: &'c [Comment],
}

impl<'c> Cursor<'c> {
    pub(crate) fn new(comments: &'c [Comment]) -> Self {
        Self { comments }
    }

    /// The comments that begin before `end` and were not returned before.
    pub(crate) fn advance(&mut self, end: u32) -> &'c [Comment] {
        let count = self.comments.iter().take_while(|comment| comment.span.start < end).count();
        let (before, after) = self.comments.split_at(count);
        self.comments = after;
        before
    }
}

/// Reads the documentation of a declaration from the comments since the one before it.
pub(crate) fn read(comments: &[Comment], combinator: &Combinator, scope: &Scope<'_>) -> Option<Documentation> {
    if !comments.iter().any(may_carry_tags) {
        return None;
    }
    let mut reader = Reader::new(combinator, scope);
    for comment in comments.iter().filter(|comment| comment.span.start < combinator.span.start) {
        reader.comment(comment);
    }
    reader.finish()
}

fn may_carry_tags(comment: &Comment) -> bool {
    !comment.block && comment.text.starts_with('@')
}

/// Returns whether only blanks stand before the comment on its line; otherwise it speaks of what stands there.
fn stands_alone(comment: &Comment, scope: &Scope<'_>) -> bool {
    let before = scope.text.get(..comment.span.start as usize).unwrap_or_default();
    before.chars().rev().take_while(|c| !LINE_ENDS.contains(c)).all(is_blank)
}

fn field_names(combinator: &Combinator) -> BTreeSet<&str> {
    fn collect<'f>(fields: &'f [Field], names: &mut BTreeSet<&'f str>) {
        for field in fields {
            names.extend(field.name.as_ref().map(|name| name.text.as_str()));
            if let FieldKind::Repetition(repetition) = &field.kind {
                collect(&repetition.fields, names);
            }
        }
    }
    let mut names: BTreeSet<&str> =
        combinator.optional_arguments.iter().map(|argument| argument.name.text.as_str()).collect();
    if let Body::Fields(fields) = &combinator.body {
        collect(fields, &mut names);
    }
    names
}

/// What a continuing comment continues.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Nothing,
    Description,
    Class,
    Field(usize),
}

struct Reader<'a> {
    scope: &'a Scope<'a>,
    fields: BTreeSet<&'a str>,
    documentation: Documentation,
    target: Target,
    /// Tags that name no field.
    unknown: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(combinator: &'a Combinator, scope: &'a Scope<'a>) -> Self {
        Self {
            scope,
            fields: field_names(combinator),
            documentation: Documentation::default(),
            target: Target::Nothing,
            unknown: Vec::new(),
        }
    }

    fn comment(&mut self, comment: &Comment) {
        let text = comment.text.as_str();
        let carries_tags = may_carry_tags(comment) && stands_alone(comment, self.scope);
        let continued = text.strip_prefix('-').filter(|more| !comment.block && !more.starts_with('-'));
        if carries_tags {
            self.extend_span(comment.span);
            // The two slashes come before the text.
            self.tags(text, comment.span.start + 2);
        } else if let Some(more) = continued
            && self.target != Target::Nothing
        {
            self.extend_span(comment.span);
            self.append(more);
        } else {
            self.target = Target::Nothing;
        }
    }

    fn extend_span(&mut self, span: Span) {
        let whole = &mut self.documentation.span;
        *whole = if *whole == Span::default() { span } else { whole.to(span) };
    }

    fn tags(&mut self, text: &str, offset: u32) {
        let tags: Vec<(usize, &str)> = text.match_indices('@').filter_map(|(at, _)| self.tag_at(text, at)).collect();
        let ends = tags.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
        for ((at, name), end) in tags.iter().zip(ends) {
            let content = text.get(at + 1 + name.len()..end).unwrap_or_default();
            let start = offset.saturating_add(u32::try_from(*at).unwrap_or(u32::MAX));
            let span = Span::new(start, start.saturating_add(1 + u32::try_from(name.len()).unwrap_or(u32::MAX)));
            self.tag(name, content, span);
        }
    }

    /// The name of the tag that begins at `at`, if one does.
    fn tag_at<'t>(&self, text: &'t str, at: usize) -> Option<(usize, &'t str)> {
        let (before, after) = text.split_at_checked(at)?;
        let after = after.strip_prefix('@')?;
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let (name, rest) = after.split_at_checked(end)?;
        let separated = (before.is_empty() || before.ends_with(char::is_whitespace))
            && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        let known = before.is_empty() || matches!(name, "description" | "class") || self.field(name).is_some();
        (separated && known && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((at, name))
    }

    /// The field that a tag speaks of.
    fn field(&self, tag: &str) -> Option<&'a str> {
        let find = |name: &str| self.fields.get(name).copied();
        find(tag).or_else(|| find(tag.strip_prefix("param_")?))
    }

    fn tag(&mut self, name: &str, content: &str, span: Span) {
        match name {
            "class" => self.class(content, span),
            "description" => {
                let of_class = self.target == Target::Class
                    && self.documentation.class.as_ref().is_some_and(|class| class.description.is_empty());
                self.target = if of_class { Target::Class } else { Target::Description };
                self.append(content);
            }
            _ => self.field_tag(name, content, span),
        }
    }

    fn class(&mut self, content: &str, span: Span) {
        let content = content.trim();
        let (name, description) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
        let class = ClassDocumentation { span, name: name.to_owned(), description: description.trim().to_owned() };
        self.documentation.class = Some(class);
        self.target = Target::Class;
    }

    fn field_tag(&mut self, tag: &str, content: &str, span: Span) {
        let field = self.field(tag);
        let index = self.documentation.fields.len();
        if field.is_none() {
            self.unknown.push(index);
        }
        let name = field.unwrap_or(tag).to_owned();
        self.documentation.fields.push(FieldDocumentation { span, name, text: String::new() });
        self.target = Target::Field(index);
        self.append(content);
    }

    /// Adds to the text of the last tag, with a blank between what stood on two lines.
    fn append(&mut self, content: &str) {
        let documentation = &mut self.documentation;
        let text = match self.target {
            Target::Nothing => return,
            Target::Description => Some(documentation.description.get_or_insert_default()),
            Target::Class => documentation.class.as_mut().map(|class| &mut class.description),
            Target::Field(index) => documentation.fields.get_mut(index).map(|field| &mut field.text),
        };
        let content = content.trim();
        if let Some(text) = text
            && !content.is_empty()
        {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(content);
        }
    }

    /// The documentation, unless the comments only look like one.
    fn finish(self) -> Option<Documentation> {
        let documentation = self.documentation;
        let speaks_of_field = documentation.fields.len() > self.unknown.len();
        if documentation.description.is_none() && documentation.class.is_none() && !speaks_of_field {
            return None;
        }
        for field in self.unknown.iter().filter_map(|index| documentation.fields.get(*index)) {
            let message = format!("there is no field `{}`", field.name);
            let mut diagnostic =
                Diagnostic::new(&codes::UNKNOWN_DOCUMENTED_FIELD, message, self.scope.label(field.span));
            if let Some(name) = self.scope.suggestions.suggest(&field.name, self.fields.iter().copied()) {
                let after_at = Span::new(field.span.start + 1, field.span.end);
                diagnostic = diagnostic.with_suggestion(after_at, name);
            }
            self.scope.report(diagnostic);
        }
        Some(documentation)
    }
}
