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
//!
//! # Codes of diagnostics
//!
//! Beside those of [`tl_parser::ids::check_ids`]:
//!
//! | code | meaning |
//! |---|---|
//! | `bare-use` | bare use of a type of several constructors |
//! | `condition-before-flags` | a condition stands before the `#` that it tests |
//! | `condition-not-nat` | a condition tests a field that is no `#` |
//! | `duplicate-field` | two fields of a combinator have one name |
//! | `duplicate-id` | two combinators have one id |
//! | `duplicate-name` | two constructors or two functions have one name |
//! | `expected-type` | a number stands where a type belongs |
//! | `flag-bit-range` | a condition tests a bit that a `#` does not have |
//! | `infinite-type` | every value of a constructor would contain another one |
//! | `invalid-result` | a constructor does not result in a type |
//! | `layer-mismatch` | warning: two files state different layers |
//! | `repeated-definition` | note: a file repeats a definition of another |
//! | `unknown-builtin` | a function without fields, declared as built-in types are |
//! | `unknown-flags` | a condition tests a field that is not there |
//! | `unknown-result` | a function results in a type argument that no field gives |
//! | `unknown-type` | a type or constructor that is not defined |
//! | `unknown-type-argument` | `!` before something else than the type argument |
//! | `unused-type-argument` | warning: a type argument that nothing speaks of |
//! | `wrong-arity` | a vector of none or of several types |
//! | `unsupported-boxed-builtin` | `Int`, `String`, …: see [Limits](#limits), as for all that follow |
//! | `unsupported-condition` | a condition that tests a whole number |
//! | `unsupported-conditional-flags` | a condition on a `#` that is conditional itself |
//! | `unsupported-finality` | `New`, `Final`, `Empty` |
//! | `unsupported-object` | a boxed value of any type |
//! | `unsupported-optional-argument` | optional arguments other than one `{X:Type}` of a function |
//! | `unsupported-partial-application` | a type with its arguments as a declaration |
//! | `unsupported-repetition` | `n*[ … ]` |
//! | `unsupported-type-argument-use` | a type argument without `!` |
//! | `unsupported-type-arguments` | arguments of another type than a vector |
//!
//! # Limits
//!
//! Read so far: what Telegram's, MTProto's, the secret-chat and TDLib's schemas use. Type arguments other than those of
//! vectors and of `{X:Type} … !X` functions, natural-number arguments, repetitions outside of built-in types, and
//! `Object` are reported as unsupported, each with its place.

mod builtin;
mod facts;
mod name;
mod resolve;
mod schema;
mod subset;

pub use facts::{CombinatorFacts, Facts, LayoutOptions, Traits, TypeFacts};
pub use name::Name;
pub use resolve::{Resolution, ResolveOptions, resolve};
pub use schema::{
    Builtin, BuiltinDeclaration, Combinator, Condition, Constructor, ConstructorId, Directions, Field, Function,
    FunctionId, Origin, Schema, Type, TypeId, ValueType,
};
pub use subset::{SubsetOptions, UnknownRoot};
