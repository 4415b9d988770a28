//! Ids of combinators: the CRC-32 of the normalised declaration, in the two dialects that are in use.

mod check;

use std::fmt::Write;

pub use check::{PINNED, PinnedId, check_ids, is_pinned};

use crate::ast::{
    Body, Combinator, Condition, Expression, ExpressionKind, Field, FieldKind, File, QualifiedName, Repetition,
};
use crate::crc32::crc32;

/// How a declaration is normalised before its checksum is taken.
///
/// Both dialects leave out the id, the semicolon, annotations, all brackets but those of repetitions, and commas; put
/// one blank between items; glue names and conditions to their types; and drop `%` before a lower-case name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// The reference parser's, which TON, TDLib and VK follow: `!` is dropped, everything else is kept.
    #[default]
    Reference,
    /// That of Telegram's API and of MTProto: `!` is kept, fields of the form `x:flags.0?true` are left out, and a
    /// field whose whole type is `bytes` counts as `string`.
    Telegram,
}

impl Dialect {
    /// Both dialects.
    pub const ALL: [Self; 2] = [Self::Reference, Self::Telegram];
}

impl std::fmt::Display for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Reference => "reference",
            Self::Telegram => "Telegram",
        })
    }
}

/// The normalised text of a declaration, whose CRC-32 is its id.
#[must_use]
pub fn canonical_text(combinator: &Combinator, dialect: Dialect) -> String {
    let mut writer = Writer::new(dialect);
    writer.name(&combinator.name);
    writer.after_name(combinator);
    writer.text
}

/// The same for a combinator of another name.
fn canonical_text_as(name: &str, combinator: &Combinator, dialect: Dialect) -> String {
    let mut writer = Writer::new(dialect);
    writer.push(&[name]);
    writer.after_name(combinator);
    writer.text
}

/// The id that the text of a declaration gives, whatever id it declares.
#[must_use]
pub fn compute_id(combinator: &Combinator, dialect: Dialect) -> u32 {
    crc32(canonical_text(combinator, dialect).as_bytes())
}

/// The id of a combinator: the one it declares, or else the one that its text gives.
#[must_use]
pub fn id_of(combinator: &Combinator, dialect: Dialect) -> u32 {
    combinator.id.map_or_else(|| compute_id(combinator, dialect), |id| id.value)
}

/// The dialect that explains more of the ids that a file declares.
///
/// The reference dialect if both explain as many, as in a file that declares none.
#[must_use]
pub fn detect_dialect(file: &File) -> Dialect {
    detect_dialect_of_all([file])
}

/// The dialect that explains more of the ids that several files declare, see [`detect_dialect`].
#[must_use]
pub fn detect_dialect_of_all<'a>(files: impl IntoIterator<Item = &'a File>) -> Dialect {
    detect_dialect_of_combinators(files.into_iter().flat_map(File::combinators))
}

/// The dialect that explains more of the ids of some declarations, see [`detect_dialect`].
#[must_use]
pub fn detect_dialect_of_combinators<'a>(combinators: impl IntoIterator<Item = &'a Combinator>) -> Dialect {
    let (mut reference, mut telegram) = (0_usize, 0_usize);
    // Where both dialects give the same id, it tells nothing.
    for combinator in combinators.into_iter().filter(|it| depends_on_dialect(it)) {
        let Some(id) = combinator.id else { continue };
        reference += usize::from(compute_id(combinator, Dialect::Reference) == id.value);
        telegram += usize::from(compute_id(combinator, Dialect::Telegram) == id.value);
    }
    if telegram > reference { Dialect::Telegram } else { Dialect::Reference }
}

/// Whether the normalised text differs between the dialects.
fn depends_on_dialect(combinator: &Combinator) -> bool {
    fn is_different(field: &Field) -> bool {
        field.exclamation
            || is_flag(field)
            || match &field.kind {
                FieldKind::Type(expression) => is_name(expression, "bytes"),
                FieldKind::Repetition(repetition) => repetition.fields.iter().any(is_different),
            }
    }
    let in_fields = matches!(&combinator.body, Body::Fields(fields) if fields.iter().any(is_different));
    in_fields || combinator.optional_arguments.iter().any(|argument| argument.exclamation)
}

struct Writer {
    text: String,
    dialect: Dialect,
}

impl Writer {
    fn new(dialect: Dialect) -> Self {
        // Long enough for nearly all declarations.
        Self { text: String::with_capacity(256), dialect }
    }

