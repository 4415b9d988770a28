//! Where the parts of a message go.

use typelang::ReadOptions;

use super::place::Place;
use crate::schemas::TypeIn;

/// Takes the parts of a message from front to back.
pub(super) trait Sink {
    /// The beginning of a message of the envelope; its fields follow, and then [`end`](Self::end).
    fn begin(&mut self, place: Place, name: &str, id: u32);
    /// The beginning of a vector of so many messages, and then [`end`](Self::end).
    fn begin_vector(&mut self, place: Place, count: usize);
    /// The end of the message or vector that began last.
    fn end(&mut self);
    /// The name of the field whose value follows.
    fn field(&mut self, name: &'static str);
    /// An `int`.
    fn int(&mut self, place: Place, value: i32);
    /// A `long`.
    fn long(&mut self, place: Place, value: i64);
    /// An object that a schema can read.
    fn value(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions);
    /// An object that could not be read as a whole.
    fn broken(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions);
    /// Bytes that no schema can read.
    fn raw(&mut self, place: Place, bytes: &[u8]);
    /// The text of all that was taken.
    fn text(self: Box<Self>) -> String;
}
