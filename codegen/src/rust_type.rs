//! Which Rust type a TL type becomes, and in which form it stands on the wire.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use typelang_ir::{Argument, Builtin, ConstructorId, Nat, NatVariable, ParameterKind, ValueType};

use crate::borrowing::Holding;
use crate::generics::{Call, Generics, Variables, named};
use crate::model::Model;
use crate::rust::builtin::Representation;
use crate::tokens::{beside, id_literal, parse, path};

impl Model<'_> {
    /// The Rust type of a value.
    ///
    /// Expands to: `i32`, `Vec<enums::Message>`, `types::help::Config`, `types::Pair<i32, String>`, ….
    pub(crate) fn rust_type(&self, ty: &ValueType, variables: Variables<'_>) -> TokenStream {
        match ty {
            ValueType::Builtin(builtin) | ValueType::BoxedBuiltin(builtin, _) => self.builtin(*builtin),
            ValueType::Vector { element, .. } => {
                let element = self.rust_type(element, variables);
                quote!(Vec<#element>)
            }
            ValueType::Tuple { element, count, .. } => {
                let length = self.layout.array_length(element, *count).map(Literal::u32_unsuffixed);
                let element = self.rust_type(element, variables);
                match length {
                    Some(length) => quote!([#element; #length]),
                    None => quote!(Vec<#element>),
                }
            }
            ValueType::Boxed(id, arguments) => {
                if let Some(path) = self.extern_path(&self.schema[*id].name) {
                    return parse(path);
                }
                let path = match self.only_constructor(*id) {
                    Some(only) => self.constructor_path(only),
                    None => path("enums", self.names.ty(*id)),
                };
                let arguments = self.type_arguments(self.generics_of_type(*id), arguments, variables);
                quote!(#path #arguments)
            }
            ValueType::Bare(id, arguments) => {
                let path = self.constructor_path(*id);
                let arguments = self.type_arguments(self.generics_of(*id), arguments, variables);
                quote!(#path #arguments)
            }
            ValueType::Parameter(position) => {
                let generic = variables.generics.at(*position).map(|it| &it.data);
                quote!(#generic)
            }
            ValueType::Call(_) => {
                let call = variables.call();
                quote!(#call)
            }
            ValueType::Output(_) => {
                let call = variables.call();
                quote!(#call::Output)
            }
            ValueType::Object => self.any_constructor_type(),
            ValueType::Function => self.any_function_type(),
        }
    }

    /// Expands to: `AnyConstructor`, or `AnyConstructor<'a>`
    fn any_constructor_type(&self) -> TokenStream {
        let lifetime = self.borrowing.any_constructor().then(|| quote!(<'a>));
        quote!(AnyConstructor #lifetime)
    }

    /// Expands to: `AnyFunction`, or `AnyFunction<'a>`
    pub(crate) fn any_function_type(&self) -> TokenStream {
        let lifetime = self.borrowing.any_function().then(|| quote!(<'a>));
        quote!(AnyFunction #lifetime)
    }

    /// Expands to: `<i32, String>`, behind a lifetime if the type borrows
    fn type_arguments(&self, generics: &Generics, arguments: &[Argument], variables: Variables<'_>) -> TokenStream {
        let types = generics.types().filter_map(|it| match arguments.get(it.position) {
            Some(Argument::Type(ty)) => {
                let is_boxed = self.layout.is_boxed_argument(ty);
                let ty = self.rust_type(ty, variables);
                Some(if is_boxed { quote!(Box<#ty>) } else { ty })
            }
            _ => None,
        });
        let all: Vec<TokenStream> = generics.borrows.then(named).into_iter().chain(types).collect();
        if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
    }

    /// Expands to: `types::help::Config`
    pub(crate) fn constructor_path(&self, id: ConstructorId) -> TokenStream {
        match self.extern_path(&self.schema[id].combinator.name) {
            Some(path) => parse(path),
            None => path("types", self.names.constructor(id)),
        }
    }

    fn builtin(&self, builtin: Builtin) -> TokenStream {
        match Representation::from(builtin) {
            Representation::Integer(name) | Representation::Float(name) => parse(name),
            Representation::Bool | Representation::Presence => quote!(bool),
            Representation::Array(length) => {
                let length = Literal::u32_unsuffixed(length);
                quote!([u8; #length])
            }
            Representation::Text => self.options.string_type.as_deref().map_or_else(|| quote!(String), parse),
            Representation::Bytes => self.options.bytes_type.as_deref().map_or_else(|| quote!(Vec<u8>), parse),
        }
    }

    /// How a value stands on the wire. `nat` gives the value of a variable.
    pub(crate) fn form(
        &self,
        ty: &ValueType,
        variables: Variables<'_>,
        nat: &dyn Fn(NatVariable) -> TokenStream,
    ) -> Form {
        Forms { model: self, variables, nat }.of(ty)
    }

    /// The variables that the form of a type depends on. Arguments that make no difference do not count.
    pub(crate) fn nats(&self, ty: &ValueType, found: &mut Vec<NatVariable>) {
        let mut note = |nat: &Nat| {
            if let Nat::Variable(variable, _) = nat {
                found.push(*variable);
            }
        };
        match ty {
            ValueType::Tuple { element, count, .. } => {
                note(count);
                self.nats(element, found);
            }
            ValueType::Vector { element, .. } => self.nats(element, found),
            ValueType::Boxed(id, arguments) => self.nats_of_arguments(self.generics_of_type(*id), arguments, found),
            ValueType::Bare(id, arguments) => self.nats_of_arguments(self.generics_of(*id), arguments, found),
            _ => {}
        }
    }

    fn nats_of_arguments(&self, generics: &Generics, arguments: &[Argument], found: &mut Vec<NatVariable>) {
        for generic in &generics.parameters {
            match arguments.get(generic.position) {
                Some(Argument::Type(ty)) => self.nats(ty, found),
                Some(Argument::Nat(Nat::Variable(variable, _))) => found.push(*variable),
                _ => {}
            }
        }
    }

    /// The least number of bytes that a value of the type takes, whatever its parameters are.
    pub(crate) fn least_length(&self, ty: &ValueType) -> u32 {
        match ty {
            ValueType::Builtin(builtin) => builtin.least_length(),
            ValueType::BoxedBuiltin(builtin, _) => builtin.least_length() + 4,
            ValueType::Vector { boxed, .. } => {
                if *boxed {
                    8
                } else {
                    4
                }
            }
            ValueType::Tuple { id, element, count } => {
                let elements = match count {
                    Nat::Constant(count) => self.least_length(element).saturating_mul(*count),
                    Nat::Variable(..) => 0,
                };
                elements.saturating_add(if id.is_some() { 4 } else { 0 })
            }
            ValueType::Boxed(id, _) => self.facts.ty(*id).least_length,
            ValueType::Bare(id, _) => self.facts.constructor(*id).least_length,
            ValueType::Parameter(_) | ValueType::Output(_) => 0,
            ValueType::Call(_) | ValueType::Object | ValueType::Function => 4,
        }
    }

    /// Returns whether values of the type are so small and plain that methods return them rather than borrow them.
    pub(crate) fn is_number(&self, ty: &ValueType) -> bool {
        match ty {
            ValueType::Builtin(builtin) | ValueType::BoxedBuiltin(builtin, _) => {
                Representation::from(*builtin).is_number()
            }
            _ => false,
        }
    }
}

/// How a value stands on the wire.
pub(crate) enum Form {
    /// As the Rust type's `Encode` and `Decode` have it.
    Default,
    /// Without its id: `EncodeBare`, `DecodeBare`.
    Bare,
    /// As a form says: its type and its value.
    Codec { ty: TokenStream, value: TokenStream },
}

impl Form {
    /// The type and the value of the form.
    pub(crate) fn codec(self) -> (TokenStream, TokenStream) {
        match self {
            Self::Default => (quote!(codec::Boxed), quote!(codec::Boxed)),
            Self::Bare => (quote!(codec::Bare), quote!(codec::Bare)),
            Self::Codec { ty, value } => (ty, value),
        }
    }

    fn unit(path: TokenStream) -> Self {
        Self::Codec { ty: path.clone(), value: path }
    }
}

/// Finds the forms of types.
struct Forms<'a> {
    model: &'a Model<'a>,
    variables: Variables<'a>,
    nat: &'a dyn Fn(NatVariable) -> TokenStream,
}

impl Forms<'_> {
    fn of(&self, ty: &ValueType) -> Form {
        match ty {
            ValueType::Builtin(builtin) => self.builtin(*builtin),
            ValueType::BoxedBuiltin(builtin, id) => identified(*id, self.builtin(*builtin)),
            ValueType::Vector { boxed, element } => match (*boxed, self.of(element)) {
                (true, Form::Default) => Form::Default,
                (boxed, element) => {
                    let (ty, value) = element.codec();
                    let vector = if boxed { quote!(codec::Vector) } else { quote!(codec::BareVector) };
                    Form::Codec { ty: quote!(#vector<#ty>), value: quote!(#vector(#value)) }
                }
            },
            ValueType::Tuple { id, element, count } => {
                let tuple = self.tuple(element, count);
                match id {
                    Some(id) => identified(*id, tuple),
                    None => tuple,
                }
            }
            ValueType::Boxed(id, arguments) => self.boxed(*id, arguments),
            ValueType::Bare(id, arguments) => {
                let generics = self.model.generics_of(*id);
                match &generics.form {
                    Some(form) => {
                        self.applied(&beside("types", self.model.names.constructor(*id), form), generics, arguments)
                    }
                    None => Form::Bare,
                }
            }
            ValueType::Parameter(position) => match self.variables.generics.at(*position) {
                Some(generic) => {
                    let (ty, field) = (&generic.form, &generic.field);
                    Form::Codec { ty: quote!(#ty), value: quote!(self.#field) }
                }
                None => Form::Default,
            },
            ValueType::Output(_) => match self.variables.call {
                Some(Call { generic, field }) => {
                    Form::Codec { ty: quote!(#generic::OutputForm), value: quote!(self.#field.output_form()) }
                }
                None => Form::Default,
            },
            ValueType::Call(_) | ValueType::Object | ValueType::Function => Form::Default,
        }
    }

    fn builtin(&self, builtin: Builtin) -> Form {
        let is_text = match Representation::from(builtin) {
            Representation::Text => true,
            Representation::Bytes => false,
            Representation::Integer(_)
            | Representation::Float(_)
            | Representation::Bool
            | Representation::Presence
            | Representation::Array(_) => return Form::Default,
        };
        let long = self.model.has_long_strings();
        let holding = self.model.borrowing.of(builtin);
        if !long && matches!(holding, Holding::Default | Holding::Reference | Holding::Shared) {
            return Form::Default;
        }
        if holding == Holding::Shared {
            return Form::unit(quote!(codec::LongSharedBytes));
        }
        Form::unit(match (is_text, long, holding.borrows()) {
            (true, false, false) => quote!(codec::Text),
            (true, false, true) => quote!(codec::BorrowedText),
            (true, true, false) => quote!(codec::LongText),
            (true, true, true) => quote!(codec::LongBorrowedText),
            (false, false, false) => quote!(codec::Bytes),
            (false, false, true) => quote!(codec::BorrowedBytes),
            (false, true, false) => quote!(codec::LongBytes),
            (false, true, true) => quote!(codec::LongBorrowedBytes),
        })
    }

    fn tuple(&self, element: &ValueType, count: &Nat) -> Form {
        let (ty, value) = self.of(element).codec();
        if self.model.layout.array_length(element, *count).is_some() {
            return Form::Codec { ty: quote!(codec::Array<#ty>), value: quote!(codec::Array(#value)) };
        }
        let count = self.nat_value(count);
        Form::Codec { ty: quote!(codec::Tuple<#ty>), value: quote!(codec::Tuple::new(#value, #count)) }
    }

    fn boxed(&self, id: typelang_ir::TypeId, arguments: &[Argument]) -> Form {
        let generics = self.model.generics_of_type(id);
        let Some(form) = &generics.form else { return Form::Default };
        match self.model.only_constructor(id) {
            Some(only) => {
                let bare = self.of(&ValueType::Bare(only, arguments.to_vec()));
                identified(self.model.schema[only].combinator.id, bare)
            }
            None => self.applied(&beside("enums", self.model.names.ty(id), form), generics, arguments),
        }
    }

    /// Expands to: `types::PairForm { x: codec::Boxed, n: self.n }`
    fn applied(&self, path: &TokenStream, generics: &Generics, arguments: &[Argument]) -> Form {
        let mut types = Vec::new();
        let mut values = Vec::new();
        for generic in &generics.parameters {
            let field = &generic.field;
            match (generic.kind, arguments.get(generic.position)) {
                (ParameterKind::Type, Some(Argument::Type(ty))) => {
                    let is_boxed = self.model.layout.is_boxed_argument(ty);
                    let (ty, value) = self.of(ty).codec();
                    let (ty, value) = if is_boxed {
                        (quote!(codec::OnHeap<#ty>), quote!(codec::OnHeap(#value)))
                    } else {
                        (ty, value)
                    };
                    types.push(ty);
                    values.push(initializer(field, &value));
                }
                (ParameterKind::Nat, Some(Argument::Nat(nat))) => {
                    values.push(initializer(field, &self.nat_value(nat)));
                }
                _ => {}
            }
        }
        let arguments = if types.is_empty() { TokenStream::new() } else { quote!(<#(#types),*>) };
        Form::Codec { ty: quote!(#path #arguments), value: quote!(#path { #(#values),* }) }
    }

    fn nat_value(&self, nat: &Nat) -> TokenStream {
        match nat {
            Nat::Constant(value) => {
                let value = Literal::u32_unsuffixed(*value);
                quote!(#value)
            }
            Nat::Variable(variable, 0) => (self.nat)(*variable),
            Nat::Variable(variable, plus) => {
                let (variable, plus) = ((self.nat)(*variable), Literal::u32_unsuffixed(*plus));
                quote!(u32::saturating_add(#variable, #plus))
            }
        }
    }
}

/// Expands to: `n: self.n`
fn initializer(field: &Ident, value: &TokenStream) -> TokenStream {
    quote!(#field: #value)
}

/// Expands to: `codec::Identified::<0x9770768a, _>(codec::Array(codec::Boxed))`
fn identified(id: u32, form: Form) -> Form {
    let (ty, value) = form.codec();
    let id = id_literal(id);
    Form::Codec { ty: quote!(codec::Identified<#id, #ty>), value: quote!(codec::Identified::<#id, _>(#value)) }
}
