//! First pass: the variables of a declaration, and the type that a constructor belongs to.

use typelang_parser::ast::{
    Body, Combinator as Declaration, Expression, ExpressionKind, Field, FieldKind, QualifiedName,
};
use typelang_parser::{Diagnostic, Label, SourceId};

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
    for argument in &declaration.optional_arguments {
        let name = &argument.name.text;
        if variables.iter().any(|variable| variable.name == *name) {
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
    let mut parameters: Vec<Parameter> = Vec::new();
    for argument in arguments {
        let found = match &argument.kind {
            ExpressionKind::Name(name) => variables.iter().find(|it| it.name == name.to_string()),
            _ => None,
        };
        match found {
            Some(variable) if !parameters.contains(variable) => parameters.push(variable.clone()),
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
    let is_unused = |it: &&Parameter| !parameters.contains(it) && !is_of_call(declaration, it);
    for unused in variables.iter().filter(is_unused) {
        let message = format!("the argument `{}` is not used in the type that is constructed", unused.name);
        let note = "nobody could tell what it stands for";
        diagnostics.push(unused_argument(declaration, &unused.name, source, message).with_note(note));
    }
    Some((name, parameters))
}

/// Whether a variable is the result of a call, `query:!X`, and nothing else. A constructor contains a call of any function then,
/// and the variable makes no difference.
fn is_of_call(declaration: &Declaration, variable: &Parameter) -> bool {
    let fields = declared_fields(declaration);
    variable.kind == ParameterKind::Type
        && is_called(fields, &variable.name)
        && !mentioned_in_fields(fields, |field| !is_call(field, &variable.name)).contains(variable.name.as_str())
}

fn is_called(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| match &field.kind {
        FieldKind::Type(_) => is_call(field, name),
        FieldKind::Repetition(repetition) => is_called(&repetition.fields, name),
    })
}

/// Whether a field is `!X` of a variable.
fn is_call(field: &Field, name: &str) -> bool {
    let FieldKind::Type(Expression { kind: ExpressionKind::Name(called), .. }) = &field.kind else { return false };
    field.exclamation && called.namespace.is_empty() && called.name == name
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

/// An error about a variable that is not used where it must be.
pub(super) fn unused_argument(declaration: &Declaration, name: &str, source: SourceId, message: String) -> Diagnostic {
    let argument = declaration.optional_arguments.iter().find(|argument| argument.name.text == name);
    let span = argument.map_or(declaration.name.span, |argument| argument.span);
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
