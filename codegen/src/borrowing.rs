//! Which generated types borrow from the bytes that they are decoded from.
//!
//! That is asked for by the Rust types of `string`, `bytes` and of what is defined elsewhere: one that names the lifetime
//! `'a` borrows, and so does everything that holds it. All other types stay as they are.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use typelang_ir::{Argument, Builtin, Combinator, ConstructorId, Facts, FunctionId, Name, Schema, TypeId, ValueType};

use crate::options::Options;
use crate::rust::builtin::Representation;
use crate::tokens::parse;

/// The Rust type of `string` or `bytes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holding {
    /// `String`, `Vec<u8>`.
    Default,
    /// A type that owns its content.
    Converted,
    /// `Bytes` of the runtime, which shares the input.
    Shared,
    /// `&'a str`, `&'a [u8]`: read and written as it is.
    Reference,
    /// Another type that borrows, such as `Cow<'a, str>`.
    Borrowed,
}

impl Holding {
    fn of_string(options: &Options) -> Self {
        Self::new(options.string_type.as_deref(), "&'a str")
    }

    fn of_bytes(options: &Options) -> Self {
        let shared = format!("{}::bytes::Bytes", options.runtime_path);
        match options.bytes_type.as_deref() {
            Some(ty) if without_spaces(ty) == without_spaces(&shared) => Self::Shared,
            ty => Self::new(ty, "&'a [u8]"),
        }
    }

    fn new(rust_type: Option<&str>, reference: &str) -> Self {
        match rust_type {
            None => Self::Default,
            Some(ty) if without_spaces(ty) == without_spaces(reference) => Self::Reference,
            Some(ty) if names_lifetime(&parse(ty)) => Self::Borrowed,
            Some(_) => Self::Converted,
        }
    }

    pub(crate) fn borrows(self) -> bool {
        matches!(self, Self::Reference | Self::Borrowed)
    }
}

/// Which types, constructors and functions of a schema hold something that borrows, directly or by way of others.
pub(crate) struct Borrowing {
    string: Holding,
    bytes: Holding,
    /// Whether the options have a type that borrows at all.
    pub(crate) is_used: bool,
    types: Vec<bool>,
    constructors: Vec<bool>,
    functions: Vec<bool>,
    any_constructor: bool,
    any_function: bool,
}

impl Borrowing {
    /// Finds the least fixpoint. Takes as many passes over the schema as its types are deep.
    pub(crate) fn new(schema: &Schema, facts: &Facts, options: &Options, has_calls: bool) -> Self {
        let string = Holding::of_string(options);
        let bytes = Holding::of_bytes(options);
        let elsewhere: Vec<&str> =
            options.extern_paths.iter().filter(|(_, rust)| names_lifetime(&parse(rust))).map(|(tl, _)| &**tl).collect();
        let mut borrowing = Self {
            string,
            bytes,
            is_used: string.borrows() || bytes.borrows() || !elsewhere.is_empty(),
            types: schema.types.iter().map(|ty| is_among(&elsewhere, &ty.name)).collect(),
            constructors: schema.constructors.iter().map(|it| is_among(&elsewhere, &it.combinator.name)).collect(),
            functions: vec![false; schema.functions.len()],
            any_constructor: false,
            any_function: false,
        };
        while borrowing.is_used && borrowing.pass(schema, facts, has_calls) {}
        borrowing
    }

