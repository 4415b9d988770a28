//! Rules as the bytes of a history.
//!
//! A program begins with how many fields of the new value it gives, a byte, and then each: the offset of the name among the
//! texts of the table, four bytes, and an expression. After that comes how many fields of the old value it settles, a byte, and the
//! offsets of their names. An expression is a byte that tells its kind, and:
//!
//! | byte | expression | operands |
//! |---|---|---|
//! | 0 | `field` | offset of the name |
//! | 1 | `it`, the element that `each` is at | |
//! | 2 | `a.b` | `a`; offset of the name `b` |
//! | 3 | `constructor{f: e, …}` | position of the constructor; how many fields, a byte; for each the offset of its name and an expression |
//! | 4 | `[e, x…]` | how many, a byte; for each a byte, 1 for all elements of a vector, and an expression |
//! | 5 | `each(x, e)` | the vector, the expression for an element |
//! | 6 | `or(a, b, …)` | how many, a byte; expressions |
//! | 7 | `ifset(x, e)` | two expressions |
//! | 8 | `flag(x)` | an expression |
//! | 9 | `bool(x)` | an expression |
//! | 10 | `case(x, key: e, …)` | an expression; how many, a byte; for each a key and an expression. A key is a byte: 0 and the id of a constructor, 1 and a text, 2 for all else, 3 and a number of eight bytes |
//! | 11 | a number | eight bytes |
//! | 12 | a text | its length, two bytes, and UTF-8 |
//! | 13 | `true`, `false` | a byte |
//! | 14 | `decimal(x)` | an expression |
//! | 15 | `nonempty(x)` | an expression |
//! | 16 | `none` | |
//! | 17, 18 | `before(x, "…")`, `after(x, "…")` | an expression; a text as above |
//! | 19 | `first(x)`, the first element of a vector | an expression |
//! | 20 | `neutral`: 0, empty or false | |

