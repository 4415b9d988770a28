//! What a walk through bytes meets.

use alloc::borrow::Cow;

use super::combinator::Combinator;
use super::error::DecodeFault;

/// Somebody to whom a walk through bytes tells what it meets, from front to back.
///
/// [`Value`](super::Value) and the texts of [`Table::json`](super::Table::json) and [`Table::dump`](super::Table::dump) come
/// from visitors. Closures are visitors, too.
pub trait Visitor<'t> {
    /// Takes one event. `offset` is where its piece begins, in bytes from the start of the input.
    ///
    /// # Errors
    ///
    /// What stops the walk, such as a limit of the visitor's own.
    fn visit(&mut self, offset: usize, event: Event<'t, '_>) -> Result<(), DecodeFault>;
}

/// What a walk meets.
#[derive(Clone, Debug)]
pub enum Event<'t, 'b> {
    /// The beginning of a constructor or a call; its fields follow, and then [`End`](Self::End).
    Object(Combinator<'t>),
    /// The beginning of a vector or tuple of so many elements; they follow, and then [`End`](Self::End).
    Vector(usize),
    /// The end of the last object or vector that began.
    End,
    /// The name of the field whose value follows.
    Field(&'t str),
    /// A field whose number says which other fields are there. It is no part of the value.
    Flags(&'t str, u32),
    /// A value without parts.
    Scalar(Scalar<'b>),
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'b> {
    /// A `#`.
    Nat(u32),
    /// An `int`.
    Int(i32),
    /// A `long`.
    Long(i64),
    /// A `float`.
    Float(f32),
    /// A `double`.
    Double(f64),
    /// A `Bool`, or a `true` that is there.
    Bool(bool),
    /// A `string`.
    String(Cow<'b, str>),
    /// A `bytes`, `int128`, `int256` or `int512`, in the order of the wire.
    Bytes(&'b [u8]),
}

impl<'t, F: FnMut(usize, Event<'t, '_>) -> Result<(), DecodeFault>> Visitor<'t> for F {
    fn visit(&mut self, offset: usize, event: Event<'t, '_>) -> Result<(), DecodeFault> {
        self(offset, event)
    }
}
