//! Paths: their text, checked against a schema.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::super::combinator::Kind;
use super::super::error::DecodeError;
use super::super::record::Type;
use super::super::table::Table;
use super::super::walk::BUILTIN_FIELD;
use super::error::{PathError, PathFault};
use super::part::Part;
use super::selection::Selection;
use super::similar::Similar;
use super::step::{FieldStep, Step};
use super::types::{Arguments, Constructor, Types, WITHOUT, fields};
use crate::{InSchema, ReadOptions};

/// A path to parts of the values of a type, such as `updates[*].message.id`.
///
/// | piece | selects |
/// |---|---|
/// | `name` | the field, of every constructor that has it |
/// | `a.b` | the field `b` of the value of `a` |
/// | `[3]`, `[-1]` | one element of a vector or tuple; from its end, if the number is negative |
/// | `[*]` | every element, in order |
/// | `(user)`, `a.(user)` | the value, if it is of this constructor; `(user).id` is a field of it |
/// | nothing | the whole value |
///
/// A path selects any number of parts. An optional field that is absent, a constructor that does not have the field or is not
/// the one that is named, and an element behind the last one are not errors: there is no part. A `flags.0?true` that is set is
/// `true`. A `#` is a number, even if it is computed from the fields that it decides on. A name must be one of a field that a
/// value can have there: the text is checked against the schema.
///
/// A path is made once, by [`parse`](Self::parse) or for a generated type by [`of`](Self::of), and used for any number of inputs:
///
/// ```
/// use typelang::ReadOptions;
/// use typelang::reflect::{DecodeError, Path};
///
/// /// The numbers that a path such as `updates[*].message.id` selects.
/// fn numbers(path: &Path<'_>, bytes: &[u8]) -> Result<Vec<i64>, DecodeError> {
///     path.select(bytes, ReadOptions::new()).filter_map(|part| part.map(|it| it.as_i64()).transpose()).collect()
/// }
/// ```
#[derive(Clone)]
pub struct Path<'t> {
    pub(super) table: Table<'t>,
    pub(super) ty: Type<'t>,
    pub(super) steps: Vec<Step>,
    text: Box<str>,
}

impl<'t> Path<'t> {
    /// Parses a path through values of a type.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a path, or if no value of the type can have a part there.
    pub fn parse(table: &Table<'t>, ty: Type<'t>, text: &str) -> Result<Self, PathError> {
        let mut arguments = Arguments::new();
        let mut types = Types::new(*table);
        types.add(ty.record, WITHOUT, &arguments);
        let parser = Parser { text, offset: 0, steps: Vec::new(), types, arguments: &mut arguments };
        let steps = parser.path()?;
        Ok(Self { table: *table, ty, steps, text: text.into() })
    }

    /// Reads the selected parts of a value at the start of `bytes`, one after another and only as far as needed: bytes behind
    /// the last part are not read. Bytes before a part are read as far as that tells where they end: strings that are not
    /// selected may be other than UTF-8.
    ///
    /// Nothing is allocated, unless a path has more than eight steps or goes through types with parameters, a string has to be
    /// repaired, or bytes are wrong.
    pub fn select<'p, 'b>(&'p self, bytes: &'b [u8], options: ReadOptions) -> Selection<'p, 't, 'b> {
        Selection::new(self, bytes, options)
    }

    /// Reads the first selected part; nothing if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes up to the end of the part are not a valid encoding of the type, or if the options refuse
    /// them.
    pub fn first<'b>(&self, bytes: &'b [u8], options: ReadOptions) -> Result<Option<Part<'t, 'b>>, DecodeError> {
        self.select(bytes, options).next().transpose()
    }
}

impl Path<'static> {
    /// Parses a path through values of a generated type.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), and if the type was generated without a table.
    pub fn of<T: InSchema>(text: &str) -> Result<Self, PathError> {
        match T::PLACE.in_table() {
            Some((table, ty)) => Self::parse(&table, ty, text),
            None => Err(PathError::new(PathFault::NoTable, 0)),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Path({:?})", self.text)
    }
}

struct Parser<'p, 't, 'x> {
    text: &'x str,
    /// The place that is read next.
    offset: usize,
    steps: Vec<Step>,
    /// The types that the steps lead to.
    types: Types<'t>,
    arguments: &'p mut Arguments,
}

type Parsed<T = ()> = Result<T, PathError>;

