//! The resolved schema: plain data in arenas, addressed by typed ids.

use std::collections::BTreeSet;
use std::ops::Index;
use std::sync::Arc;

use typelang_parser::ast::Documentation;
use typelang_parser::{ShortString, SourceId, Span};

use crate::{Builtin, Name, Profile, builtin};

macro_rules! arena_id {
    ($name:tt, $doc:literal) => {
        #[doc = $doc]
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

arena_id!(TypeId, "Names a type of one [`Schema`].");
arena_id!(ConstructorId, "Names a constructor of one [`Schema`].");
arena_id!(FunctionId, "Names a function of one [`Schema`].");

/// A resolved and checked schema: every name that is used is defined, every condition has its flags field.
///
/// The lists are in the order of declaration, so that equal input gives equal output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The layer that the schema states, if any.
    pub layer: Option<u32>,
    /// The custom of the schema's family, if a file or the caller says it.
    pub profile: Option<Profile>,
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
    /// The arguments that the type takes, in order.
    pub parameters: Vec<Parameter>,
    /// Whether the type is defined elsewhere and only referred to: see [`Schema::make_external`].
    pub external: bool,
    /// Text of a `//@class` comment.
    pub documentation: Option<String>,
    /// Which ways values of the type travel.
    pub directions: Directions,
}

impl Type {
    /// A type to which constructors can be added.
    pub(crate) fn without_constructors(name: Name, parameters: Vec<Parameter>) -> Self {
        Self {
            name,
            constructors: Vec::new(),
            parameters,
            external: false,
            documentation: None,
            directions: Directions::BOTH,
        }
    }
}

/// What constructors and functions have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Combinator {
    /// The name.
    pub name: Name,
    /// The 32-bit id, declared or computed.
    pub id: u32,
    /// The variables that `{…}` declares. Those of a constructor are in the order of its type's arguments.
    pub parameters: Vec<Parameter>,
    /// The fields in wire order, flags fields included.
    pub fields: Vec<Field>,
    /// Names of the `@annotations` before the declaration.
    pub annotations: Vec<ShortString>,
    /// The declaration on one line in canonical spelling, with its id.
    pub text: String,
    /// Text of `//@` comments.
    pub documentation: Option<Arc<Documentation>>,
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
    /// How it came to be.
    pub kind: ConstructorKind,
    /// Whether the constructor is defined elsewhere and only referred to: see [`Schema::make_constructor_external`].
    pub external: bool,
    /// Which ways values of the constructor travel.
    pub directions: Directions,
}

/// How a constructor came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConstructorKind {
    /// Declared under a name of its own.
    #[default]
    Named,
    /// Declared as `_`: a value that begins with no other constructor's id is one of this, without an id.
    Default,
    /// Made from a repetition of several fields, `n*[ a:int b:int ]`; never with an id.
    Group,
    /// Declared as built in, `bigBytes ? = BigBytes`, but not a type that every runtime knows: only code of its own can read
    /// and write it. It is [external](Constructor::external).
    Opaque,
}

impl ConstructorKind {
    /// Returns whether boxed values begin with an id.
    #[must_use]
    pub fn has_id(self) -> bool {
        matches!(self, Self::Named | Self::Opaque)
    }
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Name, id and fields. A parameter is the `X` of `{X:Type}`: a field `!X` is a call, and `X` in the result is what that
    /// call gives.
    pub combinator: Combinator,
    /// The type of the result.
    pub result: ValueType,
}

impl Function {
    /// The position of the field that is the wrapped call, if the function wraps one.
    #[must_use]
    pub fn call(&self) -> Option<usize> {
        self.combinator.fields.iter().position(|field| matches!(field.ty, ValueType::Call(_)))
    }
}

/// A variable of a combinator, or an argument of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name as in the schema.
    pub name: ShortString,
    /// What it stands for.
    pub kind: ParameterKind,
}

/// What a [`Parameter`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A type: `{t:Type}`.
    Type,
    /// A natural number: `{n:#}`.
    Nat,
}

