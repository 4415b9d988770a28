//! Resolved TL (Type Language) schemas.
//!
//! [`resolve`] turns the syntax trees of [`tl_parser`] into a [`Schema`]: an arena of types, constructors and functions in
//! which every name is bound, boxed and bare are settled, and every condition points at its flags field. Everything that
//! can be wrong with a schema is found there and reported with its place; what comes out needs no further checks.
//! [`Facts`] says what generators need to know (sizes, recursion, traits), and [`Schema::subset`] keeps what some roots
//! reach.
//!
//! ```
//! use tl_ir::{ResolveOptions, resolve};
//!
//! let text = "user id:int name:string = User;\n---functions---\ngetUser id:int = User;\n";
//! let parsed = tl_parser::parse(Default::default(), text);
//! let resolution = resolve(&[parsed.file], ResolveOptions::default());
//! assert!(resolution.diagnostics.is_empty());
//! assert_eq!(resolution.schema.constructors.len(), 1);
//! assert_eq!(resolution.schema.functions[0].combinator.name.to_string(), "getUser");
//! ```

mod builtin;
mod facts;
mod name;
mod profile;
mod resolve;
mod schema;
mod subset;

pub use facts::{CombinatorFacts, Facts, LayoutOptions, Traits, TypeFacts};
pub use name::Name;
pub use profile::Profile;
pub use resolve::{Resolution, ResolveOptions, resolve};
pub use schema::{
    Argument, Builtin, BuiltinDeclaration, Combinator, Condition, Constructor, ConstructorId, ConstructorKind, Directions,
    Field, Function, FunctionId, Nat, NatRole, NatVariable, Origin, Parameter, ParameterKind, Schema, Type, TypeId,
    ValueType,
};
pub use subset::{SubsetOptions, UnknownRoot};