    /// Looks at everything once; returns whether something borrows that was not known to.
    fn pass(&mut self, schema: &Schema, facts: &Facts, has_calls: bool) -> bool {
        let mut changed = false;
        let mut note = |place: &mut bool, borrows: bool| {
            changed |= borrows && !*place;
            *place |= borrows;
        };
        for id in schema.constructor_ids() {
            let constructor = &schema[id];
            let borrows = !constructor.external && self.in_fields(facts, &constructor.combinator);
            note(&mut self.constructors[id.index()], borrows);
        }
        for id in schema.type_ids().filter(|&id| !schema[id].external) {
            let borrows = schema[id].constructors.iter().any(|&it| self.constructor(it));
            note(&mut self.types[id.index()], borrows);
        }
        for id in schema.function_ids() {
            let borrows = self.in_fields(facts, &schema[id].combinator);
            note(&mut self.functions[id.index()], borrows);
        }
        note(&mut self.any_function, self.functions.contains(&true));
        let constructors = schema.constructor_ids().filter(|&id| facts.used_by_constructor(id).is_empty());
        let in_constructors = constructors.into_iter().any(|id| self.constructor(id));
        let in_builtins = schema.boxed_builtins().iter().any(|it| self.of(it.builtin).borrows());
        note(&mut self.any_constructor, in_constructors || in_builtins || has_calls && self.any_function);
        changed
    }

    fn in_fields(&self, facts: &Facts, combinator: &Combinator) -> bool {
        combinator.fields.iter().any(|field| self.value(facts, &field.ty))
    }

    /// How `string` or `bytes` is held; what is neither has a Rust type of its own.
    pub(crate) fn of(&self, builtin: Builtin) -> Holding {
        match Representation::from(builtin) {
            Representation::Text => self.string,
            Representation::Bytes => self.bytes,
            Representation::Integer(_)
            | Representation::Float(_)
            | Representation::Bool
            | Representation::Presence
            | Representation::Array(_) => Holding::Default,
        }
    }

    /// Returns whether values of a type borrow. Type arguments and calls are asked for themselves.
    pub(crate) fn value(&self, facts: &Facts, ty: &ValueType) -> bool {
        let in_arguments = |used: &[usize], arguments: &[Argument]| {
            used.iter().any(|&position| match arguments.get(position) {
                Some(Argument::Type(ty)) => self.value(facts, ty),
                _ => false,
            })
        };
        match ty {
            ValueType::Builtin(builtin) | ValueType::BoxedBuiltin(builtin, _) => self.of(*builtin).borrows(),
            ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => self.value(facts, element),
            ValueType::Boxed(id, arguments) => self.ty(*id) || in_arguments(facts.used_by_type(*id), arguments),
            ValueType::Bare(id, arguments) => {
                self.constructor(*id) || in_arguments(facts.used_by_constructor(*id), arguments)
            }
            ValueType::Object => self.any_constructor,
            ValueType::Function => self.any_function,
            ValueType::Parameter(_) | ValueType::Call(_) | ValueType::Output(_) => false,
        }
    }

    /// Returns whether the enum of a type has a lifetime.
    pub(crate) fn ty(&self, id: TypeId) -> bool {
        self.types[id.index()]
    }

    /// Returns whether the struct of a constructor has a lifetime.
    pub(crate) fn constructor(&self, id: ConstructorId) -> bool {
        self.constructors[id.index()]
    }

    /// Returns whether the struct of a function has a lifetime.
    pub(crate) fn function(&self, id: FunctionId) -> bool {
        self.functions[id.index()]
    }

    /// Returns whether `AnyConstructor` has a lifetime.
    pub(crate) fn any_constructor(&self) -> bool {
        self.any_constructor
    }

    /// Returns whether `AnyFunction` has a lifetime.
    pub(crate) fn any_function(&self) -> bool {
        self.any_function
    }
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

fn is_among(names: &[&str], name: &Name) -> bool {
    let name = name.to_string();
    names.iter().any(|it| *it == name)
}

/// Returns whether tokens name a lifetime.
pub(crate) fn names_lifetime(tokens: &TokenStream) -> bool {
    !lifetimes(tokens).is_empty()
}

/// The lifetimes that tokens name, without the `'`; an empty text for a reference that names none.
pub(crate) fn lifetimes(tokens: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => found.extend(lifetimes(&group.stream())),
            TokenTree::Punct(punct) if punct.as_char() == '\'' && punct.spacing() == Spacing::Joint => {
                found.extend(tokens.peek().map(ToString::to_string));
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                let is_lifetime = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '\'');
                if !tokens.peek().is_some_and(is_lifetime) {
                    found.push(String::new());
                }
            }
            _ => {}
        }
    }
    found
}