/// One field of a combinator.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name as in the schema.
    pub name: ShortString,
    /// What it holds.
    pub ty: ValueType,
    /// The bit that decides whether the field is there.
    pub condition: Option<Condition>,
    /// What the number is for, if the field is a `#`.
    pub nat: Option<NatRole>,
    /// Where it is declared.
    pub span: Span,
}

/// What a `#` is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatRole {
    /// A number like any other.
    Number,
    /// Conditions test its bits, and the rest of it means nothing: its value is computed, never given.
    Flags,
    /// Conditions test some of its bits, which are computed; the others are the user's.
    Mask,
}

impl Field {
    /// Returns whether the field is a `flags.N?true`: a bit with no bytes of its own.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        self.condition.is_some() && self.ty == ValueType::Builtin(Builtin::True)
    }

    /// Returns whether the value follows from other fields, so that it is never given.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.nat == Some(NatRole::Flags)
    }
}

/// What decides whether a field is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// The number that is tested.
    pub variable: NatVariable,
    /// The bit, 0 to 31; without one the number must not be 0.
    pub bit: Option<u8>,
}

/// A variable that holds a natural number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NatVariable {
    /// A `#` among the fields of the combinator, by position. One that is not there counts as 0.
    Field(usize),
    /// A parameter of the combinator, by position.
    Parameter(usize),
}

/// A natural number that a type or a repetition depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nat {
    /// A constant.
    Constant(u32),
    /// A variable plus a constant.
    Variable(NatVariable, u32),
}

/// What a field, an element or a result holds, with boxed and bare settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// A type that every runtime knows.
    Builtin(Builtin),
    /// A built-in type with its id before it: `Int`.
    BoxedBuiltin(Builtin, u32),
    /// `Vector<T>` (boxed: with its id), or `vector<T>` and `# [ T ]`.
    Vector {
        /// Whether the id of `vector` stands before the count.
        boxed: bool,
        /// What the elements hold.
        element: Box<ValueType>,
    },
    /// `n*[ T ]` and `tuple T n`: values without a count.
    Tuple {
        /// The id that stands before the elements: `Tuple T n`.
        id: Option<u32>,
        /// What the elements hold.
        element: Box<ValueType>,
        /// How many there are.
        count: Nat,
    },
    /// A value of a type, with the id of its constructor before it.
    Boxed(TypeId, Vec<Argument>),
    /// A value of a constructor without its id. The arguments are those of its type.
    Bare(ConstructorId, Vec<Argument>),
    /// The type that stands for a parameter of a constructor, by position.
    Parameter(usize),
    /// `!X`: a call of any function whose result is `X`, a parameter of the function, by position.
    Call(usize),
    /// What the call `!X` gives, as a part of a function's result.
    Output(usize),
    /// `Object`: a boxed value of any type.
    Object,
    /// `Function`: a call of any function.
    Function,
}

impl ValueType {
    /// Calls a function for the type and for every type that it is made of.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a ValueType)) {
        visit(self);
        match self {
            Self::Vector { element, .. } | Self::Tuple { element, .. } => element.walk(visit),
            Self::Boxed(_, arguments) | Self::Bare(_, arguments) => {
                for argument in arguments {
                    if let Argument::Type(ty) = argument {
                        ty.walk(visit);
                    }
                }
            }
            _ => {}
        }
    }

    /// Calls a function for every natural number that the type depends on.
    pub fn walk_nats(&self, visit: &mut impl FnMut(&Nat)) {
        self.walk(&mut |ty| match ty {
            Self::Tuple { count, .. } => visit(count),
            Self::Boxed(_, arguments) | Self::Bare(_, arguments) => {
                for argument in arguments {
                    if let Argument::Nat(nat) = argument {
                        visit(nat);
                    }
                }
            }
            _ => {}
        });
    }
}

/// An argument of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    /// A type.
    Type(ValueType),
    /// A natural number.
    Nat(Nat),
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

