//! One enum of all functions, for those who receive them, and one of all constructors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tl_ir::Combinator;

use super::docs::Docs;
use super::id_literal;
use super::reflected::reflected_any;
use crate::model::Model;
use crate::rust_type::path;

/// Items of the enum of all functions.
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
    let variants = model.schema.function_ids().map(|id| {
        let combinator = &model.schema[id].combinator;
        let wraps = model.schema[id].call().is_some();
        Variant {
            combinator,
            name: model.names.function_variant(id),
            path: path("functions", model.names.function(id)),
            arguments: if wraps { quote!(<AnyFunction>) } else { quote!() },
            has_fields: !model.function(id).is_unit(),
            boxed: wraps || model.facts.function(id).boxed_variant,
        }
    });
    let docs = Docs::default()
        .paragraph("A call of any function, for servers and proxies.")
        .paragraph("A function that wraps another call holds it as a value of this type.");
    let ident = Ident::new("AnyFunction", proc_macro2::Span::call_site());
    let reflected = reflected_any(model, "any_function");
    any(model, &ident, docs, &variants.collect::<Vec<_>>(), reflected.as_ref())
}

/// Items of the enum of all constructors, `AnyConstructor`; the same shape as that of [`any_function`].
pub(crate) fn any_constructor(model: &Model<'_>) -> Vec<TokenStream> {
    let variants = model.schema.constructor_ids().filter(|&id| model.stands_alone(id)).map(|id| Variant {
        combinator: &model.schema[id].combinator,
        name: model.names.constructor_variant(id),
        path: model.constructor_path(id),
        arguments: quote!(),
        has_fields: !model.constructor(id).is_unit(),
        boxed: model.facts.constructor(id).memory > model.options.layout.max_variant,
    });
    let docs = Docs::default()
        .paragraph("A boxed value of any type, as the TL type `Object` is.")
        .paragraph("For what is known by its id alone: bytes from a log, the answer to a request that is not at hand.");
    let ident = Ident::new("AnyConstructor", proc_macro2::Span::call_site());
    let reflected = reflected_any(model, "any_constructor");
    any(model, &ident, docs, &variants.collect::<Vec<_>>(), reflected.as_ref())
}

fn any(
    model: &Model<'_>,
    ident: &Ident,
    docs: Docs,
    variants: &[Variant<'_>],
    reflected: Option<&TokenStream>,
) -> Vec<TokenStream> {
    let mut items = vec![
        definition(model, ident, docs, variants),
        name_impl(model, ident, variants),
        encode_impl(ident, variants, reflected),
    ];
    items.extend(decode_impls(ident, variants, reflected));
    items
}

struct Variant<'a> {
    combinator: &'a Combinator,
    name: &'a Ident,
    /// Path of the struct, without generic arguments.
    path: TokenStream,
    arguments: TokenStream,
    has_fields: bool,
    boxed: bool,
}

