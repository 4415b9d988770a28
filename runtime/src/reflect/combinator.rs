//! Constructors and functions as a table has them.

use super::codes;
use super::cursor::Cursor;
use super::table::Table;
use super::types::{MAX_TYPE_DEPTH, Type, Variable};

/// A constructor or a function of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Combinator<'t> {
    table: Table<'t>,
    position: u32,
    id: u32,
    name: u32,
    /// Kind and bits.
    first: u8,
    least_length: u32,
    outcome: Outcome<'t>,
    field_count: u32,
    fields: Cursor<'t>,
}

/// What stands to the right of `=`.
#[derive(Clone, Copy, Debug)]
enum Outcome<'t> {
    /// The type that is constructed, by position.
    Constructed(u32),
    /// What a function returns.
    Returned(Type<'t>),
}

/// How a combinator came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A constructor with a name and an id.
    Named,
    /// A default constructor: a value that begins with no other constructor's id.
    Default,
    /// A group of repeated fields.
    Group,
    Function,
    /// A declaration of a type that the runtime knows.
    Builtin,
    /// A constructor with a name and an id whose values only code of their own can read.
    Opaque,
}

/// A field of a constructor or a function.
#[derive(Clone, Copy, Debug)]
pub struct Field<'t> {
    pub(super) name: &'t str,
    pub(super) ty: Type<'t>,
    pub(super) condition: Option<Condition>,
    pub(super) role: Role,
}

/// What decides whether a field is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) variable: Variable,
    /// The bit; without one the number must not be 0.
    pub(super) bit: Option<u8>,
}

/// What the number in a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The field is no `#`.
    None,
    /// A number like any other.
    Number,
    /// Computed from the fields that it decides on.
    Flags,
    /// A number some of whose bits are computed.
    Mixed,
}

impl<'t> Combinator<'t> {
    /// Reads what stands before the fields.
    pub(super) fn read(table: Table<'t>, position: u32, id: u32, mut cursor: Cursor<'t>) -> Option<Self> {
        let first = cursor.byte()?;
        let kind = kind(first)?;
        let name = cursor.number()?;
        let outcome = Outcome::Constructed(u32::MAX);
        let combinator =
            Self { table, position, id, name, first, least_length: 0, outcome, field_count: 0, fields: cursor };
        if kind == Kind::Builtin {
            return Some(combinator);
        }
        let least_length = cursor.number()?;
        cursor.parameters()?;
        let outcome = if kind == Kind::Function {
            let result = Type::new(cursor.rest());
            cursor = Cursor::new(result.skip(MAX_TYPE_DEPTH)?);
            Outcome::Returned(result)
        } else {
            Outcome::Constructed(cursor.number()?)
        };
        let field_count = cursor.number()?;
        Some(Self { least_length, outcome, field_count, fields: cursor, ..combinator })
    }

