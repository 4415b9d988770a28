//! The resolved schema: plain data in arenas, addressed by typed ids.

use std::ops::Index;

use tl_parser::ast::Documentation;
use tl_parser::{SourceId, Span};

use crate::Name;

macro_rules! arena_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The position in the schema's list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    };
}

arena_id!(
    /// Names a type of one [`Schema`].
    TypeId
);
arena_id!(
    /// Names a constructor of one [`Schema`].
    ConstructorId
);
arena_id!(
    /// Names a function of one [`Schema`].
    FunctionId
);

/// A resolved and checked schema: every name that is used is defined, every condition has its flags field.
///
/// The lists are in the order of declaration, so that equal input gives equal output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The layer that the schema states, if any.
    pub layer: Option<u32>,
    /// Types that have constructors here, built-in types aside.
    pub types: Vec<Type>,
    /// Constructors of these types.
    pub constructors: Vec<Constructor>,
    /// Functions.
    pub functions: Vec<Function>,
    /// Constructors that declare built-in types (`int ? = Int`, `boolTrue = Bool`, `vector …`): they are part of every
    /// generator's runtime and take no part in resolving, but nothing is dropped in silence.
    pub builtins: Vec<BuiltinDeclaration>,
}

/// A type: the right-hand side of one or more constructors.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// The name.
    pub name: Name,
    /// The constructors in the order of declaration; none only if the type is [external](Self::external).
    pub constructors: Vec<ConstructorId>,
    /// Whether the type is defined elsewhere and only referred to: see [`Schema::make_external`].
    pub external: bool,
    /// Text of a `//@class` comment.
    pub documentation: Option<String>,
    /// Which ways values of the type travel.
    pub directions: Directions,
}

/// What constructors and functions have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Combinator {
    /// The name.
    pub name: Name,
    /// The 32-bit id, declared or computed.
    pub id: u32,
    /// The fields in wire order, flags fields included.
    pub fields: Vec<Field>,
    /// The declaration on one line in canonical spelling, with its id.
    pub text: String,
    /// Text of `//@` comments.
    pub documentation: Option<Documentation>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A place in a source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The source text.
    pub source: SourceId,
    /// The place in it.
    pub span: Span,
}

/// A constructor.
#[derive(Clone, Debug, PartialEq)]
pub struct Constructor {
    /// Name, id and fields.
    pub combinator: Combinator,
    /// The type that it constructs.
    pub result: TypeId,
    /// Whether the constructor is defined elsewhere and only referred to: see [`Schema::make_constructor_external`].
    pub external: bool,
    /// Which ways values of the constructor travel.
    pub directions: Directions,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Name, id and fields.
    pub combinator: Combinator,
    /// `X` of `{X:Type}`: the function wraps a call and has that call's result type.
    pub parameter: Option<String>,
    /// The type of the result.
    pub result: ValueType,
}

/// One field of a combinator.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name as in the schema.
    pub name: String,
    /// What it holds.
    pub ty: ValueType,
    /// The bit that decides whether the field is there.
    pub condition: Option<Condition>,
    /// Whether the field is a `#` that only says which other fields are there: its value is computed, never given.
    pub computed_flags: bool,
    /// Where it is declared.
    pub span: Span,
}

impl Field {
    /// Whether the field is a `flags.N?true`: a bit with no bytes of its own.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        self.condition.is_some() && self.ty == ValueType::Builtin(Builtin::True)
    }
}

/// A bit of a flags field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// Index of the flags field among the fields of the combinator.
    pub flags: usize,
    /// The bit, 0 to 31.
    pub bit: u8,
}

/// What a field, an element or a result holds, with boxed and bare settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// A type that every runtime knows.
    Builtin(Builtin),
    /// `Vector<T>` (boxed: with its id) or `vector<T>`.
    Vector {
        /// Whether the id of `vector` stands before the count.
        boxed: bool,
        /// What the elements hold.
        element: Box<ValueType>,
    },
    /// A value of a type, with the id of its constructor before it.
    Boxed(TypeId),
    /// A value of a constructor without its id.
    Bare(ConstructorId),
    /// `!X`: a function call of any kind; as a result: what that call gives.
    Parameter,
}

/// Types that every runtime knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Builtin {
    /// `#`: 4 bytes, unsigned.
    Nat,
    /// `int`, `int32`: 4 bytes.
    Int,
    /// `long`, `int64`, `int53`: 8 bytes.
    Long,
    /// `double`: 8 bytes.
    Double,
    /// `int128`: 16 bytes as they are.
    Int128,
    /// `int256`: 32 bytes as they are.
    Int256,
    /// `int512`: 64 bytes as they are.
    Int512,
    /// `string`: length and UTF-8 text.
    String,
    /// `bytes`: length and bytes.
    Bytes,
    /// `Bool`: one of two ids.
    Bool,
    /// `true` under a condition: no bytes, its presence is the value.
    True,
}

/// A declaration of a type that every runtime knows.
#[derive(Clone, Debug, PartialEq)]
pub struct BuiltinDeclaration {
    /// Name of the constructor.
    pub name: Name,
    /// Declared or computed id.
    pub id: u32,
    /// Where it is declared.
    pub origin: Origin,
}

/// Which ways values of a type travel in a program that uses a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directions {
    /// The program sends them.
    pub encode: bool,
    /// The program receives them.
    pub decode: bool,
}

impl Directions {
    /// Sent and received.
    pub const BOTH: Self = Self { encode: true, decode: true };
    /// Neither.
    pub const NONE: Self = Self { encode: false, decode: false };
}

impl Schema {
    /// Ids of all types, in order.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len()).map(TypeId::new)
    }

    /// Ids of all constructors, in order.
    pub fn constructor_ids(&self) -> impl Iterator<Item = ConstructorId> + use<> {
        (0..self.constructors.len()).map(ConstructorId::new)
    }

    /// Ids of all functions, in order.
    pub fn function_ids(&self) -> impl Iterator<Item = FunctionId> + use<> {
        (0..self.functions.len()).map(FunctionId::new)
    }

    /// The type of a name.
    #[must_use]
    pub fn find_type(&self, name: &str) -> Option<TypeId> {
        self.type_ids().find(|&id| self[id].name.to_string() == name)
    }

    /// Declares that a type is defined elsewhere: [`Schema::subset`] does not follow its constructors, and facts about it
    /// assume nothing.
    pub fn make_external(&mut self, ty: TypeId) {
        self.types[ty.index()].external = true;
    }

    /// The constructor of a name.
    #[must_use]
    pub fn find_constructor(&self, name: &str) -> Option<ConstructorId> {
        self.constructor_ids().find(|&id| self[id].combinator.name.to_string() == name)
    }

    /// Declares that a constructor is defined elsewhere: [`Schema::subset`] does not follow its fields, and facts about it
    /// assume nothing.
    pub fn make_constructor_external(&mut self, constructor: ConstructorId) {
        self.constructors[constructor.index()].external = true;
    }

    /// The constructor of a type that has just one.
    #[must_use]
    pub fn only_constructor(&self, ty: TypeId) -> Option<ConstructorId> {
        match self[ty].constructors[..] {
            [only] if !self[ty].external => Some(only),
            _ => None,
        }
    }
}

impl Index<TypeId> for Schema {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.types[id.index()]
    }
}

impl Index<ConstructorId> for Schema {
    type Output = Constructor;

    fn index(&self, id: ConstructorId) -> &Constructor {
        &self.constructors[id.index()]
    }
}

impl Index<FunctionId> for Schema {
    type Output = Function;

    fn index(&self, id: FunctionId) -> &Function {
        &self.functions[id.index()]
    }
}
