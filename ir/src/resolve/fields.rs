//! Second pass, fields: types, conditions and results.

use std::collections::BTreeMap;

use tl_parser::ast::{
    self, Body, Condition as WrittenCondition, Expression, ExpressionKind, Field as WrittenField, FieldKind, Section,
};
use tl_parser::{Diagnostic, Label, Span, suggest};

use super::collect::{Collected, Pending, Target};
use super::scope::{Names, Scope};
use crate::{Builtin, Condition, Field, ValueType};

pub(super) fn resolve_fields(collected: &mut Collected<'_>, names: &Names) {
    for pending in std::mem::take(&mut collected.pending) {
        let declaration = pending.declaration;
        let parameter = type_parameter(collected, pending);
        let scope = Scope { names, source: pending.source, parameter };
        let fields = Fields {
            scope: &scope,
            diagnostics: &mut collected.diagnostics,
            incomplete: declaration.incomplete,
            done: Vec::new(),
        }
        .run(declaration);
        match pending.target {
            Target::Constructor(id) => collected.schema.constructors[id.index()].combinator.fields = fields,
            Target::Function(id) => {
                let result = function_result(&scope, &declaration.result, &fields);
                // A field that could not be resolved may be the one that the result depends on.
                let is_whole = !declaration.incomplete
                    && matches!(&declaration.body, Body::Fields(written) if written.len() == fields.len());
                let is_used = fields.iter().any(|field| field.ty == ValueType::Parameter);
                let function = &mut collected.schema.functions[id.index()];
                function.combinator.fields = fields;
                function.parameter = parameter.filter(|_| is_used).map(str::to_owned);
                match result {
                    Ok(result) => function.result = result,
                    Err(diagnostic) if is_whole || diagnostic.code != "unknown-result" => {
                        collected.diagnostics.push(*diagnostic);
                    }
                    Err(_) => {}
                }
                if !is_used && is_whole {
                    collected.diagnostics.extend(unused_type_argument(&scope, declaration));
                }
            }
        }
    }
}

/// The name in `{X:Type}` of a function; other optional arguments are reported.
fn type_parameter<'a>(collected: &mut Collected<'a>, pending: Pending<'a>) -> Option<&'a str> {
    let declaration = pending.declaration;
    let mut found = None;
    for argument in &declaration.optional_arguments {
        let is_type = matches!(&argument.kind.kind, ExpressionKind::Name(name) if name.to_string() == "Type");
        if is_type && declaration.section == Section::Functions && found.is_none() {
            found = Some(argument.name.text.as_str());
        } else {
            let message = "optional arguments other than one `{X:Type}` of a function are not supported yet";
            collected.unsupported(pending.source, argument.span, "unsupported-optional-argument", message);
        }
    }
    found
}

/// A `{X:Type}` that neither a field nor the result speaks of changes nothing, so it is left out.
fn unused_type_argument(scope: &Scope<'_>, declaration: &ast::Combinator) -> Option<Diagnostic> {
    let parameter = scope.parameter?;
    let argument = declaration.optional_arguments.iter().find(|argument| argument.name.text == parameter)?;
    let is_mentioned = matches!(&declaration.result.kind, ExpressionKind::Name(name) if name.to_string() == parameter);
    (!is_mentioned).then(|| {
        let message = format!("the type argument `{parameter}` is not used");
        Diagnostic::warning("unused-type-argument", message, Label::new(scope.source, argument.span))
    })
}

fn function_result(scope: &Scope<'_>, result: &Expression, fields: &[Field]) -> Result<ValueType, Box<Diagnostic>> {
    match &result.kind {
        ExpressionKind::Name(name) if name.namespace.is_empty() && scope.parameter == Some(&name.name) => {
            if fields.iter().any(|field| field.ty == ValueType::Parameter) {
                Ok(ValueType::Parameter)
            } else {
                let message = format!("the result is `{name}`, but no field is a call `!{name}` that would give it");
                Err(scope.error("unknown-result", result.span, message))
            }
        }
        _ => scope.value_type(result, false),
    }
}

