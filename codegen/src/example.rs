//! A call of a function as a person would write it, with values that fit the types.

use std::cell::Cell;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use typelang_ir::{Argument, Builtin, ConstructorId, FunctionId, Member, Nat, Role, Schema, TypeId, ValueType};

use crate::model::Model;
use crate::options::Options;
use crate::output::format;
use crate::output::hygiene::settle;
use crate::record::Record;
use crate::rust::builtin::Representation;
use crate::simplest::Simplest;
use crate::tokens::{parse, path};

/// How deep elements of vectors are written out; beneath, vectors are empty.
const DEPTH: usize = 2;

/// How deep values go at most. What is deeper has no example.
const MAX_DEPTH: usize = 16;

/// How many values an example has at most: with a few fields on each level there would be millions. What has more has no example.
const MOST_VALUES: usize = 500;

/// Writes examples of how functions are called, for one schema.
///
/// ```
/// # use typelang_build::{Examples, Options};
/// # let mut sources = typelang_parser::Sources::new();
/// # let source = sources.add("a.tl", "user id:long = User;\n---functions---\nadd user:User note:string = Bool;\n");
/// # let file = typelang_parser::parse(source, sources.text(source)).file;
/// # let schema = typelang_ir::resolve(&[file], typelang_ir::ResolveOptions::default()).schema;
/// let options = Options::default();
/// let examples = Examples::new(&schema, &options, "my_crate::tl");
/// let example = examples.of(schema.function_ids().next().unwrap()).unwrap();
/// assert!(example.starts_with("use my_crate::tl::{functions, types};"));
/// assert!(example.contains("let request"));
/// ```
pub struct Examples<'a> {
    model: Model<'a>,
    crate_path: String,
}

impl<'a> Examples<'a> {
    /// Examples for generated code whose module is `crate_path`: `typelang_telegram::api`. The options are those that the code is
    /// generated with. Computes everything about the schema, which takes about as long as resolving it.
    #[must_use]
    pub fn new(schema: &'a Schema, options: &'a Options, crate_path: &str) -> Self {
        Self { model: Model::new(schema, options), crate_path: crate_path.to_owned() }
    }

    /// Statements that build a call in a variable `request`. Flags are set, and what may be absent is. They compile as the
    /// body of a function, and are the same for the same schema.
    ///
    /// `None` if no value can be named for one of the fields, such as one of a type that is defined elsewhere, or if the call would
    /// have hundreds of values.
    #[must_use]
    pub fn of(&self, function: FunctionId) -> Option<String> {
        example(&self.model, &self.crate_path, function)
    }
}