/// A built-in type with an id, by which it is known as a value of the type `Object`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxedBuiltin {
    /// The name of the constructor: `int`, `boolTrue`.
    pub name: String,
    /// The type.
    pub builtin: Builtin,
    /// The id.
    pub id: u32,
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
    /// The number of constructors that are declared: without those that stand for a group of repeated fields.
    #[must_use]
    pub fn declared_constructors(&self) -> usize {
        self.constructors.iter().filter(|it| it.kind != ConstructorKind::Group).count()
    }

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

    /// Returns whether a field of a constructor or a function, or a result, has a certain type, or a type made of it.
    #[must_use]
    pub fn uses(&self, wanted: &ValueType) -> bool {
        let mut found = false;
        self.walk_types(&mut |ty| found |= ty == wanted);
        found
    }

    /// The built-in types that are values of the type `Object`: those that the schema declares, so that they have ids, and all of
    /// `Bool` if it is used or a constructor of it is declared. The id of a vector does not tell what its elements are, so it is not among them.
    #[must_use]
    pub fn boxed_builtins(&self) -> Vec<BoxedBuiltin> {
        let declared = self.builtins.iter().filter_map(|it| {
            let builtin = builtin::declared(&it.name)?;
            Some(BoxedBuiltin { name: it.name.to_string(), builtin, id: it.id })
        });
        let is_declared = self.builtins.iter().any(|it| builtin::declared(&it.name) == Some(Builtin::Bool));
        let is_used = is_declared || self.uses(&ValueType::Builtin(Builtin::Bool));
        let used = if is_used { &builtin::BOOLS[..] } else { &[] };
        let used = used.iter().map(|&(name, id)| BoxedBuiltin { name: name.to_owned(), builtin: Builtin::Bool, id });
        let named = self.constructors.iter().filter(|it| it.kind.has_id()).map(|it| it.combinator.id);
        let mut taken: BTreeSet<u32> = named.chain(self.functions.iter().map(|it| it.combinator.id)).collect();
        let is_standard =
            |it: &BoxedBuiltin| it.builtin != Builtin::Bool || builtin::BOOLS.contains(&(it.name.as_str(), it.id));
        declared.chain(used).filter(is_standard).filter(|it| taken.insert(it.id)).collect()
    }

    /// For each constructor, whether a field of a constructor or a function, or a result, has it: bare, or as one of its type.
    #[must_use]
    pub fn used_constructors(&self) -> Vec<bool> {
        let mut used = vec![false; self.constructors.len()];
        let mut used_types = vec![false; self.types.len()];
        self.walk_types(&mut |ty| match ty {
            ValueType::Bare(id, _) => used[id.index()] = true,
            ValueType::Boxed(id, _) => used_types[id.index()] = true,
            _ => {}
        });
        for (used, constructor) in used.iter_mut().zip(&self.constructors) {
            *used |= used_types[constructor.result.index()];
        }
        used
    }

    /// Calls a function for the types of all fields and results, and for every type that they are made of.
    fn walk_types<'a>(&'a self, visit: &mut impl FnMut(&'a ValueType)) {
        let constructors = self.constructors.iter().map(|it| &it.combinator);
        let combinators = constructors.chain(self.functions.iter().map(|it| &it.combinator));
        combinators.flat_map(|it| &it.fields).for_each(|field| field.ty.walk(visit));
        self.functions.iter().for_each(|it| it.result.walk(visit));
    }

    /// Returns whether a value of the type `Object` can be a call: the messages of MTProto that wrap others wrap calls as well.
    #[must_use]
    pub fn object_holds_calls(&self) -> bool {
        !self.functions.is_empty() && self.uses(&ValueType::Object)
    }

    /// The type of a name.
    #[must_use]
    pub fn find_type(&self, name: &str) -> Option<TypeId> {
        self.type_ids().find(|&id| self[id].name.to_string() == name)
    }

    /// Declares that a type is defined elsewhere: [`Schema::subset`] does not follow its constructors, and facts about it
    /// assume nothing. Its constructors are defined with it, but for those that a field or a result has bare: such a value is
    /// one of the constructor rather than of the type.
    pub fn make_external(&mut self, ty: TypeId) {
        let mut bare = BTreeSet::new();
        self.walk_types(&mut |ty| {
            if let ValueType::Bare(id, _) = ty {
                bare.insert(*id);
            }
        });
        self.types[ty.index()].external = true;
        for constructor in self.types[ty.index()].constructors.clone() {
            self.constructors[constructor.index()].external |= !bare.contains(&constructor);
        }
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
