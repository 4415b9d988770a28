//! Which Rust type a TL type becomes, and in which form it stands on the wire.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tl_ir::{Builtin, ValueType};

use crate::model::Model;
use crate::names::{ItemName, value_ident};

impl Model<'_> {
    /// The Rust type of a value. `parameter` stands for the type of a wrapped call.
    ///
    /// Expands to: `i32`, `Vec<enums::Message>`, `types::help::Config`, ….
    pub(crate) fn rust_type(&self, ty: &ValueType, parameter: Option<&Ident>) -> TokenStream {
        match ty {
            ValueType::Builtin(builtin) => self.builtin(*builtin),
            ValueType::Vector { element, .. } => {
                let element = self.rust_type(element, parameter);
                quote!(Vec<#element>)
            }
            ValueType::Boxed(id) => {
                let ty = &self.schema[*id];
                if let Some(path) = self.extern_path(&ty.name) {
                    return parse(path);
                }
                match self.schema.only_constructor(*id) {
                    Some(only) => self.constructor_path(only),
                    None => path("enums", self.names.ty(*id)),
                }
            }
            ValueType::Bare(id) => self.constructor_path(*id),
            ValueType::Parameter => quote!(#parameter),
        }
    }

    /// Expands to: `types::help::Config`
    pub(crate) fn constructor_path(&self, id: tl_ir::ConstructorId) -> TokenStream {
        match self.extern_path(&self.schema[id].combinator.name) {
            Some(path) => parse(path),
            None => path("types", self.names.constructor(id)),
        }
    }

    fn builtin(&self, builtin: Builtin) -> TokenStream {
        match builtin {
            Builtin::Nat => quote!(u32),
            Builtin::Int => quote!(i32),
            Builtin::Long => quote!(i64),
            Builtin::Double => quote!(f64),
            Builtin::Int128 => quote!([u8; 16]),
            Builtin::Int256 => quote!([u8; 32]),
            Builtin::Int512 => quote!([u8; 64]),
            Builtin::String => self.options.string_type.as_deref().map_or_else(|| quote!(String), parse),
            Builtin::Bytes => self.options.bytes_type.as_deref().map_or_else(|| quote!(Vec<u8>), parse),
            Builtin::Bool | Builtin::True => quote!(bool),
        }
    }

    /// How a value stands on the wire.
    pub(crate) fn form(&self, ty: &ValueType) -> Form {
        let options = self.options;
        match ty {
            ValueType::Builtin(Builtin::String) => match (options.long_strings, &options.string_type) {
                (true, _) => Form::Codec(quote!(codec::LongString)),
                (false, Some(_)) => Form::Codec(quote!(codec::Text)),
                (false, None) => Form::Default,
            },
            ValueType::Builtin(Builtin::Bytes) => match (options.long_strings, &options.bytes_type) {
                (true, _) => Form::Codec(quote!(codec::LongBytes)),
                (false, Some(_)) => Form::Codec(quote!(codec::Bytes)),
                (false, None) => Form::Default,
            },
            ValueType::Builtin(_) | ValueType::Boxed(_) | ValueType::Parameter => Form::Default,
            ValueType::Bare(_) => Form::Bare,
            ValueType::Vector { boxed, element } => match (*boxed, self.form(element)) {
                (true, Form::Default) => Form::Default,
                (true, element) => {
                    let element = element.codec();
                    Form::Codec(quote!(codec::Vector<#element>))
                }
                (false, element) => {
                    let element = element.codec();
                    Form::Codec(quote!(codec::BareVector<#element>))
                }
            },
        }
    }

    /// The number of bytes that every value of the type takes, if it is always the same.
    pub(crate) fn fixed_length(&self, ty: &ValueType) -> Option<u32> {
        match ty {
            ValueType::Builtin(builtin) => match builtin {
                Builtin::Nat | Builtin::Int | Builtin::Bool => Some(4),
                Builtin::Long | Builtin::Double => Some(8),
                Builtin::Int128 => Some(16),
                Builtin::Int256 => Some(32),
                Builtin::Int512 => Some(64),
                Builtin::True => Some(0),
                Builtin::String | Builtin::Bytes => None,
            },
            ValueType::Boxed(id) => self.facts.ty(*id).fixed_length,
            ValueType::Bare(id) => self.facts.constructor(*id).fixed_length,
            ValueType::Vector { .. } | ValueType::Parameter => None,
        }
    }

    /// Whether values of the type are so small and plain that methods return them rather than borrow them.
    pub(crate) fn is_number(&self, ty: &ValueType) -> bool {
        matches!(
            ty,
            ValueType::Builtin(
                Builtin::Nat | Builtin::Int | Builtin::Long | Builtin::Double | Builtin::Bool | Builtin::True
            )
        )
    }
}

/// How a value stands on the wire.
pub(crate) enum Form {
    /// As the Rust type's `Encode` and `Decode` have it.
    Default,
    /// Without its id: `EncodeBare`, `DecodeBare`.
    Bare,
    /// As a codec of the runtime has it.
    Codec(TokenStream),
}

impl Form {
    fn codec(self) -> TokenStream {
        match self {
            Self::Default => quote!(codec::Boxed),
            Self::Bare => quote!(codec::Bare),
            Self::Codec(codec) => codec,
        }
    }
}

/// Expands to: `enums::help::Config`
pub(crate) fn path(root: &str, item: &ItemName) -> TokenStream {
    let root = value_ident(root);
    let modules = item.modules.iter().map(|module| value_ident(module));
    let ident = &item.ident;
    quote!(#root #(:: #modules)* :: #ident)
}

/// The tokens of a text that was checked when the options were set.
pub(crate) fn parse(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}
