//! Second pass, conditions: which number decides whether a field is there.

use typelang_parser::ast::{Condition as Written, Field as WrittenField};
use typelang_parser::{Diagnostic, Label, ShortString, suggest};

use super::frame::Frame;
use super::scope::{Resolved, Scope};
use crate::schema::Condition;

impl Scope<'_> {
    /// Finds the number that a condition tests: a `#` field that comes before, or a parameter. `all` are the fields of the
    /// same brackets.
    pub(super) fn condition(&self, frame: &Frame, written: &Written, all: &[WrittenField]) -> Resolved<Condition> {
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
                let diagnostic = self.error("flag-bit-range", bit.span, format!("bit {} is out of range", bit.value));
                Err(diagnostic.with_note("a `#` has 32 bits, numbered 0 to 31").into())
            }
        }
    }

    fn unknown_flags(&self, frame: &Frame, written: &Written, all: &[WrittenField]) -> Box<Diagnostic> {
        let wanted = written.field.text.as_str();
        if let Some(field) = frame.fields.iter().find(|field| field.name == wanted) {
            let message = format!("the condition tests `{wanted}`, which is no `#`");
            let label = Label::new(self.source, field.span).with_message("not a natural number");
            return Box::new(self.error("condition-not-nat", written.field.span, message).with_secondary(label));
        }
        if frame.parameters.iter().any(|parameter| parameter.name == wanted) {
            let message = format!("the condition tests `{wanted}`, which is a type");
            return self.error("condition-not-nat", written.field.span, message);
        }
        let is_wanted = |field: &&WrittenField| field.name.as_ref().is_some_and(|name| name.text == wanted);
        let is_later = |field: &&WrittenField| field.span.start > written.span.start;
        if let Some(later) = all.iter().filter(is_later).find(is_wanted) {
            let message = format!("the condition tests `{wanted}`, which comes later");
            let label =
                Label::new(self.source, later.span).with_message("must stand before the fields that it decides on");
            return Box::new(self.error("condition-before-flags", written.field.span, message).with_secondary(label));
        }
        let candidates = frame.nat_names();
        let diagnostic = self.error("unknown-flags", written.field.span, format!("unknown flags field `{wanted}`"));
        match (suggest(wanted, candidates.iter().map(ShortString::as_str)), &candidates[..]) {
            (Some(found), _) => diagnostic.with_help(format!("did you mean `{found}`?")).into(),
            (None, [only]) => diagnostic.with_help(format!("the only `#` before it is `{only}`")).into(),
            (None, []) => diagnostic.with_help(format!("add `{wanted}:#` before it")).into(),
            _ => diagnostic,
        }
    }
}
