//! First pass: the variables of a declaration, and the type that a constructor belongs to.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{
    Body, Combinator as Declaration, Expression, ExpressionKind, Field, FieldKind, QualifiedName,
};
use typelang_parser::{Diagnostic, Label, SourceId, Span};

use super::frame::{kind_of, mentioned_in_fields};
use crate::codes;
use crate::schema::{Parameter, ParameterKind};

/// The variables that `{…}` declares, in the order of the text. A second one of a name is reported.
pub(super) fn variables(
    declaration: &Declaration,
    source: SourceId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Parameter> {
    let mut variables: Vec<Parameter> = Vec::new();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for argument in &declaration.optional_arguments {
        let name = &argument.name.text;
        if !names.insert(name) {
            let message = format!("two arguments are called `{name}`");
            diagnostics.push(Diagnostic::new(
                &codes::DUPLICATE_ARGUMENT,
                message,
                Label::new(source, argument.name.span),
            ));
            continue;
        }
        variables.push(Parameter { name: name.clone(), kind: kind_of(argument) });
    }
    variables
}

/// The name of the type that a constructor belongs to, and the constructor's variables in the order of its arguments.
/// Nothing if the result is no type with variables as arguments, which is reported.
pub(super) fn constructed<'a>(
    declaration: &'a Declaration,
    variables: Vec<Parameter>,
    source: SourceId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(&'a QualifiedName, Vec<Parameter>)> {
    let Some((name, arguments)) = split(&declaration.result) else {
        let message = "the result of a constructor must be the name of a type, which begins with a capital letter";
        let label = Label::new(source, declaration.result.span);
        diagnostics.push(Diagnostic::new(&typelang_parser::codes::INVALID_RESULT, message, label));
        return None;
    };
    let by_name: BTreeMap<&str, usize> =
        variables.iter().enumerate().map(|(position, it)| (it.name.as_str(), position)).collect();
    let mut is_used = vec![false; variables.len()];
    let mut parameters: Vec<Parameter> = Vec::new();
    for argument in arguments {
        let found = match &argument.kind {
            ExpressionKind::Name(name) if name.namespace.is_empty() => by_name.get(name.name.as_str()).copied(),
            _ => None,
        };
        match found.and_then(|position| Some((variables.get(position)?, is_used.get_mut(position)?))) {
            Some((variable, is_used)) if !*is_used => {
                *is_used = true;
                parameters.push(variable.clone());
            }
            _ => {
                let message =
                    "the arguments of the type that a constructor belongs to must be different variables of it";
                let diagnostic = Diagnostic::new(
                    &typelang_parser::codes::INVALID_RESULT,
                    message,
                    Label::new(source, argument.span),
                );
                diagnostics.push(diagnostic.with_help("declare them: `{t:Type}` or `{n:#}`"));
                return None;
            }
        }
    }
    let spans = OnceCell::new();
    let calls = OnceCell::new();
    for (variable, is_used) in variables.iter().zip(is_used) {
        if is_used || calls.get_or_init(|| Calls::of(declaration)).only_give(variable) {
            continue;
        }
        let message = format!("the argument `{}` is not used in the type that is constructed", variable.name);
        let note = "nobody could tell what it stands for";
        let spans = spans.get_or_init(|| argument_spans(declaration));
        let span = spans.get(variable.name.as_str()).copied().unwrap_or(declaration.name.span);
        diagnostics.push(unused_argument(span, source, message).with_note(note));
    }
    Some((name, parameters))
}

/// The calls among the fields of a constructor, `query:!X`.
struct Calls<'a> {
    /// The variables that calls give.
    given: BTreeSet<&'a str>,
    /// The names that all other fields mention.
    mentioned: BTreeSet<&'a str>,
}

impl<'a> Calls<'a> {
    fn of(declaration: &'a Declaration) -> Self {
        let fields = declared_fields(declaration);
        let mut given = BTreeSet::new();
        add_called(fields, &mut given);
        let mentioned = mentioned_in_fields(fields, |field| called(field).is_none());
        Self { given, mentioned }
    }

    /// Returns whether a variable is the result of a call and nothing else. A constructor contains a call of any function then, and the
    /// variable makes no difference.
    fn only_give(&self, variable: &Parameter) -> bool {
        let name = variable.name.as_str();
        variable.kind == ParameterKind::Type && self.given.contains(name) && !self.mentioned.contains(name)
    }
}

fn add_called<'a>(fields: &'a [Field], found: &mut BTreeSet<&'a str>) {
    for field in fields {
        match &field.kind {
            FieldKind::Type(_) => found.extend(called(field)),
            FieldKind::Repetition(repetition) => add_called(&repetition.fields, found),
        }
    }
}

/// The variable of a field `!X`.
fn called(field: &Field) -> Option<&str> {
    match &field.kind {
        FieldKind::Type(Expression { kind: ExpressionKind::Name(called), .. })
            if field.exclamation && called.namespace.is_empty() =>
        {
            Some(&called.name)
        }
        _ => None,
    }
}

/// The fields of a declaration.
pub(super) fn declared_fields(declaration: &Declaration) -> &[Field] {
    match &declaration.body {
        Body::Fields(fields) => fields,
        Body::Builtin(_) => &[],
    }
}

/// Where the name, the id and the arguments in braces of a declaration end.
pub(super) fn arguments_end(declaration: &Declaration) -> u32 {
    let arguments = declaration.optional_arguments.last().map(|argument| argument.span.end);
    arguments.or(declaration.id.map(|id| id.span.end)).unwrap_or(declaration.name.span.end)
}

/// The places of optional arguments by name.
pub(super) fn argument_spans(declaration: &Declaration) -> BTreeMap<&str, Span> {
    // The first of a name counts.
    declaration.optional_arguments.iter().rev().map(|it| (it.name.text.as_str(), it.span)).collect()
}

/// An error about a variable that is not used where it must be.
pub(super) fn unused_argument(span: Span, source: SourceId, message: String) -> Diagnostic {
    Diagnostic::new(&codes::UNUSED_ARGUMENT, message, Label::new(source, span))
}

/// A type name and its arguments.
pub(super) fn split(result: &Expression) -> Option<(&QualifiedName, &[Expression])> {
    match &result.kind {
        ExpressionKind::Name(name) if name.is_upper() => Some((name, &[])),
        ExpressionKind::Application { function, arguments, .. } => match &function.kind {
            ExpressionKind::Name(name) if name.is_upper() => Some((name, arguments)),
            _ => None,
        },
        _ => None,
    }
}