/// The statements of an example; see [`Examples::of`].
pub(crate) fn example(model: &Model<'_>, crate_path: &str, function: FunctionId) -> Option<String> {
    let simplest = model.simplest.get_or_init(|| {
        Simplest::of(model.schema, |id| model.constructor(id).is_unit(), |id| model.function(id).is_unit())
    });
    let request = Values { model, simplest, left: Cell::new(MOST_VALUES) }.call(function, 0)?;
    let settled = settle(quote!(fn example() { let request = #request; }), None);
    let roots: Vec<&str> = settled.uses.into_iter().collect();
    let imports = match roots[..] {
        [only] => format!("use {crate_path}::{only};"),
        _ => format!("use {crate_path}::{{{}}};", roots.join(", ")),
    };
    let item = format::item(settled.tokens, model.options.pretty);
    let body = item.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}')).map_or("", |(body, _)| body);
    let lines = body.trim_matches('\n').lines().map(|line| line.strip_prefix("    ").unwrap_or(line).trim_end());
    Some(format!("{imports}\n\n{}\n", lines.collect::<Vec<_>>().join("\n").trim()))
}

/// Names values.
struct Values<'m, 'a> {
    model: &'m Model<'a>,
    simplest: &'m Simplest,
    /// How many more values the example may have.
    left: Cell<usize>,
}

impl Values<'_, '_> {
    fn call(&self, id: FunctionId, depth: usize) -> Option<TokenStream> {
        let path = path("functions", self.model.names.function(id));
        let record = self.model.function(id);
        let is_boxed = |field: usize| self.model.layout.is_large_value(&record.combinator.fields[field].ty);
        self.structure(&path, record, depth, is_boxed)
    }

    fn constructor(&self, id: ConstructorId, depth: usize) -> Option<TokenStream> {
        if !self.model.has_struct(id) || self.model.generics_of(id).types().next().is_some() {
            return None;
        }
        let path = self.model.constructor_path(id);
        self.structure(&path, self.model.constructor(id), depth, |field| self.model.layout.is_boxed_field(id, field))
    }

    /// Expands to: `functions::messages::SendEncrypted { silent: true, … }`
    fn structure(
        &self,
        path: &TokenStream,
        record: &Record<'_>,
        depth: usize,
        is_boxed: impl Fn(usize) -> bool,
    ) -> Option<TokenStream> {
        let members = record.shape.members();
        if members.is_empty() {
            return Some(path.clone());
        }
        let members: Option<Vec<TokenStream>> = members
            .into_iter()
            .map(|member| match member {
                Member::Group(group) => {
                    let ident = record.group(group).ident;
                    Some(quote!(#ident: None))
                }
                Member::Field(position) => {
                    let ident = &record.idents[position];
                    let value = match record.shape.roles[position] {
                        Role::Optional(_) => quote!(None),
                        Role::Flag(_) => quote!(true),
                        Role::Mask => quote!(0),
                        _ => {
                            let value = self.value(&record.combinator.fields[position].ty, depth + 1)?;
                            if is_boxed(position) { quote!(Box::new(#value)) } else { value }
                        }
                    };
                    Some(quote!(#ident: #value))
                }
            })
            .collect();
        let members = members?;
        Some(quote!(#path { #(#members),* }))
    }

    fn value(&self, ty: &ValueType, depth: usize) -> Option<TokenStream> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.left.set(self.left.get().checked_sub(1)?);
        match ty {
            ValueType::Builtin(builtin) | ValueType::BoxedBuiltin(builtin, _) => Some(self.builtin(*builtin)),
            ValueType::Vector { element, .. } if depth <= DEPTH => {
                let element = self.value(element, depth + 1)?;
                Some(quote!(vec![#element]))
            }
            ValueType::Vector { .. } => Some(quote!(Vec::new())),
            ValueType::Tuple { element, count, .. } => self.tuple(element, *count, depth),
            ValueType::Bare(id, arguments) => {
                let has_types = arguments.iter().any(|argument| matches!(argument, Argument::Type(_)));
                if has_types { None } else { self.constructor(*id, depth) }
            }
            ValueType::Boxed(id, arguments) => {
                let has_types = arguments.iter().any(|argument| matches!(argument, Argument::Type(_)));
                if has_types { None } else { self.boxed(*id, depth) }
            }
            ValueType::Call(_) => self.some_call(depth),
            ValueType::Parameter(_) | ValueType::Output(_) | ValueType::Object | ValueType::Function => None,
        }
    }

    fn builtin(&self, builtin: Builtin) -> TokenStream {
        let options = self.model.options;
        match Representation::from(builtin) {
            // A long number is mostly an id.
            Representation::Integer(_) if builtin.least_length() > 4 => quote!(2927390),
            Representation::Integer(_) => quote!(43),
            Representation::Float(_) => quote!(1.5),
            Representation::Bool | Representation::Presence => quote!(true),
            Representation::Array(length) => {
                let length = Literal::u32_unsuffixed(length);
                quote!([7; #length])
            }
            Representation::Text => match options.string_type.as_deref().map(parse) {
                Some(ty) => quote!(<#ty>::from(String::from("some text here"))),
                None => quote!("some text here".to_owned()),
            },
            Representation::Bytes => match options.bytes_type.as_deref().map(parse) {
                Some(ty) => quote!(<#ty>::from(b"some bytes here".to_vec())),
                None => quote!(b"some bytes here".to_vec()),
            },
        }
    }

    /// As many elements as a constant says; what another field says is not known here.
    fn tuple(&self, element: &ValueType, count: Nat, depth: usize) -> Option<TokenStream> {
        let Nat::Constant(constant) = count else { return None };
        let is_array = self.model.layout.array_length(element, count).is_some();
        let element = self.value(element, depth + 1)?;
        let elements = std::iter::repeat_n(&element, usize::try_from(constant).ok().filter(|it| *it <= 16)?);
        Some(if is_array { quote!([#(#elements),*]) } else { quote!(vec![#(#elements),*]) })
    }

    /// A value of the simplest constructor of a type.
    fn boxed(&self, id: TypeId, depth: usize) -> Option<TokenStream> {
        if let Some(only) = self.model.only_constructor(id) {
            return self.constructor(only, depth);
        }
        if !self.model.has_enum(id) {
            return None;
        }
        let of_type = self.simplest.of_types.get(id.index())?;
        let simplest = (if depth <= DEPTH { of_type.shown } else { of_type.deep })?;
        let ty = path("enums", self.model.names.ty(id));
        let variant = self.model.names.variant(simplest);
        if !self.model.holds_struct(simplest) {
            return Some(quote!(#ty::#variant));
        }
        let value = self.constructor(simplest, depth + 1)?;
        let value = if self.model.is_boxed_variant(simplest) { quote!(Box::new(#value)) } else { value };
        Some(quote!(#ty::#variant(#value)))
    }

    /// A call to be wrapped by another.
    fn some_call(&self, depth: usize) -> Option<TokenStream> {
        self.call(self.simplest.call?, depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use typelang_ir::{ResolveOptions, resolve};

    use super::*;
    use crate::simplest::heights;

    fn schema(text: &str) -> Schema {
        resolve(&[typelang_parser::parse(Default::default(), text).file], ResolveOptions::default()).schema
    }

    #[test]
    fn values_that_multiply_with_each_level_have_no_example() {
        let mut text = String::new();
        for number in 0..20 {
            let _ = writeln!(text, "a{number} x:A{0} y:A{0} z:A{0} = A{number};", number + 1);
        }
        text += "a20 x:int = A20;\n---functions---\nmany x:A0 = Bool;\nsome x:A16 = Bool;\n";
        let schema = schema(&text);
        let options = Options::default();
        let examples = Examples::new(&schema, &options, "crate");
        let of = |name: &str| {
            let mut named = schema.function_ids().filter(|&id| schema[id].combinator.name.to_string() == name);
            named.next().and_then(|id| examples.of(id))
        };
        assert_eq!(of("many"), None);
        assert_eq!(of("some").map(|example| example.matches("43").count()), Some(81));
    }

    #[test]
    fn the_simplest_values_are_found_in_any_order() {
        let chain: String = (0..300).map(|number| format!("a{number} x:A{} = A{number};\n", number + 1)).collect();
        let schema = schema(&format!("{chain}a300 = A300;\nb300 x:A300 = A300;\nc x:C = C;\n"));
        let heights = heights(&schema);
        assert_eq!((heights[0], heights[299], heights[300], heights[301]), (Some(301), Some(2), Some(1), Some(2)));
        assert_eq!(heights[302], None);
    }
}