    /// The id; 0 for default constructors and groups of repeated fields, which have none.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The name in the schema, namespace included: `messages.sendMessage`. Nothing if the table is damaged.
    #[must_use]
    pub fn name(&self) -> Option<&'t str> {
        self.table.text(self.name)
    }

    /// Returns whether this is a function rather than a constructor.
    #[must_use]
    pub fn is_function(&self) -> bool {
        self.kind() == Kind::Function
    }

    /// What a function returns, or the type that a constructor constructs.
    #[must_use]
    pub fn result(&self) -> Type<'t> {
        match self.outcome {
            Outcome::Constructed(position) => Type::boxed(position),
            Outcome::Returned(ty) => ty,
        }
    }

    /// The type of a value of the constructor without its id.
    #[must_use]
    pub fn bare(&self) -> Type<'t> {
        Type::bare(self.position)
    }

    /// The type of a value of the constructor, or of a call of the function, with its id: as a boxed value, but no other
    /// constructor of the type is allowed.
    #[must_use]
    pub fn boxed(&self) -> Type<'t> {
        Type::identified(self.position)
    }

    /// The fields in the order of the wire, numbers that are computed included.
    pub fn fields(&self) -> impl Iterator<Item = Field<'t>> + use<'t> {
        let table = self.table;
        let mut cursor = self.fields;
        (0..self.field_count).map_while(move |_| field(table, &mut cursor))
    }

    /// The position among the combinators of the table.
    pub(super) fn position(&self) -> u32 {
        self.position
    }

    /// Returns whether every field can be read.
    pub(super) fn is_whole(&self) -> bool {
        self.fields().count() as u64 == u64::from(self.field_count)
    }

    pub(super) fn kind(&self) -> Kind {
        kind(self.first).unwrap_or(Kind::Builtin)
    }

    /// Returns whether depth is counted, since a value can contain others of its kind.
    pub(super) fn counts_depth(&self) -> bool {
        self.first & codes::COUNTS_DEPTH != 0
    }

    /// Returns whether a boxed value is known by its id alone: it has one, and no parameters that make a difference.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.first & codes::STANDS_ALONE != 0
    }

    /// Returns whether the boxed form has an id.
    pub(super) fn has_id(&self) -> bool {
        matches!(self.kind(), Kind::Named | Kind::Function | Kind::Opaque)
    }

    /// Least number of bytes of all fields.
    pub(super) fn least_length(&self) -> usize {
        usize::try_from(self.least_length).unwrap_or(usize::MAX)
    }

    /// The name of the type that the constructor constructs.
    pub(super) fn type_name(&self) -> Option<&'t str> {
        match self.outcome {
            Outcome::Constructed(position) => Some(self.table.type_at(position)?.name),
            Outcome::Returned(_) => None,
        }
    }

    /// The bits of a `#` field, by its position, that conditions test.
    pub(super) fn tested_bits(&self, position: u32) -> u32 {
        let conditions = self.fields().filter_map(|field| field.condition);
        let tested = conditions.filter(|it| it.variable == Variable::Field(position));
        tested.filter_map(|it| it.bit).fold(0, |bits, bit| bits | mask(bit))
    }
}

impl<'t> Field<'t> {
    /// The name in the schema.
    #[must_use]
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// What the field holds. With parameters in it, it means something only within a value.
    #[must_use]
    pub fn ty(&self) -> Type<'t> {
        self.ty
    }

    /// Returns whether the field can be absent.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.condition.is_some()
    }
}

/// The number in which only one bit is set.
pub(super) fn mask(bit: u8) -> u32 {
    1_u32.checked_shl(bit.into()).unwrap_or_default()
}

fn kind(first: u8) -> Option<Kind> {
    Some(match first & 0b111 {
        codes::KIND_NAMED => Kind::Named,
        codes::KIND_DEFAULT => Kind::Default,
        codes::KIND_GROUP => Kind::Group,
        codes::KIND_FUNCTION => Kind::Function,
        codes::KIND_BUILTIN => Kind::Builtin,
        codes::KIND_OPAQUE => Kind::Opaque,
        _ => return None,
    })
}

fn field<'t>(table: Table<'t>, cursor: &mut Cursor<'t>) -> Option<Field<'t>> {
    let first = cursor.byte()?;
    let role = match first >> codes::ROLE_SHIFT & 0b11 {
        codes::ROLE_NONE => Role::None,
        codes::ROLE_NUMBER => Role::Number,
        codes::ROLE_FLAGS => Role::Flags,
        codes::ROLE_MIXED => Role::Mixed,
        _ => return None,
    };
    let name = table.text(cursor.number()?)?;
    let condition = if first & codes::CONDITION != 0 { Some(condition(first, cursor)?) } else { None };
    let ty = Type::new(cursor.rest());
    *cursor = Cursor::new(ty.skip(MAX_TYPE_DEPTH)?);
    Some(Field { name, ty, condition, role })
}

fn condition(first: u8, cursor: &mut Cursor<'_>) -> Option<Condition> {
    let position = cursor.number()?;
    let on_parameter = first & codes::CONDITION_ON_PARAMETER != 0;
    let variable = if on_parameter { Variable::Parameter(position) } else { Variable::Field(position) };
    let bit = if first & codes::CONDITION_WITHOUT_BIT != 0 { None } else { Some(cursor.byte()?) };
    Some(Condition { variable, bit })
}
