//! Second pass, conditions: which number decides whether a field is there.

use typelang_parser::ast::{Condition as Written, Expression, ExpressionKind, Field as WrittenField, FieldKind};
use typelang_parser::{Diagnostic, Fix, Label, ShortString, Span};

use super::brackets::Brackets;
use super::frame::Frame;
use super::scope::{Resolved, Scope};
use crate::codes;
use crate::schema::Condition;

impl Scope<'_> {
    /// Finds the number that a condition tests: a `#` field that comes before, or a parameter. `all` are the fields of the
    /// same brackets.
    pub(super) fn condition(&self, frame: &Frame, written: &Written, all: &Brackets<'_>) -> Resolved<Condition> {
        let wanted = written.field.text.as_str();
        let Some(variable) = frame.nat(wanted) else {
            return Err(self.unknown_flags(frame, written, all));
        };
        self.notes.variable_used(self.source, written.field.span, variable.into());
        let Some(bit) = written.bit else {
            return Ok(Condition { variable, bit: None });
        };
        match u8::try_from(bit.value) {
            Ok(bit @ 0..=31) => Ok(Condition { variable, bit: Some(bit) }),
            _ => {
                let diagnostic =
                    self.error(&codes::FLAG_BIT_RANGE, bit.span, format!("bit {} is out of range", bit.value));
                Err(diagnostic.with_note("a `#` has 32 bits, numbered 0 to 31").into())
            }
        }
    }

    fn unknown_flags(&self, frame: &Frame, written: &Written, all: &Brackets<'_>) -> Box<Diagnostic> {
        let wanted = written.field.text.as_str();
        if let Some(field) = frame.field(wanted) {
            let message = format!("the condition tests `{wanted}`, which is no `#`");
            let label = Label::new(self.source, field.span).with_message("not a natural number");
            let diagnostic = self.error(&codes::CONDITION_NOT_NAT, written.field.span, message).with_secondary(label);
            return Box::new(match all.named(wanted).next().and_then(int) {
                Some(int) => diagnostic.with_fix(Fix::write(self.source, int, "#")),
                None => diagnostic,
            });
        }
        if frame.has_parameter(wanted) {
            let message = format!("the condition tests `{wanted}`, which is a type");
            return self.error(&codes::CONDITION_NOT_NAT, written.field.span, message);
        }
        if let Some(later) = all.named(wanted).find(|field| field.span.start > written.span.start) {
            let message = format!("the condition tests `{wanted}`, which comes later");
            let label =
                Label::new(self.source, later.span).with_message("must stand before the fields that it decides on");
            return Box::new(
                self.error(&codes::CONDITION_BEFORE_FLAGS, written.field.span, message).with_secondary(label),
            );
        }
        let first_two: Vec<&ShortString> = frame.nat_names().take(2).collect();
        let diagnostic =
            self.error(&codes::UNKNOWN_FLAGS, written.field.span, format!("unknown flags field `{wanted}`"));
        let found = self.names.suggestions.suggest(wanted, frame.nat_names().map(ShortString::as_str));
        match (found, &first_two[..]) {
            (Some(found), _) => diagnostic.with_suggestion(written.field.span, found).into(),
            (None, [only]) => diagnostic.with_help(format!("the only `#` before it is `{only}`")).into(),
            (None, []) => {
                let diagnostic = diagnostic.with_help(format!("add `{wanted}:#` before it"));
                // In a repetition, a number outside may be meant. At the beginning, other fields that test it find it, too.
                match all.fields.first().filter(|_| !frame.is_repeated) {
                    Some(first) => {
                        diagnostic.with_fix(Fix::add(self.source, first.span.start, format!("{wanted}:# "))).into()
                    }
                    None => diagnostic.into(),
                }
            }
            _ => diagnostic,
        }
    }
}

/// The place of the type of a field that is an `int`, which is as long as a `#`.
fn int(field: &WrittenField) -> Option<Span> {
    match &field.kind {
        FieldKind::Type(Expression { kind: ExpressionKind::Name(name), span }) if name.to_string() == "int" => {
            Some(*span)
        }
        _ => None,
    }
}
