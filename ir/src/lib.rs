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
//! # Codes of diagnostics
//!
//! Beside those of [`typelang_parser::ids::check_ids`]:
//!
//! | code | meaning |
//! |---|---|
//! | `bare-use` | bare use of a type of several constructors |
//! | `condition-before-flags` | a condition stands before the `#` that it tests |
//! | `condition-not-nat` | a condition tests a field that is no `#` |
//! | `conditional-call` | a field `!X` that depends on a condition |
//! | `duplicate-argument` | two `{…}` arguments of a combinator have one name |
//! | `duplicate-default` | a type has two default constructors `_` |
//! | `duplicate-field` | two fields of a combinator have one name |
//! | `duplicate-id` | two combinators have one id |
//! | `duplicate-name` | two constructors or two functions have one name |
//! | `flag-bit-range` | a condition tests a bit that a `#` does not have |
//! | `growing-arguments` | a type contains itself with larger and larger type arguments |
//! | `infinite-type` | every value of a constructor would contain another one |
//! | `invalid-result` | a constructor does not result in a type with its variables as arguments |
//! | `kind-mismatch` | a number stands where a type belongs, or the other way round |
//! | `layer-mismatch` | warning: two files state different layers |
//! | `repeated-definition` | note: a file repeats a definition of another |
//! | `several-calls` | a function with two fields `!X` |
//! | `unknown-builtin` | a function without fields, declared as built-in types are |
//! | `unknown-flags` | a condition tests a field that is not there |
//! | `unknown-result` | a function results in a type argument that no field gives |
//! | `unknown-type` | a type or constructor that is not defined |
//! | `unknown-type-argument` | `!` before something else than a type argument |
//! | `unknown-variable` | a number that is neither a `#` field before nor an argument, or none at all |
//! | `unsupported-sum` | a sum of several variables |
//! | `unused-argument` | a `{…}` argument that nothing speaks of |
//! | `wrong-arity` | a type with too few or too many arguments |
//! | `wrong-finality` | a constructor where `New`, `Final` or `Empty` says that there is none |

mod builtin;
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

pub use builtin::Builtin;
pub use facts::{CombinatorFacts, Facts, MAX_CALLERS, TypeFacts};
pub use name::Name;
pub use profile::Profile;
pub use reach::Reached;
pub use references::{References, TypeReferences};
pub use resolve::{Resolution, ResolveOptions, resolve};
pub use schema::{
    Argument, BuiltinDeclaration, Combinator, Condition, Constructor, ConstructorId, ConstructorKind, Directions,
    Field, Function, FunctionId, Nat, NatRole, NatVariable, Origin, Parameter, ParameterKind, Schema, Type, TypeId,
    ValueType,
};
pub use shape::{Group, Member, Presence, Role, Shape};
pub use spell::{Piece, Spelling};
pub use subset::{SubsetOptions, UnknownRoot};
pub use table::table;
pub use uses::{CombinatorId, Named, Use, Uses};
