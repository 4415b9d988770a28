//! What a walk through bytes is for: telling a visitor, and checking.

use super::error::DecodeError;
use super::record::Type;
use super::scope::OUTERMOST;
use super::table::Table;
use super::visitor::Visitor;
use super::walk::Walk;
use crate::ReadOptions;

impl<'t> Table<'t> {
    /// Walks through bytes as a value of a type and tells a visitor what it meets. Returns how many bytes the value took;
    /// bytes after it are an error only to strict options.
    ///
    /// The options hold as for generated code: depth is counted in the same levels, the number of elements is bounded by what
    /// the input can hold. In addition four times as many objects and vectors may be inside of one another as recursive ones,
    /// and 64 more.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a valid encoding of the type, if the options refuse them, or if the visitor does.
    pub fn walk(
        &self,
        ty: Type<'t>,
        bytes: &[u8],
        options: ReadOptions,
        visitor: &mut dyn Visitor<'t>,
    ) -> Result<usize, DecodeError> {
        self.tell(ty, bytes, options, visitor)
    }

    /// Walks through bytes as a value of a type and keeps nothing: returns an error that says why they cannot be decoded, if
    /// so. That is how an error of generated code, which knows only the place, gets its path.
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk).
    pub fn check(&self, ty: Type<'t>, bytes: &[u8], options: ReadOptions) -> Result<usize, DecodeError> {
        let mut walk = Walk::new(self, bytes, options);
        let done = walk.skip(ty.record, OUTERMOST);
        walk.finish(done)
    }

    /// The same as [`walk`](Self::walk) for a visitor whose kind is known.
    pub(super) fn tell<V: Visitor<'t> + ?Sized>(
        &self,
        ty: Type<'t>,
        bytes: &[u8],
        options: ReadOptions,
        visitor: &mut V,
    ) -> Result<usize, DecodeError> {
        let mut walk = Walk::new(self, bytes, options);
        let done = walk.tell(ty.record, OUTERMOST, visitor);
        walk.finish(done)
    }
}
