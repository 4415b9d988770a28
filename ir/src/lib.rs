//! Resolved TL (Type Language) schemas.
//!
//! [`resolve`] turns the syntax trees of [`typelang_parser`] into a [`Schema`]: an arena of types, constructors and functions in
//! which every name is bound, boxed and bare are settled, and every condition points at its flags field. Everything that
//! can be wrong with a schema is found there and reported with its place; what comes out needs no further checks.
//! [`Facts`] are what generators need to know (lengths, recursion, callers), and [`Schema::subset`] keeps what some roots
//! reach.
//!
//! ```
//! use typelang_ir::{ResolveOptions, resolve};
//!
//! let text = "user id:int name:string = User;\n---functions---\ngetUser id:int = User;\n";
//! let parsed = typelang_parser::parse(Default::default(), text);
//! let resolution = resolve(&[parsed.file], ResolveOptions::default());
//! assert!(resolution.diagnostics.is_empty());
//! assert_eq!(resolution.schema.constructors.len(), 1);
//! assert_eq!(resolution.schema.functions[0].combinator.name.to_string(), "getUser");
//! ```
//!
//! The kinds of findings are listed in [`codes`]. Those of [`typelang_parser::ids::check_ids`] and
//! [`INVALID_RESULT`](typelang_parser::codes::INVALID_RESULT) come beside them.

mod builtin;
pub mod codes;
mod facts;
pub mod graph;
mod name;
mod profile;
mod reach;
mod references;
mod resolve;
mod schema;
mod shape;
mod spell;
mod subset;
mod table;
mod uses;

pub use builtin::{Builtin, is_prelude};
pub use facts::{CombinatorFacts, Facts, MAX_CALLERS, TypeFacts};
pub use name::Name;
pub use profile::Profile;
pub use reach::Reached;
pub use references::{References, TypeReferences};
pub use resolve::{Resolution, ResolveOptions, resolve, resolve_with_uses};
pub use schema::{
    Argument, BoxedBuiltin, BuiltinDeclaration, Combinator, Condition, Constructor, ConstructorId, ConstructorKind,
    Directions, Field, Function, FunctionId, Nat, NatRole, NatVariable, Origin, Parameter, ParameterKind, Schema, Type,
    TypeId, ValueType,
};
pub use shape::{Group, Member, Presence, Role, Shape};
pub use spell::{Piece, Spelling};
pub use subset::{SubsetOptions, UnknownRoot};
pub use table::{TableLevels, table, table_with_levels};
pub use uses::{CombinatorId, Named, Use, Uses};
