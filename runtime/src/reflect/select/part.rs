//! The parts that a path selects.

use super::super::record::Type;
use super::super::visitor::Scalar;

/// A part of a value that a [`Path`](super::Path) selects.
#[derive(Clone, Debug)]
pub struct Part<'t, 'b> {
    pub(super) ty: Type<'t>,
    pub(super) offset: usize,
    pub(super) bytes: &'b [u8],
    pub(super) scalar: Option<Scalar<'b>>,
}

impl<'t, 'b> Part<'t, 'b> {
    /// Where the part begins, in bytes from the start of the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes of the part, as a field of its type has them: with an id if it is boxed. A `true` has none.
    #[must_use]
    pub fn bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// The type, with which a table reads the bytes. One with parameters in it means something only within its value; then
    /// [`Selection::next_with`](super::Selection::next_with) reads the part.
    #[must_use]
    pub fn ty(&self) -> Type<'t> {
        self.ty
    }

    /// The value, if it has no parts: nothing for objects and vectors.
    #[must_use]
    pub fn scalar(&self) -> Option<&Scalar<'b>> {
        self.scalar.as_ref()
    }

    /// The value of a `#`, `int` or `long`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self.scalar {
            Some(Scalar::Nat(value)) => Some(value.into()),
            Some(Scalar::Int(value)) => Some(value.into()),
            Some(Scalar::Long(value)) => Some(value),
            _ => None,
        }
    }

    /// The value of a `float` or `double`.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self.scalar {
            Some(Scalar::Float(value)) => Some(value.into()),
            Some(Scalar::Double(value)) => Some(value),
            _ => None,
        }
    }

    /// The value of a `Bool`, or of a `true` that is set.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.scalar {
            Some(Scalar::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// The value of a `string`.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.scalar {
            Some(Scalar::String(value)) => Some(value),
            _ => None,
        }
    }

    /// The content of a `bytes`, `int128`, `int256` or `int512`.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&'b [u8]> {
        match self.scalar {
            Some(Scalar::Bytes(value)) => Some(value),
            _ => None,
        }
    }
}