impl Variant<'_> {
    fn ty(&self) -> TokenStream {
        let (path, arguments) = (&self.path, &self.arguments);
        if self.boxed { quote!(Box<#path #arguments>) } else { quote!(#path #arguments) }
    }
}

fn definition(model: &Model<'_>, ident: &Ident, docs: Docs, variants: &[Variant<'_>]) -> TokenStream {
    let docs = docs.tokens(model.options);
    let variants = variants.iter().map(|variant| {
        let combinator = variant.combinator;
        let docs =
            Docs::default().paragraph(&format!("`{}#{:08x}`", combinator.name, combinator.id)).tokens(model.options);
        let (name, ty) = (&variant.name, variant.ty());
        if variant.has_fields { quote!(#docs #name(#ty)) } else { quote!(#docs #name) }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub enum #ident { #(#variants),* }
    }
}

fn name_impl(model: &Model<'_>, ident: &Ident, variants: &[Variant<'_>]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let name = &variant.name;
        let text = variant.combinator.name.to_string();
        if variant.has_fields { quote!(Self::#name(_) => #text) } else { quote!(Self::#name => #text) }
    });
    let docs = Docs::default().paragraph("The name in the schema.").tokens(model.options);
    quote! {
        impl #ident {
            #docs
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { #(#arms),* }
            }
        }
    }
}

fn encode_impl(ident: &Ident, variants: &[Variant<'_>], reflected: Option<&TokenStream>) -> TokenStream {
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
        impl Encode for #ident {
            fn encoded_len(&self) -> usize {
                match self { #(#lengths),* }
            }

            fn encode(&self, writer: &mut Writer<'_>) {
                match self { #(#writes),* }
            }

            #reflected
        }
    }
}

/// Most arms of one function. A call can hold a call, an `Object` an object, and each one inside of another takes a frame;
/// an unoptimised frame has room for every arm.
const PART: usize = 32;

/// Decoding by id: in one function if there are few variants, else in parts by ranges of ids.
fn decode_impls(ident: &Ident, variants: &[Variant<'_>], reflected: Option<&TokenStream>) -> Vec<TokenStream> {
    let type_name = ident.to_string();
    let ids = variants.iter().map(|variant| id_literal(variant.combinator.id));
    let mut sorted: Vec<&Variant<'_>> = variants.iter().collect();
    sorted.sort_by_key(|variant| variant.combinator.id);
    let parts: Vec<&[&Variant<'_>]> = sorted.chunks(PART).collect();
    let arms = match parts[..] {
        [only] => {
            let arms = decode_arms(only);
            quote!(#(#arms,)* _ => return Err(reader.unknown_constructor(id, Self::IDS)))
        }
        _ => {
            let mut first = 0;
            let arms = parts.iter().enumerate().map(|(index, part)| {
                let function = part_ident(index);
                let last = part.last().map_or(0, |variant| variant.combinator.id);
                let (from, to) = (id_literal(first), id_literal(last));
                first = last.wrapping_add(1);
                let range = if index + 1 == parts.len() { quote!(_) } else { quote!(#from..=#to) };
                quote!(#range => Self::#function(id, reader)?)
            });
            quote!(#(#arms),*)
        }
    };
    let decode = quote! {
        impl Decode for #ident {
            const MIN_LEN: usize = 4;
            const IDS: &'static [u32] = &[#(#ids),*];

            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let enclosing = reader.enter(#type_name);
                let id = reader.read_id()?;
                let value = match id { #arms };
                reader.leave(enclosing);
                Ok(value)
            }

            #reflected
        }
    };
    let mut items = vec![decode];
    if parts.len() > 1 {
        let functions = parts.iter().enumerate().map(|(index, part)| decode_part(index, part));
        items.push(quote!(impl #ident { #(#functions)* }));
    }
    items
}

fn part_ident(index: usize) -> Ident {
    Ident::new(&format!("decode_part_{}", index + 1), proc_macro2::Span::call_site())
}

fn decode_part(index: usize, variants: &[&Variant<'_>]) -> TokenStream {
    let function = part_ident(index);
    let arms = decode_arms(variants);
    quote! {
        #[inline(never)]
        fn #function(id: u32, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
            Ok(match id {
                #(#arms,)*
                _ => return Err(reader.unknown_constructor(id, Self::IDS)),
            })
        }
    }
}

fn decode_arms(variants: &[&Variant<'_>]) -> Vec<TokenStream> {
    let arms = variants.iter().map(|variant| {
        let (name, path) = (&variant.name, &variant.path);
        let id = id_literal(variant.combinator.id);
        let value = match (variant.has_fields, variant.boxed) {
            (true, true) => quote!(Self::#name(reader.decode_box()?)),
            (true, false) => quote!(Self::#name(reader.decode_bare()?)),
            (false, _) => quote!({ #path::decode_bare(reader)?; Self::#name }),
        };
        quote!(#id => #value)
    });
    arms.collect()
}
