//! Parameters of constructors and types that make a difference, and their Rust names.
//!
//! `pair {X:Type} {Y:Type} a:X b:Y = Pair X Y` is a generic struct, `Pair<X, Y>`. How it stands on the wire is said by a
//! *form*, a small struct that holds the form of each type argument and the value of each natural argument: `PairForm`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use typelang_ir::{Argument, Facts, Field, Parameter, ParameterKind, ValueType};

use crate::names::{FieldNames, GenericNames, text};

/// The parameters of a constructor or a type that make a difference.
#[derive(Default)]
pub(crate) struct Generics {
    pub(crate) parameters: Vec<Generic>,
    /// The name of the form, if there are parameters.
    pub(crate) form: Option<Ident>,
    /// Whether the data has a lifetime, `'a`, in front of its type parameters: it borrows from the input.
    pub(crate) borrows: bool,
}

/// One parameter.
pub(crate) struct Generic {
    /// Its position among the parameters of the constructor or type.
    pub(crate) position: usize,
    pub(crate) kind: ParameterKind,
    /// The field of the form.
    pub(crate) field: Ident,
    /// The type parameter of the data: `X`.
    pub(crate) data: Ident,
    /// The type parameter of the form: `XForm`.
    pub(crate) form: Ident,
}

impl Generics {
    pub(crate) fn new(
        parameters: &[Parameter],
        used: &[usize],
        owner: &Ident,
        groups: &[&Ident],
        borrows: bool,
        form: impl FnOnce(&str) -> Ident,
    ) -> Self {
        if used.is_empty() {
            return Self { borrows, ..Self::default() };
        }
        let form = form(&(text(owner).trim_end_matches('_').to_owned() + "Form"));
        let mut names = FieldNames::default();
        let mut generics = GenericNames::apart_from([owner, &form].into_iter().chain(groups.iter().copied()));
        let data: Vec<Ident> = used.iter().map(|&position| generics.ident(&parameters[position].name)).collect();
        let parameters = used.iter().zip(data).map(|(&position, data)| {
            let parameter = &parameters[position];
            Generic {
                position,
                kind: parameter.kind,
                field: names.ident(&parameter.name),
                form: generics.ident_with(&data, "Form"),
                data,
            }
        });
        Self { parameters: parameters.collect(), form: Some(form), borrows }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parameters.is_empty()
    }

    /// The parameter at a position, if it makes a difference.
    pub(crate) fn at(&self, position: usize) -> Option<&Generic> {
        let index = self.parameters.binary_search_by_key(&position, |it| it.position).ok()?;
        self.parameters.get(index)
    }

    /// The type parameters.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Generic> {
        self.parameters.iter().filter(|it| it.kind == ParameterKind::Type)
    }

    pub(crate) fn has_nats(&self) -> bool {
        self.parameters.iter().any(|it| it.kind == ParameterKind::Nat)
    }

    /// The parameters of the data.
    pub(crate) fn parameters(&self) -> Parameters {
        Parameters { borrows: self.borrows, types: self.types().map(|it| it.data.clone()).collect() }
    }

    /// Expands to: `<XForm, YForm>`
    pub(crate) fn forms(&self) -> TokenStream {
        list(None, self.types().map(|it| &it.form))
    }

    /// The parameters of a struct that has some of the fields: the type parameters that these refer to, and the lifetime if they
    /// borrow. An argument that makes no difference to a type is left out of its Rust type.
    pub(crate) fn parameters_of(&self, facts: &Facts, fields: &[&Field], borrows: bool) -> Parameters {
        let mut positions = BTreeSet::new();
        for field in fields {
            add_parameters(facts, &field.ty, &mut positions);
        }
        let used = self.types().filter(|it| positions.contains(&it.position));
        Parameters { borrows, types: used.map(|it| it.data.clone()).collect() }
    }

    /// Expands to: `<X, Y, XForm: EncodeAs<X>, YForm: EncodeAs<Y>>`, behind a lifetime if the data borrows
    pub(crate) fn encoding(&self) -> TokenStream {
        let lifetime = self.borrows.then(|| quote!('a,));
        let parameters = self.bounded(|data| quote!(EncodeAs<#data>));
        if parameters.is_empty() && !self.borrows { parameters } else { quote!(<#lifetime #parameters>) }
    }

    /// Expands to: `<'a, X, Y, XForm: DecodeAs<'a, X>, YForm: DecodeAs<'a, Y>>`
    pub(crate) fn decoding(&self) -> TokenStream {
        let parameters = self.bounded(|data| quote!(DecodeAs<'a, #data>));
        quote!(<'a, #parameters>)
    }

    fn bounded(&self, bound: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let data = self.types().map(|it| &it.data);
        let forms = self.types().map(|it| {
            let (form, bound) = (&it.form, bound(&it.data));
            quote!(#form: #bound)
        });
        let all = data.map(|it| quote!(#it)).chain(forms);
        quote!(#(#all),*)
    }
}

/// The parameters of a struct or an enum, as the headers of its impls name them.
pub(crate) struct Parameters {
    /// Whether there is a lifetime, that of the input.
    pub(crate) borrows: bool,
    /// The type parameters.
    pub(crate) types: Vec<Ident>,
}

impl Parameters {
    /// Expands to: `<'a, X>`, the parameters, and what they are within the type
    pub(crate) fn named(&self) -> TokenStream {
        list(self.borrows.then(named), self.types.iter())
    }

    /// Expands to: `<X>`, the parameters of an impl in which nothing names the lifetime
    pub(crate) fn unborrowed(&self) -> TokenStream {
        list(None, self.types.iter())
    }

    /// Expands to: `<'_, X>`, what the type's parameters are in such an impl
    pub(crate) fn elided(&self) -> TokenStream {
        list(self.borrows.then(elided), self.types.iter())
    }
}

/// The variables of a combinator in Rust.
#[derive(Clone, Copy)]
pub(crate) struct Variables<'a> {
    pub(crate) generics: &'a Generics,
    /// The call that a function wraps.
    pub(crate) call: Option<&'a Call>,
}

/// The call that a function wraps.
pub(crate) struct Call {
    /// The type parameter that stands for it.
    pub(crate) generic: Ident,
    /// The field that holds it.
    pub(crate) field: Ident,
}

impl Variables<'_> {
    pub(crate) fn call(&self) -> Option<&Ident> {
        self.call.map(|call| &call.generic)
    }
}

/// Expands to: `<'a, X, Y>`, or nothing if there is nothing in it
pub(crate) fn list<'i>(lifetime: Option<TokenStream>, idents: impl Iterator<Item = &'i Ident>) -> TokenStream {
    let all: Vec<TokenStream> = lifetime.into_iter().chain(idents.map(|it| quote!(#it))).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
}

/// The lifetime of the input.
pub(crate) fn named() -> TokenStream {
    quote!('a)
}

/// A lifetime that nothing else names.
pub(crate) fn elided() -> TokenStream {
    quote!('_)
}

/// Adds the positions of the parameters that a type refers to.
fn add_parameters(facts: &Facts, ty: &ValueType, positions: &mut BTreeSet<usize>) {
    let (used, arguments) = match ty {
        ValueType::Parameter(position) => {
            positions.insert(*position);
            return;
        }
        ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => {
            return add_parameters(facts, element, positions);
        }
        ValueType::Boxed(id, arguments) => (facts.used_by_type(*id), arguments),
        ValueType::Bare(id, arguments) => (facts.used_by_constructor(*id), arguments),
        _ => return,
    };
    for position in used {
        if let Some(Argument::Type(ty)) = arguments.get(*position) {
            add_parameters(facts, ty, positions);
        }
    }
}
