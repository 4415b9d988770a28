//! One enum of all functions, for those who receive them.

use proc_macro2::TokenStream;
use quote::quote;
use tl_ir::{FunctionId, ValueType};

use super::docs::Docs;
use crate::model::Model;
use crate::rust_type::path;

/// Items of the enum.
///
/// Expands to:
///
/// ```text
/// pub enum AnyFunction {
///     MessagesSendEncrypted(Box<functions::messages::SendEncrypted>),
///     InvokeWithLayer(Box<functions::InvokeWithLayer<AnyFunction>>),
/// }
///
/// impl AnyFunction { pub fn name(&self) -> &'static str { … } }
/// impl Encode for AnyFunction { … }
/// impl Decode for AnyFunction { … }
/// ```
pub(crate) fn any_function(model: &Model<'_>) -> Vec<TokenStream> {
    let variants: Vec<Variant> = model.schema.function_ids().map(|id| Variant::new(model, id)).collect();
    vec![definition(model, &variants), name_impl(model, &variants), encode_impl(&variants), decode_impl(model, &variants)]
}

struct Variant {
    id: FunctionId,
    name: proc_macro2::Ident,
    /// Path of the struct, without generic arguments.
    path: TokenStream,
    arguments: TokenStream,
    has_fields: bool,
    boxed: bool,
}

impl Variant {
    fn new(model: &Model<'_>, id: FunctionId) -> Self {
        let wraps = model.schema[id].combinator.fields.iter().any(|field| field.ty == ValueType::Parameter);
        Self {
            id,
            name: model.names.function_variant(id).clone(),
            path: path("functions", model.names.function(id)),
            arguments: if wraps { quote!(<AnyFunction>) } else { quote!() },
            has_fields: !model.function(id).is_unit(),
            boxed: wraps || model.facts.function(id).boxed_variant,
        }
    }

    fn ty(&self) -> TokenStream {
        let (path, arguments) = (&self.path, &self.arguments);
        if self.boxed { quote!(Box<#path #arguments>) } else { quote!(#path #arguments) }
    }
}

fn definition(model: &Model<'_>, variants: &[Variant]) -> TokenStream {
    let docs = Docs::default()
        .paragraph("A call of any function, for servers and proxies.")
        .paragraph("A function that wraps another call holds it as a value of this type.")
        .tokens(model.options);
    let variants = variants.iter().map(|variant| {
        let combinator = &model.schema[variant.id].combinator;
        let docs =
            Docs::default().paragraph(&format!("`{}#{:08x}`", combinator.name, combinator.id)).tokens(model.options);
        let (name, ty) = (&variant.name, variant.ty());
        if variant.has_fields { quote!(#docs #name(#ty)) } else { quote!(#docs #name) }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub enum AnyFunction { #(#variants),* }
    }
}

fn name_impl(model: &Model<'_>, variants: &[Variant]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let name = &variant.name;
        let text = model.schema[variant.id].combinator.name.to_string();
        if variant.has_fields { quote!(Self::#name(_) => #text) } else { quote!(Self::#name => #text) }
    });
    let docs = Docs::default().paragraph("The name of the function in the schema.").tokens(model.options);
    quote! {
        impl AnyFunction {
            #docs
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { #(#arms),* }
            }
        }
    }
}

fn encode_impl(variants: &[Variant]) -> TokenStream {
    let lengths = variants.iter().map(|variant| {
        let (name, path) = (&variant.name, &variant.path);
        if variant.has_fields {
            quote!(Self::#name(value) => value.encoded_len())
        } else {
            quote!(Self::#name => #path.encoded_len())
        }
    });
    let writes = variants.iter().map(|variant| {
        let (name, path) = (&variant.name, &variant.path);
        if variant.has_fields {
            quote!(Self::#name(value) => value.encode(writer))
        } else {
            quote!(Self::#name => #path.encode(writer))
        }
    });
    quote! {
        impl Encode for AnyFunction {
            fn encoded_len(&self) -> usize {
                match self { #(#lengths),* }
            }

            fn encode(&self, writer: &mut Writer<'_>) {
                match self { #(#writes),* }
            }
        }
    }
}

fn decode_impl(model: &Model<'_>, variants: &[Variant]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (name, path) = (&variant.name, &variant.path);
        let id = super::id_literal(model.schema[variant.id].combinator.id);
        let value = match (variant.has_fields, variant.boxed) {
            (true, true) => quote!(Self::#name(reader.decode_box()?)),
            (true, false) => quote!(Self::#name(reader.decode_bare()?)),
            (false, _) => quote!({ #path::decode_bare(reader)?; Self::#name }),
        };
        quote!(#id => #value)
    });
    let ids = variants.iter().map(|variant| super::id_literal(model.schema[variant.id].combinator.id));
    quote! {
        impl Decode for AnyFunction {
            const MIN_LEN: usize = 4;
            const IDS: &'static [u32] = &[#(#ids),*];

            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let enclosing = reader.enter("any function");
                let value = match reader.read_id()? {
                    #(#arms,)*
                    id => return Err(reader.unknown_constructor(id, Self::IDS)),
                };
                reader.leave(enclosing);
                Ok(value)
            }
        }
    }
}