/// An expression.
#[derive(Clone, Copy)]
pub(super) enum Expression<'t> {
    Field(u32),
    It,
    Get(Code<'t>, u32),
    Constructor(u32, Fields<'t>),
    List(u8, Code<'t>),
    Each(Code<'t>, Code<'t>),
    Or(u8, Code<'t>),
    IfSet(Code<'t>, Code<'t>),
    Flag(Code<'t>),
    Bool(Code<'t>),
    Case(Code<'t>, u8, Code<'t>),
    Number(i64),
    Text(&'t str),
    Truth(bool),
    Decimal(Code<'t>),
    NonEmpty(Code<'t>),
    None,
    Before(Code<'t>, &'t str),
    After(Code<'t>, &'t str),
    First(Code<'t>),
    Neutral,
}

/// Expressions that are still to be read.
#[derive(Clone, Copy)]
pub(super) struct Code<'t> {
    bytes: &'t [u8],
    /// How deep expressions may be inside of one another.
    depth: u8,
}

/// Fields with an expression each.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t> {
    count: u8,
    code: Code<'t>,
}

/// A rule that can be run.
#[derive(Clone, Copy)]
pub(super) struct Program<'t> {
    pub(super) fields: Fields<'t>,
    settled: &'t [[u8; 4]],
}

/// One case of several.
pub(super) enum Key<'t> {
    Id(u32),
    Text(&'t str),
    Number(i64),
    Else,
}

/// How deep expressions may be inside of one another.
const MAX_DEPTH: u8 = 16;

impl<'t> Program<'t> {
    /// The program at the start of bytes; nothing if they are damaged.
    pub(super) fn read(bytes: &'t [u8]) -> Option<Self> {
        let mut code = Code { bytes, depth: MAX_DEPTH };
        let count = code.byte()?;
        let fields = Fields { count, code };
        for _ in 0..count {
            code.word()?;
            code.next()?;
        }
        let settled = code.byte()?;
        let (settled, _) = code.bytes.get(..usize::from(settled) * 4)?.as_chunks();
        Some(Self { fields, settled })
    }

    /// Returns whether the rule uses or settles a field of the old value.
    pub(super) fn settles(&self, name: u32) -> bool {
        self.settled.iter().any(|it| u32::from_le_bytes(*it) == name)
    }
}

impl<'t> Fields<'t> {
    pub(super) const NONE: Self = Self { count: 0, code: Code { bytes: &[], depth: 0 } };

    /// The expression for a field.
    pub(super) fn find(self, name: u32) -> Option<Code<'t>> {
        let mut code = self.code;
        for _ in 0..self.count {
            let found = code.word()?;
            let expression = code.next()?;
            if found == name {
                return Some(expression);
            }
        }
        None
    }
}

impl<'t> Code<'t> {
    /// The expression at the start.
    pub(super) fn read(mut self) -> Option<Expression<'t>> {
        self.begin()
    }

    /// The expression at the start as an operand of another one; leaves the code after it.
    pub(super) fn next(&mut self) -> Option<Self> {
        let operand = Self { depth: self.depth.checked_sub(1)?, ..*self };
        let mut behind = operand;
        let expression = behind.begin()?;
        behind.pass_list(&expression)?;
        self.bytes = behind.bytes;
        Some(operand)
    }

    /// Goes past the list that an expression has at its end.
    fn pass_list(&mut self, expression: &Expression<'t>) -> Option<()> {
        match *expression {
            Expression::Constructor(_, Fields { count, .. }) => {
                for _ in 0..count {
                    self.word()?;
                    self.next()?;
                }
            }
            Expression::List(count, _) => {
                for _ in 0..count {
                    self.byte()?;
                    self.next()?;
                }
            }
            Expression::Or(count, _) => {
                for _ in 0..count {
                    self.next()?;
                }
            }
            Expression::Case(_, count, _) => {
                for _ in 0..count {
                    self.key()?;
                    self.next()?;
                }
            }
            _ => {}
        }
        Some(())
    }

    /// Reads the kind of an expression and its operands, but for lists.
    fn begin(&mut self) -> Option<Expression<'t>> {
        Some(match self.byte()? {
            0 => Expression::Field(self.word()?),
            1 => Expression::It,
            2 => {
                let object = self.next()?;
                Expression::Get(object, self.word()?)
            }
            3 => {
                let position = self.word()?;
                let count = self.byte()?;
                Expression::Constructor(position, Fields { count, code: *self })
            }
            4 => Expression::List(self.byte()?, *self),
            5 => Expression::Each(self.next()?, self.next()?),
            6 => Expression::Or(self.byte()?, *self),
            7 => Expression::IfSet(self.next()?, self.next()?),
            8 => Expression::Flag(self.next()?),
            9 => Expression::Bool(self.next()?),
            10 => {
                let of = self.next()?;
                Expression::Case(of, self.byte()?, *self)
            }
            11 => Expression::Number(i64::from_le_bytes(self.array()?)),
            12 => Expression::Text(self.text()?),
            13 => Expression::Truth(self.byte()? != 0),
            14 => Expression::Decimal(self.next()?),
            15 => Expression::NonEmpty(self.next()?),
            16 => Expression::None,
            17 => Expression::Before(self.next()?, self.text()?),
            18 => Expression::After(self.next()?, self.text()?),
            19 => Expression::First(self.next()?),
            20 => Expression::Neutral,
            _ => return None,
        })
    }

    /// A key of a case.
    pub(super) fn key(&mut self) -> Option<Key<'t>> {
        Some(match self.byte()? {
            0 => Key::Id(self.word()?),
            1 => Key::Text(self.text()?),
            3 => Key::Number(i64::from_le_bytes(self.array()?)),
            _ => Key::Else,
        })
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*array)
    }

    fn word(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'t str> {
        let length = u16::from_le_bytes(self.array()?);
        let (text, rest) = self.bytes.split_at_checked(length.into())?;
        self.bytes = rest;
        core::str::from_utf8(text).ok()
    }
}
