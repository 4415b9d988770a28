//! First pass: the variables of a declaration, and the type that a constructor belongs to.

use typelang_parser::ast::{Combinator as Declaration, Expression, ExpressionKind, QualifiedName};
use typelang_parser::{Diagnostic, Label, SourceId};

use super::frame::kind_of;
use crate::schema::Parameter;

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
            diagnostics.push(Diagnostic::error("duplicate-argument", message, Label::new(source, argument.name.span)));
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
        diagnostics.push(Diagnostic::error("invalid-result", message, label));
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
                let diagnostic = Diagnostic::error("invalid-result", message, Label::new(source, argument.span));
                diagnostics.push(diagnostic.with_help("declare them: `{t:Type}` or `{n:#}`"));
                return None;
            }
        }
    }
    for unused in variables.iter().filter(|variable| !parameters.contains(variable)) {
        let message = format!("the argument `{}` is not used in the type that is constructed", unused.name);
        let note = "nobody could tell what it stands for";
        diagnostics.push(unused_argument(declaration, &unused.name, source, message).with_note(note));
    }
    Some((name, parameters))
}

/// An error about a variable that is not used where it must be.
pub(super) fn unused_argument(declaration: &Declaration, name: &str, source: SourceId, message: String) -> Diagnostic {
    let argument = declaration.optional_arguments.iter().find(|argument| argument.name.text == name);
    let span = argument.map_or(declaration.name.span, |argument| argument.span);
    Diagnostic::error("unused-argument", message, Label::new(source, span))
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
