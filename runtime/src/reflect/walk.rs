//! The walk through bytes, which runs the operations of a table.
//!
//! [`operations`](super::operations) begin values and find their fields. Who walks goes by them: [`tell`](super::tell) tells a
//! visitor what there is, [`skip`](super::skip) tells nobody, and serde has a way of its own.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::codes;
use super::combinator::Combinator;
use super::error::{DecodeError, DecodeFault};
use super::path::{Path, Step};
use super::record::{self, Record};
use super::scope::Scopes;
use super::table::Table;
use super::value::Object;
use crate::{DecodeErrorKind, EnclosingType, ReadOptions, Reader};

/// Objects, vectors and tuples that a walk may meet for each byte of the input, and [`VALUES_FREE`] more. Nothing that schemas
/// are made for comes near; it ends a walk through values that take no bytes and contain several of their kind, level after
/// level.
const VALUES_PER_BYTE: usize = 64;
const VALUES_FREE: usize = 1 << 18;

/// The name of the only field of a built-in type that is a value of any type.
pub(super) const BUILTIN_FIELD: &str = "value";

/// How many objects and vectors may be inside of one another, recursive or not. It bounds memory whatever a table says.
pub(crate) const fn levels(max_depth: u32) -> u32 {
    max_depth.saturating_mul(4).saturating_add(64)
}

/// What went wrong, without the way to it, which the walk still knows.
pub(super) struct Failure<'t> {
    pub(super) fault: DecodeFault,
    pub(super) offset: usize,
    /// The last steps of the way, from the inside to the outside.
    pub(super) steps: Vec<Step<'t>>,
}

impl Failure<'_> {
    pub(super) fn new(fault: DecodeFault, offset: usize) -> Self {
        Self { fault, offset, steps: Vec::new() }
    }
}

impl From<crate::DecodeError> for Failure<'_> {
    fn from(error: crate::DecodeError) -> Self {
        Self::new(DecodeFault::Bytes(*error.kind()), error.offset())
    }
}

pub(super) type Done<'t, T = ()> = Result<T, Box<Failure<'t>>>;

/// A walk that is under way.
pub(super) struct Walk<'c, 't, 'b> {
    pub(super) table: Table<'t>,
    pub(super) reader: Reader<'b>,
    pub(super) scopes: Scopes<'c, 't>,
    /// The outermost constructor or function.
    pub(super) root: Option<Combinator<'t>>,
    /// How many objects and vectors may still be begun inside of one another.
    pub(super) levels_left: u32,
    all_levels: u32,
    pub(super) values_left: usize,
    pub(super) enclosing: EnclosingType,
}

/// An object that has begun.
pub(super) struct OpenObject<'t> {
    /// The position of the combinator.
    pub(super) position: u32,
    /// The records that are left.
    pub(super) rest: core::slice::Iter<'t, record::Bytes>,
    pub(super) scope: u32,
    pub(super) levels: u32,
    pub(super) numbers: Numbers,
}

/// A vector or tuple that has begun.
pub(super) struct OpenElements {
    pub(super) element: Record,
    pub(super) count: usize,
    pub(super) scope: u32,
}

/// The numbers among the fields of a value without a scope of its own.
pub(super) type Numbers = [u32; codes::FEW_SLOTS];

impl<'c, 't, 'b> Walk<'c, 't, 'b> {
    pub(super) fn new(table: &Table<'t>, bytes: &'b [u8], options: ReadOptions) -> Self {
        let options = options.long_strings(options.long_strings || table.has_long_strings());
        let mut reader = Reader::with_options(bytes, options);
        let enclosing = reader.enter("");
        Self {
            table: *table,
            reader,
            scopes: Scopes::new(),
            root: None,
            levels_left: levels(options.max_depth),
            all_levels: levels(options.max_depth),
            values_left: VALUES_PER_BYTE.saturating_mul(bytes.len()).saturating_add(VALUES_FREE),
            enclosing,
        }
    }

    /// The type of the result of a call, and its scope.
    pub(super) fn output_of(&mut self, call: &'c Object<'t>) -> Option<(Record, u32)> {
        let function = self.table.function_named(call.name)?;
        let scope = self.scopes.enter_call(call, function.slots());
        for (slot, value) in super::output::numbers(&function, call) {
            self.scopes.set(scope, slot, value);
        }
        Some((function.result().record, scope))
    }

    /// Ends the walk with what became of the value: bytes that are left are an error to strict options.
    pub(super) fn finish(mut self, done: Done<'t>) -> Result<usize, DecodeError> {
        if let Err(failure) = done {
            return Err(self.error(*failure));
        }
        match self.reader.finish() {
            Ok(()) => Ok(self.reader.position()),
            Err(error) => Err(self.error(error.into())),
        }
    }

    #[cold]
    pub(super) fn error(&self, failure: Failure<'t>) -> DecodeError {
        let mut path = Path::default();
        if let Some(root) = &self.root {
            path.begin(root.name().unwrap_or_default());
        }
        failure.steps.into_iter().rev().for_each(|step| path.push(step));
        DecodeError::new(failure.fault, failure.offset, String::from(&path))
    }

    #[cold]
    pub(super) fn fail<T>(&self, fault: DecodeFault) -> Done<'t, T> {
        Err(Box::new(Failure::new(fault, self.reader.position())))
    }

    /// What the table must have.
    #[inline]
    pub(super) fn sure<T>(&self, found: Option<T>) -> Done<'t, T> {
        match found {
            Some(found) => Ok(found),
            None => self.fail(DecodeFault::DamagedTable),
        }
    }

    /// What must be known of the type.
    #[inline]
    pub(super) fn known<T>(&self, found: Option<T>) -> Done<'t, T> {
        match found {
            Some(found) => Ok(found),
            None => self.fail(DecodeFault::IncompleteType),
        }
    }

    /// The fault that the reader remembers.
    #[cold]
    pub(super) fn refuse<T>(&mut self) -> Done<'t, T> {
        match self.reader.take_error() {
            Err(error) => Err(Box::new(error.into())),
            Ok(()) => self.fail(DecodeFault::DamagedTable),
        }
    }

    /// What the reader gave, unless it failed.
    #[inline]
    pub(super) fn checked<T>(&mut self, value: T) -> Done<'t, T> {
        if self.reader.has_failed() { self.refuse() } else { Ok(value) }
    }

    #[inline]
    pub(super) fn word(&mut self) -> Done<'t, u32> {
        let word = self.reader.read_u32();
        self.checked(word)
    }

    /// Returns whether nothing has begun.
    #[inline]
    pub(super) fn is_outermost(&self) -> bool {
        self.levels_left == self.all_levels
    }

    /// Counts an object, vector or tuple that begins.
    #[inline]
    pub(super) fn enter(&mut self) -> Done<'t> {
        let Some(levels_left) = self.levels_left.checked_sub(1) else {
            let limit = self.reader.options().max_depth;
            return self.fail(DecodeFault::Bytes(DecodeErrorKind::DepthLimit { limit }));
        };
        let Some(values_left) = self.values_left.checked_sub(1) else {
            return self.fail(DecodeFault::TooManyValues);
        };
        self.levels_left = levels_left;
        self.values_left = values_left;
        Ok(())
    }

    /// Ends what [`enter`](Self::enter) began.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.levels_left += 1;
    }
}
