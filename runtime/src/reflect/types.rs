//! Types as a table has them.

use super::builtin::Builtin;
use super::codes;
use super::cursor::Cursor;

/// A type of a [`Table`](super::Table): what a field, an element or a result holds, with boxed and bare settled.
///
/// [`Table::type_named`](super::Table::type_named), [`Combinator::result`](super::Combinator::result) and
/// [`Field::ty`](super::Field::ty) give one; those that need no table are constants.
#[derive(Clone, Copy, Debug)]
pub struct Type<'t>(Source<'t>);

/// Where a type comes from.
#[derive(Clone, Copy, Debug)]
enum Source<'t> {
    /// Bytes of a table that begin with the type; what follows is not part of it.
    Table(&'t [u8]),
    Object,
    /// A type without arguments, by position.
    Boxed(u32),
    /// A constructor without arguments, by position.
    Bare(u32),
    /// A constructor or function without arguments and with its id, by position.
    Identified(u32),
    Any,
}

/// A type, one level deep.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node<'t> {
    Builtin(Builtin),
    BoxedBuiltin(Builtin, u32),
    Vector {
        boxed: bool,
        element: Type<'t>,
    },
    Tuple {
        id: Option<u32>,
        count: Nat,
        element: Type<'t>,
    },
    /// A type, by position.
    Boxed(u32, Arguments<'t>),
    /// A constructor, by position.
    Bare(u32, Arguments<'t>),
    /// The id of a constructor or function, by position, and its fields; no field has this type.
    Identified(u32),
    Parameter(u32),
    Call,
    Output,
    /// A value of any type; no field has this type.
    Object,
    /// A value of any type or a call of any function.
    Any,
}

/// A natural number that a type depends on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nat {
    Constant(u32),
    Variable(Variable, u32),
}

/// A variable that holds a natural number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// A field of the combinator, by position.
    Field(u32),
    /// A parameter of the combinator, by position.
    Parameter(u32),
}

/// An argument of a type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Argument<'t> {
    Type(Type<'t>),
    Nat(Nat),
}

/// The arguments of a type, one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arguments<'t> {
    pub(super) count: u32,
    bytes: &'t [u8],
}

impl<'t> Type<'t> {
    /// A boxed value of any type, or a call of any function: what can be told by its id alone. Fields of the TL type `Object`
    /// have this type, since the messages of MTProto that wrap others wrap calls as well.
    pub const ANY: Self = Self(Source::Any);
    /// A boxed value of any type, but no call.
    pub const OBJECT: Self = Self(Source::Object);
    /// A call of any function.
    pub const FUNCTION: Self = Self(Source::Table(&[codes::FUNCTION]));

    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self(Source::Table(bytes))
    }

    pub(super) fn boxed(position: u32) -> Self {
        Self(Source::Boxed(position))
    }

    pub(super) fn bare(position: u32) -> Self {
        Self(Source::Bare(position))
    }

    pub(super) fn identified(position: u32) -> Self {
        Self(Source::Identified(position))
    }

    /// Returns whether this is the call `!X` whose result a function returns.
    pub(super) fn is_wrapped_call(self) -> bool {
        matches!(self.0, Source::Table([codes::CALL, ..]))
    }

    /// The outermost level; nothing if the table is damaged.
    pub(super) fn node(self) -> Option<Node<'t>> {
        match self.0 {
            Source::Table(bytes) => node(Cursor::new(bytes)),
            Source::Boxed(position) => Some(Node::Boxed(position, Arguments::NONE)),
            Source::Bare(position) => Some(Node::Bare(position, Arguments::NONE)),
            Source::Identified(position) => Some(Node::Identified(position)),
            Source::Object => Some(Node::Object),
            Source::Any => Some(Node::Any),
        }
    }

    /// The bytes after the type. A type within `depth` others at most; nothing if the table is damaged.
    pub(super) fn skip(self, depth: u32) -> Option<&'t [u8]> {
        let inner = depth.checked_sub(1)?;
        match self.node()? {
            Node::Vector { element, .. } | Node::Tuple { element, .. } => element.skip(inner),
            Node::Boxed(_, arguments) | Node::Bare(_, arguments) => arguments.skip(inner),
            _ => {
                let Source::Table(bytes) = self.0 else { return None };
                let mut cursor = Cursor::new(bytes);
                match cursor.byte()? {
                    codes::BOXED_BUILTIN => {
                        cursor.byte()?;
                        cursor.word()?;
                    }
                    codes::PARAMETER | codes::CALL | codes::OUTPUT => {
                        cursor.number()?;
                    }
                    _ => {}
                }
                Some(cursor.rest())
            }
        }
    }
}