impl<'t, 'x> Parser<'_, 't, 'x> {
    fn path(mut self) -> Parsed<Vec<Step>> {
        if !self.rest().is_empty() && !self.rest().starts_with('[') {
            self.named()?;
        }
        while !self.rest().is_empty() {
            if self.takes('[') {
                self.element()?;
            } else if self.takes('.') {
                self.named()?;
            } else {
                return Err(self.expected("`.`, `[` or the end"));
            }
        }
        Ok(self.steps)
    }

    fn rest(&self) -> &'x str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is_there = self.rest().starts_with(wanted);
        if is_there {
            self.offset += wanted.len_utf8();
        }
        is_there
    }

    fn expected(&self, expected: &'static str) -> PathError {
        PathError::new(PathFault::Syntax { expected }, self.offset)
    }

    /// The text up to the first character that is not part of a name.
    fn word(&mut self, is_part: impl Fn(char) -> bool) -> &'x str {
        let rest = self.rest();
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        self.offset += end;
        rest.get(..end).unwrap_or_default()
    }

    /// A field, or a constructor in parentheses.
    fn named(&mut self) -> Parsed {
        let constructors = self.types.constructors(self.arguments);
        if !self.takes('(') {
            return self.field(constructors, false);
        }
        let at = self.offset;
        let name = self.word(|it| it == '.' || is_of_name(it));
        if name.is_empty() {
            return Err(self.expected("the name of a constructor"));
        }
        let mut similar = Similar::to(name);
        constructors.iter().filter_map(|(it, _)| it.name()).for_each(|it| similar.consider(it));
        let meant: Vec<_> = constructors.into_iter().filter(|(it, _)| it.is_called(name)).collect();
        if meant.is_empty() {
            let fault = PathFault::UnknownConstructor { name: name.to_string(), ty: self.types.text() };
            return Err(PathError::new(fault, at).suggest(similar.found()));
        }
        if !self.takes(')') {
            return Err(self.expected("`)`"));
        }
        if self.rest().is_empty() {
            self.steps.push(Step::Only(meant.iter().map(|(it, _)| it.position()).collect()));
            return Ok(());
        }
        if self.takes('.') { self.field(meant, true) } else { Err(self.expected("`.` or the end")) }
    }

    /// A field of one of some constructors, which are named or not.
    fn field(&mut self, constructors: Vec<Constructor<'t>>, is_only_for_them: bool) -> Parsed {
        let at = self.offset;
        let name = self.word(is_of_name);
        if name.is_empty() {
            return Err(self.expected(if is_only_for_them { "a field" } else { "a field, `[` or `(`" }));
        }
        let mut types = Types::new(self.types.table());
        types.are_unknown = self.types.are_unknown;
        let mut names = Vec::new();
        for (combinator, scope) in &constructors {
            let named = fields(combinator).find(|it| combinator.has_field_name(*it, name));
            if let Some(record) = named {
                if !names.contains(&record.name()) {
                    names.push(record.name());
                }
                types.add(record, *scope, self.arguments);
            }
        }
        let is_builtin = |it: &Constructor<'_>| it.0.kind() == Kind::Builtin;
        let is_of_builtin =
            name == BUILTIN_FIELD && (self.types.have_declared() || constructors.iter().any(is_builtin));
        if names.is_empty() && !is_of_builtin {
            return Err(self.unknown_field(name, at, &constructors, is_only_for_them));
        }
        if is_of_builtin {
            types.are_unknown = true;
        }
        let only = is_only_for_them.then(|| constructors.iter().map(|(it, _)| it.position()).collect());
        self.steps.push(Step::Field(FieldStep { only, names, is_of_builtin }));
        self.types = types;
        Ok(())
    }

    fn unknown_field(
        &self,
        name: &str,
        at: usize,
        constructors: &[Constructor<'t>],
        is_only_for_them: bool,
    ) -> PathError {
        let mut similar = Similar::to(name);
        let mut has_fields = false;
        for (combinator, _) in constructors {
            for field in combinator.fields() {
                has_fields = true;
                similar.consider(field.name());
            }
        }
        let ty = match constructors.first() {
            Some((combinator, _)) if is_only_for_them => String::from(combinator.name().unwrap_or("?")),
            _ => self.types.text(),
        };
        let name = name.to_string();
        if has_fields {
            return PathError::new(PathFault::UnknownField { name, ty }, at).suggest(similar.found());
        }
        let suggestion = self.types.have_elements().then(|| String::from("[*].") + &name);
        PathError::new(PathFault::NoFields { name, ty }, at).suggest(suggestion)
    }

    /// The number of an element or `*`, after the bracket.
    fn element(&mut self) -> Parsed {
        if !self.types.have_elements() {
            let fault = PathFault::NotAVector { ty: self.types.text() };
            return Err(PathError::new(fault, self.offset - 1));
        }
        let step =
            if self.takes('*') {
                Step::AllElements
            } else {
                let at = self.offset;
                let digits = self.word(|it| it == '-' || it.is_ascii_digit());
                let number = digits.parse().ok();
                Step::Element(number.ok_or_else(|| {
                    PathError::new(PathFault::Syntax { expected: "the number of an element or `*`" }, at)
                })?)
            };
        if !self.takes(']') {
            return Err(self.expected("`]`"));
        }
        self.steps.push(step);
        self.types = self.types.elements(self.arguments);
        Ok(())
    }
}

fn is_of_name(character: char) -> bool {
    character == '_' || character.is_ascii_alphanumeric()
}