/// The fields of one combinator, one after another.
struct Fields<'a, 's> {
    scope: &'a Scope<'s>,
    diagnostics: &'a mut Vec<Diagnostic>,
    incomplete: bool,
    done: Vec<Field>,
}

impl Fields<'_, '_> {
    fn run(mut self, declaration: &ast::Combinator) -> Vec<Field> {
        let Body::Fields(fields) = &declaration.body else {
            if let Body::Builtin(span) = declaration.body {
                let message = format!("`{}` is not a built-in function", declaration.name);
                self.diagnostics.push(*self.scope.error("unknown-builtin", span, message));
            }
            return Vec::new();
        };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for field in fields {
            if let Some(name) = field.name.as_ref().filter(|name| name.text != "_") {
                match seen.get(name.text.as_str()) {
                    Some(&first) => self.duplicate_field(name, first),
                    None => _ = seen.insert(&name.text, name.span),
                }
            }
            if let Err(diagnostic) = self.field(field, fields) {
                self.diagnostics.push(*diagnostic);
            }
        }
        self.mark_computed_flags();
        self.done
    }

    fn field(&mut self, field: &WrittenField, all: &[WrittenField]) -> Result<(), Box<Diagnostic>> {
        let scope = self.scope;
        // The condition first: a wrong one is reported even if the type is wrong, too.
        let condition = field.condition.as_ref().and_then(|condition| match self.condition(condition, all) {
            Ok(condition) => Some(condition),
            // The flags field may be what could not be read.
            Err(_) if self.incomplete => None,
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        });
        let FieldKind::Type(expression) = &field.kind else {
            return Err(scope.error("unsupported-repetition", field.span, "a repetition is not supported yet"));
        };
        let ty = self.field_type(field, expression)?;
        let name = match &field.name {
            Some(name) if name.text != "_" => name.text.clone(),
            _ => self.name_for_anonymous(all),
        };
        self.done.push(Field { name, ty, condition, computed_flags: false, span: field.span });
        Ok(())
    }