    fn after_name(&mut self, combinator: &Combinator) {
        for argument in &combinator.optional_arguments {
            let exclamation = self.exclamation(argument.exclamation);
            self.push(&[" ", &argument.name.text, ":", exclamation]);
            self.expression(&argument.kind);
        }
        match &combinator.body {
            Body::Fields(fields) => self.fields(fields),
            Body::Builtin(_) => self.push(&[" ?"]),
        }
        self.push(&[" = "]);
        self.expression(&combinator.result);
    }

    fn name(&mut self, name: &QualifiedName) {
        for part in &name.namespace {
            self.push(&[part, "."]);
        }
        self.push(&[&name.name]);
    }

    fn push(&mut self, parts: &[&str]) {
        self.text.extend(parts.iter().copied());
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        // Writing to a string never fails.
        let _ = write!(self.text, "{number}");
    }

    fn exclamation(&self, present: bool) -> &'static str {
        if present && self.dialect == Dialect::Telegram { "!" } else { "" }
    }

    fn fields(&mut self, fields: &[Field]) {
        let dialect = self.dialect;
        for field in fields.iter().filter(|field| dialect == Dialect::Reference || !is_flag(field)) {
            self.push(&[" "]);
            self.field(field);
        }
    }

    fn field(&mut self, field: &Field) {
        if let Some(name) = &field.name {
            self.push(&[&name.text, ":"]);
        }
        if let Some(condition) = &field.condition {
            self.condition(condition);
        }
        let exclamation = self.exclamation(field.exclamation);
        self.push(&[exclamation]);
        match &field.kind {
            FieldKind::Type(expression) if self.dialect == Dialect::Telegram && is_name(expression, "bytes") => {
                self.push(&["string"]);
            }
            FieldKind::Type(expression) => self.expression(expression),
            FieldKind::Repetition(repetition) => self.repetition(repetition),
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.push(&[&condition.field.text]);
        if let Some(bit) = condition.bit {
            self.push(&["."]);
            self.number(bit.value);
        }
        self.push(&["?"]);
    }

    fn repetition(&mut self, repetition: &Repetition) {
        if let Some(multiplicity) = &repetition.multiplicity {
            self.expression(multiplicity);
            self.push(&["*"]);
        }
        self.push(&["["]);
        self.fields(&repetition.fields);
        self.push(&[" ]"]);
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Name(name) => self.name(name),
            ExpressionKind::Nat => self.push(&["#"]),
            ExpressionKind::Number(number) => self.number(number),
            ExpressionKind::Application { function, arguments, .. } => {
                self.expression(function);
                for argument in arguments {
                    self.push(&[" "]);
                    self.expression(argument);
                }
            }
            ExpressionKind::Bare(inner) => {
                if is_upper(inner) {
                    self.push(&["%"]);
                }
                self.expression(inner);
            }
            ExpressionKind::Sum(_) => self.sum(expression),
        }
    }

    /// Constants are added up and put at the end: `1+n+2` is `n+3`.
    fn sum(&mut self, expression: &Expression) {
        let (mut variables, mut constant) = (Vec::new(), 0);
        flatten_sum(expression, &mut variables, &mut constant);
        for (index, variable) in variables.iter().enumerate() {
            self.push(if index > 0 { &["+"] } else { &[] });
            self.expression(variable);
        }
        if variables.is_empty() {
            self.number(constant);
        } else if constant > 0 {
            self.push(&["+"]);
            self.number(constant);
        }
    }
}

fn flatten_sum<'e>(expression: &'e Expression, variables: &mut Vec<&'e Expression>, constant: &mut u64) {
    match &expression.kind {
        ExpressionKind::Number(number) => *constant = constant.saturating_add(u64::from(*number)),
        ExpressionKind::Sum(terms) => terms.iter().for_each(|term| flatten_sum(term, variables, constant)),
        _ => variables.push(expression),
    }
}

/// Whether the field is `x:flags.0?true`: all of it is in the bit.
fn is_flag(field: &Field) -> bool {
    let tests_bit = field.condition.as_ref().is_some_and(|condition| condition.bit.is_some());
    tests_bit && matches!(&field.kind, FieldKind::Type(expression) if is_name(expression, "true"))
}

fn is_name(expression: &Expression, wanted: &str) -> bool {
    matches!(&expression.kind, ExpressionKind::Name(name) if name.namespace.is_empty() && name.name == wanted)
}

/// Whether the name at the head of a type begins with an upper-case letter.
fn is_upper(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Name(name) => name.is_upper(),
        ExpressionKind::Application { function, .. } => is_upper(function),
        ExpressionKind::Bare(inner) => is_upper(inner),
        ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => false,
    }
}