fn node(mut cursor: Cursor<'_>) -> Option<Node<'_>> {
    Some(match cursor.byte()? {
        codes::BOXED_BUILTIN => Node::BoxedBuiltin(Builtin::of_code(cursor.byte()?)?, cursor.word()?),
        code @ (codes::BARE_VECTOR | codes::BOXED_VECTOR) => {
            Node::Vector { boxed: code == codes::BOXED_VECTOR, element: Type::new(cursor.rest()) }
        }
        code @ (codes::TUPLE | codes::BOXED_TUPLE) => {
            let id = if code == codes::BOXED_TUPLE { Some(cursor.word()?) } else { None };
            let count = nat(&mut cursor)?;
            Node::Tuple { id, count, element: Type::new(cursor.rest()) }
        }
        codes::BOXED => Node::Boxed(cursor.number()?, arguments(&mut cursor)?),
        codes::BARE => Node::Bare(cursor.number()?, arguments(&mut cursor)?),
        codes::PARAMETER => Node::Parameter(cursor.number()?),
        codes::CALL | codes::FUNCTION => Node::Call,
        codes::OUTPUT => Node::Output,
        codes::OBJECT => Node::Any,
        code => Node::Builtin(Builtin::of_code(code)?),
    })
}

/// How deep the types of a table may be, one inside of another.
pub(super) const MAX_TYPE_DEPTH: u32 = 64;

impl<'t> Arguments<'t> {
    pub(super) const NONE: Self = Self { count: 0, bytes: &[] };

    /// The arguments in order; fewer than [`count`](Self::count) if the table is damaged.
    pub(super) fn iter(self) -> impl Iterator<Item = Argument<'t>> {
        let mut bytes = self.bytes;
        (0..self.count).map_while(move |_| {
            let (argument, rest) = argument(bytes, MAX_TYPE_DEPTH)?;
            bytes = rest;
            Some(argument)
        })
    }

    fn skip(self, depth: u32) -> Option<&'t [u8]> {
        let mut bytes = self.bytes;
        for _ in 0..self.count {
            bytes = argument(bytes, depth)?.1;
        }
        Some(bytes)
    }
}

/// An argument and the bytes after it.
fn argument(bytes: &[u8], depth: u32) -> Option<(Argument<'_>, &[u8])> {
    let mut cursor = Cursor::new(bytes);
    match cursor.byte()? {
        codes::ARGUMENT_TYPE => {
            let ty = Type::new(cursor.rest());
            Some((Argument::Type(ty), ty.skip(depth)?))
        }
        codes::ARGUMENT_NAT => {
            let nat = nat(&mut cursor)?;
            Some((Argument::Nat(nat), cursor.rest()))
        }
        _ => None,
    }
}

fn arguments<'t>(cursor: &mut Cursor<'t>) -> Option<Arguments<'t>> {
    let count = cursor.number()?;
    Some(Arguments { count, bytes: cursor.rest() })
}

fn nat(cursor: &mut Cursor<'_>) -> Option<Nat> {
    Some(match cursor.byte()? {
        codes::NAT_CONSTANT => Nat::Constant(cursor.number()?),
        codes::NAT_FIELD => Nat::Variable(Variable::Field(cursor.number()?), cursor.number()?),
        codes::NAT_PARAMETER => Nat::Variable(Variable::Parameter(cursor.number()?), cursor.number()?),
        _ => return None,
    })
}