    /// `value`, then `value2`, …: a field without a name still needs one in every language but TL. `all` are the fields
    /// of the combinator, some of which may have such a name of their own.
    fn name_for_anonymous(&self, all: &[WrittenField]) -> String {
        let given = |name: &String| all.iter().any(|field| field.name.as_ref().is_some_and(|it| it.text == *name));
        let taken = |name: &String| given(name) || self.done.iter().any(|field| field.name == *name);
        let numbered = (2..).map(|number| format!("value{number}"));
        std::iter::once("value".to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    fn field_type(&self, field: &WrittenField, expression: &Expression) -> Result<ValueType, Box<Diagnostic>> {
        let scope = self.scope;
        if field.exclamation {
            return match &expression.kind {
                ExpressionKind::Name(name) if scope.parameter == Some(name.name.as_str()) => Ok(ValueType::Parameter),
                _ => {
                    let message = "`!` must stand before a type argument that `{X:Type}` declares";
                    Err(scope.error("unknown-type-argument", expression.span, message))
                }
            };
        }
        let is_true = matches!(&expression.kind, ExpressionKind::Name(name) if name.to_string() == "true");
        if is_true && field.condition.is_some() {
            return Ok(ValueType::Builtin(Builtin::True));
        }
        match scope.value_type(expression, false)? {
            ValueType::Builtin(Builtin::True) => {
                let message = "`true` without a condition needs its declaration";
                Err(Box::new(
                    scope.error("unknown-type", expression.span, message).with_help("add `true#3fedd339 = True;`"),
                ))
            }
            ty => Ok(ty),
        }
    }

    /// Finds the flags field among the fields that come before.
    fn condition(&self, condition: &WrittenCondition, all: &[WrittenField]) -> Result<Condition, Box<Diagnostic>> {
        let scope = self.scope;
        let wanted = condition.field.text.as_str();
        let Some(index) = self.done.iter().position(|field| field.name == wanted) else {
            return Err(self.unknown_flags(condition, all));
        };
        let flags = &self.done[index];
        if flags.ty != ValueType::Builtin(Builtin::Nat) {
            let message = format!("the condition tests `{wanted}`, which is no `#`");
            let label = Label::new(scope.source, flags.span).with_message("not a natural number");
            return Err(Box::new(
                scope.error("condition-not-nat", condition.field.span, message).with_secondary(label),
            ));
        }
        if flags.condition.is_some() {
            let message =
                format!("the condition tests `{wanted}`, which is itself conditional; this is not supported yet");
            return Err(scope.error("unsupported-conditional-flags", condition.field.span, message));
        }
        let Some(bit) = condition.bit else {
            let message = "a condition without a bit is not supported yet";
            return Err(Box::new(
                scope.error("unsupported-condition", condition.span, message).with_help(format!("write `{wanted}.0?`")),
            ));
        };
        match u8::try_from(bit.value) {
            Ok(bit @ 0..=31) => Ok(Condition { flags: index, bit }),
            _ => {
                let message = format!("bit {} is out of range", bit.value);
                let diagnostic = scope.error("flag-bit-range", bit.span, message);
                Err(diagnostic.with_note("a `#` has 32 bits, numbered 0 to 31").into())
            }
        }
    }

    fn unknown_flags(&self, condition: &WrittenCondition, all: &[WrittenField]) -> Box<Diagnostic> {
        let scope = self.scope;
        let wanted = condition.field.text.as_str();
        let named = |field: &&WrittenField| field.name.as_ref().is_some_and(|name| name.text == wanted);
        let later = |field: &&WrittenField| field.span.start > condition.span.start;
        if let Some(later) = all.iter().filter(later).find(named) {
            let message = format!("the condition tests `{wanted}`, which comes later");
            let label =
                Label::new(scope.source, later.span).with_message("must stand before the fields that it decides on");
            return Box::new(
                scope.error("condition-before-flags", condition.field.span, message).with_secondary(label),
            );
        }
        let candidates: Vec<String> = self
            .done
            .iter()
            .filter(|field| field.ty == ValueType::Builtin(Builtin::Nat))
            .map(|field| field.name.clone())
            .collect();
        let diagnostic = scope.error("unknown-flags", condition.field.span, format!("unknown flags field `{wanted}`"));
        match (suggest(wanted, candidates.iter().map(String::as_str)), &candidates[..]) {
            (Some(found), _) => diagnostic.with_help(format!("did you mean `{found}`?")).into(),
            (None, [only]) => diagnostic.with_help(format!("the only `#` before it is `{only}`")).into(),
            (None, []) => diagnostic.with_help(format!("add `{wanted}:#` before it")).into(),
            _ => diagnostic,
        }
    }

    fn duplicate_field(&mut self, name: &ast::Identifier, first: Span) {
        let label = Label::new(self.scope.source, first).with_message("first here");
        let message = format!("two fields are called `{}`", name.text);
        self.diagnostics.push(self.scope.error("duplicate-field", name.span, message).with_secondary(label));
    }

    /// A `#` is computed if conditions test it, or if it is called `flags`, `flags2`, …, in which case it has no bits yet.
    /// Any other `#` is a number of its own.
    fn mark_computed_flags(&mut self) {
        let tested: Vec<usize> = self.done.iter().filter_map(|field| field.condition).map(|it| it.flags).collect();
        for (index, field) in self.done.iter_mut().enumerate() {
            let nat = field.ty == ValueType::Builtin(Builtin::Nat) && field.condition.is_none();
            field.computed_flags = nat && (tested.contains(&index) || is_flags_name(&field.name));
        }
    }
}

fn is_flags_name(name: &str) -> bool {
    name.strip_prefix("flags").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}
