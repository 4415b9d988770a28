//! A call of a function as a person would write it, with values that fit the types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use typelang_ir::{Argument, Builtin, ConstructorId, FunctionId, Member, Nat, Role, Schema, TypeId, ValueType};

use crate::model::Model;
use crate::options::Options;
use crate::output::format;
use crate::output::hygiene::settle;
use crate::record::Record;
use crate::rust::builtin::Representation;
use crate::tokens::{parse, path};

/// How deep elements of vectors are written out; beneath, vectors are empty.
const DEPTH: usize = 2;

/// How deep values go at most. What is deeper has no example.
const MAX_DEPTH: usize = 16;

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
    /// `None` if no value can be named for one of the fields, such as one of a type that is defined elsewhere.
    #[must_use]
    pub fn of(&self, function: FunctionId) -> Option<String> {
        example(&self.model, &self.crate_path, function)
    }
}

/// The statements of an example; see [`Examples::of`].
pub(crate) fn example(model: &Model<'_>, crate_path: &str, function: FunctionId) -> Option<String> {
    let heights = model.heights.get_or_init(|| heights(model.schema));
    let request = Values { model, heights }.call(function, 0)?;
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
    /// For each constructor, how many values are at least inside of each other.
    heights: &'m [Option<usize>],
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
        // One with something in it shows more than an empty one, if it is not deep.
        let constructors = &self.model.schema[id].constructors;
        let height = |id: ConstructorId| self.heights.get(id.index()).copied().flatten();
        let simplest = constructors.iter().copied().min_by_key(|&id| {
            let is_empty = self.model.constructor(id).is_unit();
            (height(id).unwrap_or(usize::MAX), is_empty && depth <= DEPTH)
        })?;
        let ty = path("enums", self.model.names.ty(id));
        let variant = self.model.names.variant(simplest);
        if !self.model.holds_struct(simplest) {
            return Some(quote!(#ty::#variant));
        }
        let value = self.constructor(simplest, depth + 1)?;
        let value = if self.model.is_boxed_variant(simplest) { quote!(Box::new(#value)) } else { value };
        Some(quote!(#ty::#variant(#value)))
    }

    /// A call to be wrapped by another: the first that needs no arguments, else the first that wraps none itself.
    fn some_call(&self, depth: usize) -> Option<TokenStream> {
        let wraps_none = |id: &FunctionId| self.model.schema[*id].call().is_none();
        let simple = self.model.schema.function_ids().find(|&id| self.model.function(id).is_unit());
        let any = || self.model.schema.function_ids().find(wraps_none);
        self.call(simple.or_else(any)?, depth + 1)
    }
}

/// For each constructor, how many values are at least inside of each other; nothing if there is no end.
fn heights(schema: &Schema) -> Vec<Option<usize>> {
    let mut heights: Vec<Option<usize>> = vec![None; schema.constructors.len()];
    loop {
        let mut changed = false;
        for id in schema.constructor_ids() {
            let fields = schema[id].combinator.fields.iter().filter(|field| field.condition.is_none());
            let inside =
                fields.map(|field| height(schema, &heights, &field.ty)).try_fold(0, |most, it| Some(most.max(it?)));
            let height = inside.map(|inside| inside + 1);
            if height.is_some() && heights[id.index()].is_none_or(|known| height < Some(known)) {
                heights[id.index()] = height;
                changed = true;
            }
        }
        if !changed {
            return heights;
        }
    }
}

fn height(schema: &Schema, heights: &[Option<usize>], ty: &ValueType) -> Option<usize> {
    match ty {
        ValueType::Boxed(id, _) => {
            schema[*id].constructors.iter().filter_map(|it| heights.get(it.index()).copied().flatten()).min()
        }
        ValueType::Bare(id, _) => heights.get(id.index()).copied().flatten(),
        ValueType::Tuple { element, .. } => height(schema, heights, element),
        _ => Some(0),
    }
}
