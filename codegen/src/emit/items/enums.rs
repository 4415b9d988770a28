//! The impls of an enum: of the constructors of a type, with parameters or without, and of everything.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::body::reflected::place_of_enum;
use crate::emit::docs::Docs;
use crate::emit::items::choice::{BuiltinVariant, Calls, Choice, ChoiceKind, Variant, failed_arm};
use crate::emit::items::forms;
use crate::generics::{elided, named};
use crate::names::Names;
use crate::tokens::length_literal;

/// The enum itself.
///
/// Expands to: `pub enum InputPeer { Empty, User(types::InputPeerUser), Channel(Box<types::InputPeerChannel>) }`
pub(crate) fn definition(choice: &Choice<'_>) -> TokenStream {
    let options = choice.model.options;
    let docs = choice.docs.tokens(options);
    let variants = choice.variants.iter().map(|variant| {
        let (docs, name, structure) = (variant.docs.tokens(options), variant.name, variant.structure());
        match (variant.holds_struct, variant.boxed) {
            (false, _) => quote!(#docs #name),
            (true, true) => quote!(#docs #name(Box<#structure>)),
            (true, false) => quote!(#docs #name(#structure)),
        }
    });
    let call = (choice.calls == Calls::Held).then(|| {
        let docs = Docs::default().paragraph("A call of any function.").tokens(options);
        let (name, ty) = (Names::call_variant(), choice.model.any_function_type());
        quote!(#docs #name(Box<#ty>))
    });
    let end = choice.end().map(|end| {
        let docs = Docs::default().paragraph("Not a value: decoders return it beside an error.").tokens(options);
        quote!(#docs #[doc(hidden)] #end)
    });
    let builtins = choice.builtins.iter().map(|builtin| {
        let (docs, name, ty) = (builtin.docs.tokens(options), &builtin.name, &builtin.ty);
        quote!(#docs #name(#ty))
    });
    let variants = variants.chain(builtins).chain(call).chain(end);
    let (derives, ident, parameters) = (&choice.derives, &choice.ident, choice.parameters.named());
    quote!(#docs #derives pub enum #ident #parameters { #(#variants),* })
}

/// The form of an enum with parameters.
///
/// Expands to: `pub struct MaybeForm<TForm> { pub t: TForm }`
pub(crate) fn form(choice: &Choice<'_>) -> Vec<TokenStream> {
    choice.generics.map_or_else(Vec::new, |it| forms::definition(choice.model.options, &choice.ident, it))
}

/// Expands to:
///
/// ```text
/// pub fn name(&self) -> &'static str {
///     match self {
///         Self::Config(_) => "config",
///         Self::Call(call) => call.name(),
///     }
/// }
/// ```
pub(crate) fn name(choice: &Choice<'_>) -> Vec<TokenStream> {
    let arms = choice.variants.iter().map(|variant| {
        let (name, text) = (variant.name, variant.combinator.name.to_string());
        if variant.holds_struct { quote!(Self::#name(_) => #text) } else { quote!(Self::#name => #text) }
    });
    let builtins = choice.builtins.iter().flat_map(builtin_names);
    let call = (choice.calls == Calls::Held).then(Names::call_variant);
    let arms = arms.chain(builtins).chain(call.map(|call| quote!(Self::#call(call) => call.name())));
    let arms = arms.chain(choice.end().map(|end| quote!(Self::#end => "")));
    let docs = Docs::default().paragraph("Returns the name in the schema.").tokens(choice.model.options);
    vec![quote! {
        #docs
        #[must_use]
        pub fn name(&self) -> &'static str {
            match self { #(#arms),* }
        }
    }]
}

/// Expands to:
///
/// ```text
/// impl Encode for InputPeer {
///     fn encode(&self, writer: &mut Writer<'_>) {
///         match self {
///             Self::Empty => writer.write_id(types::InputPeerEmpty::ID),
///             Self::User(value) => value.encode(writer),
///         }
///     }
/// }
/// ```
pub(crate) fn encode(choice: &Choice<'_>) -> Vec<TokenStream> {
    let Choice { ident, name, .. } = choice;
    let arms = choice.variants.iter().map(|variant| encode_arm(choice, variant));
    let builtins = choice
        .builtins
        .iter()
        .map(|BuiltinVariant { name, boxed, .. }| quote!(Self::#name(value) => #boxed.encode_as(value, writer)));
    let call = (choice.calls == Calls::Held).then(Names::call_variant);
    let arms = arms.chain(builtins).chain(call.map(|call| quote!(Self::#call(call) => call.encode(writer))));
    let arms = arms.chain(choice.end().map(|end| quote!(Self::#end => writer.fail_without_value(#name))));
    // An enum of everything has too many arms to be compiled wherever it is used.
    let inline = (choice.kind != ChoiceKind::Any).then(|| quote!(#[inline]));
    let (arguments, empty) = (choice.parameters.elided(), may_be_empty(choice, None));
    vec![quote! {
        impl Encode for #ident #arguments {
            #inline
            fn encode(&self, writer: &mut Writer<'_>) {
                match self { #(#arms),* }
            }

            #empty
        }
    }]
}

/// A method for an enum whose values may take no bytes, since its default constructor need not take any.
///
/// Expands to: `fn may_be_empty() -> bool { true }`
fn may_be_empty(choice: &Choice<'_>, receiver: Option<TokenStream>) -> Option<TokenStream> {
    (choice.least_length == 0).then(|| quote!(fn may_be_empty(#receiver) -> bool { true }))
}

/// Expands to: `Self::Int(_) => "int"`
fn builtin_names(builtin: &BuiltinVariant) -> Vec<TokenStream> {
    let name = &builtin.name;
    if builtin.is_bool() {
        let values = [true, false].into_iter().zip(&builtin.constructors);
        return values.map(|(value, (_, text))| quote!(Self::#name(#value) => #text)).collect();
    }
    builtin.constructors.iter().map(|(_, text)| quote!(Self::#name(_) => #text)).collect()
}

/// Expands to: `Self::User(value) => value.encode(writer)`, or `Encode::encode(value, writer)` where the struct has a method of that
/// name itself, of a field.
fn encode_arm(choice: &Choice<'_>, variant: &Variant<'_>) -> TokenStream {
    let Variant { name, path, .. } = variant;
    let value = if variant.boxed { quote!(&**value) } else { quote!(value) };
    match (variant.holds_struct, variant.is_default) {
        (true, false) if variant.record.has_method("encode") => {
            quote!(Self::#name(value) => Encode::encode(#value, writer))
        }
        (true, true) if variant.record.has_method("encode_bare") => {
            quote!(Self::#name(value) => EncodeBare::encode_bare(#value, writer))
        }
        (true, false) => quote!(Self::#name(value) => value.encode(writer)),
        (true, true) => quote!(Self::#name(value) => value.encode_bare(writer)),
        (false, true) => quote!(Self::#name => #path.encode_bare(writer)),
        (false, false) if choice.is_id_alone(variant) => quote!(Self::#name => writer.write_id(#path::ID)),
        (false, false) => quote!(Self::#name => #path.encode(writer)),
    }
}

/// Expands to:
///
/// ```text
/// impl<T, TForm: EncodeAs<T>> EncodeAs<Maybe<T>> for MaybeForm<TForm> {
///     fn encode_as(self, value: &Maybe<T>, writer: &mut Writer<'_>) {
///         match value {
///             Maybe::ResultFalse => { writer.write_id(0x27930a7b); }
///             Maybe::ResultTrue(field) => {
///                 writer.write_id(0x3f9c8ef8);
///                 types::ResultTrueForm { t: self.t }.encode_as(field, writer);
///             }
///         }
///     }
/// }
/// ```
pub(crate) fn encode_as(choice: &Choice<'_>) -> Vec<TokenStream> {
    let Choice { ident, name, generics: Some(generics), .. } = choice else { return Vec::new() };
    let (form, data) = (&generics.form, choice.parameters.named());
    let (arguments, bounds) = (generics.forms(), generics.encoding());
    let arms = choice.variants.iter().map(|variant| encode_as_arm(choice, variant));
    let arms = arms.chain(choice.end().map(|end| quote!(#ident::#end => writer.fail_without_value(#name),)));
    let empty = may_be_empty(choice, Some(quote!(self)));
    vec![quote! {
        impl #bounds EncodeAs<#ident #data> for #form #arguments {
            fn encode_as(self, value: &#ident #data, writer: &mut Writer<'_>) {
                match value { #(#arms)* }
            }

            #empty
        }
    }]
}

/// Expands to: `Maybe::ResultTrue(field) => { writer.write_id(0x3f9c8ef8); codec::Bare.encode_as(field, writer); }`
fn encode_as_arm(choice: &Choice<'_>, variant: &Variant<'_>) -> TokenStream {
    let Choice { ident, .. } = choice;
    let Variant { name, path, form, .. } = variant;
    let id = variant.id();
    let write_id = (!variant.is_default).then(|| quote!(writer.write_id(#id);));
    if choice.is_id_alone(variant) {
        return quote!(#ident::#name => { #write_id });
    }
    match (variant.holds_struct, variant.boxed) {
        (false, _) => quote!(#ident::#name => { #write_id #form.encode_as(&#path, writer); }),
        (true, true) => quote!(#ident::#name(field) => { #write_id #form.encode_as(&**field, writer); }),
        (true, false) => quote!(#ident::#name(field) => { #write_id #form.encode_as(field, writer); }),
    }
}

/// Expands to:
///
/// ```text
/// impl Decode<'_> for InputPeer {
///     const IN_SCHEMA: SchemaPlace = Self::PLACE;
///     const MIN_LEN: usize = 4;
///     const IDS: &'static [u32] = &[0x7f3b18ea, 0xdde8a54c];
///
///     #[inline]
///     fn decode(reader: &mut Reader<'_>) -> Self {
///         match reader.read_id("InputPeer") {
///             types::InputPeerEmpty::ID => Self::Empty,
///             types::InputPeerUser::ID => Self::User(reader.decode_bare()),
///             id => {
///                 reader.fail_with_id(id, "InputPeer", Self::IDS);
///                 Self::Empty
///             }
///         }
///     }
/// }
/// ```
pub(crate) fn decode(choice: &Choice<'_>) -> Vec<TokenStream> {
    // Decoders are compiled where they are used. With optimisation that takes long, so what is common is compiled once, with the
    // crate; without, an incremental build of the program keeps it.
    let inline = if choice.common { quote!(#[cfg_attr(debug_assertions, inline)]) } else { quote!(#[inline]) };
    vec![decode_impl(choice, Some(inline), &dispatch(choice, &choice.own_ids()))]
}

/// The impl of `Decode` of an enum whose value some statements read.
pub(crate) fn decode_impl(choice: &Choice<'_>, inline: Option<TokenStream>, read: &TokenStream) -> TokenStream {
    let (ident, place) = (&choice.ident, place_of_enum(choice));
    let (least_length, ids) = (length_literal(choice.least_length), choice.ids());
    let parameters = choice.parameters.named();
    let input = lifetime_of_input(choice);
    quote! {
        impl #parameters Decode<#input> for #ident #parameters {
            #place
            const MIN_LEN: usize = #least_length;
            const IDS: &'static [u32] = &[#(#ids),*];

            #inline
            fn decode(reader: &mut Reader<#input>) -> Self {
                #read
            }
        }
    }
}

/// The lifetime of the input in an impl of an enum: the enum's, if it has one.
///
/// Expands to: `'a`, or `'_`
pub(crate) fn lifetime_of_input(choice: &Choice<'_>) -> TokenStream {
    if choice.parameters.borrows { named() } else { elided() }
}

/// Expands to:
///
/// ```text
/// impl<'a, T, TForm: DecodeAs<'a, T>> DecodeAs<'a, Maybe<T>> for MaybeForm<TForm> {
///     fn min_len(self) -> usize { 4 }
///
///     fn decode_as(self, reader: &mut Reader<'a>) -> Maybe<T> {
///         match reader.read_id("Maybe") {
///             0x27930a7b => Maybe::ResultFalse,
///             0x3f9c8ef8 => Maybe::ResultTrue(reader.decode_as(types::ResultTrueForm { t: self.t })),
///             id => { … }
///         }
///     }
/// }
/// ```
pub(crate) fn decode_as(choice: &Choice<'_>) -> Vec<TokenStream> {
    let Choice { ident, generics: Some(generics), .. } = choice else { return Vec::new() };
    let (form, data) = (&generics.form, choice.parameters.named());
    let (arguments, bounds) = (generics.forms(), generics.decoding());
    let (least_length, ids) = (length_literal(choice.least_length), choice.ids());
    let read = dispatch(choice, &quote!(&[#(#ids),*]));
    vec![quote! {
        impl #bounds DecodeAs<'a, #ident #data> for #form #arguments {
            #[inline]
            fn min_len(self) -> usize {
                #least_length
            }

            fn decode_as(self, reader: &mut Reader<'a>) -> #ident #data {
                #read
            }
        }
    }]
}

/// Reads the id, and by it a value; `expected` are the ids that a value can begin with.
///
/// Expands to: `match reader.read_id("InputPeer") { … }`
fn dispatch(choice: &Choice<'_>, expected: &TokenStream) -> TokenStream {
    let name = &choice.name;
    let simplest = choice.simplest_value();
    let identified = || choice.variants.iter().filter(|it| !it.is_default);
    let Some(default) = choice.variants.iter().position(|it| it.is_default) else {
        let refuse = quote!(reader.fail_with_id(id, #name, #expected););
        if choice.variants.is_empty() {
            return quote!(let id = reader.read_id(#name); #refuse #simplest);
        }
        let arms = identified().map(|variant| {
            let (pattern, value) = (choice.id_pattern(variant), choice.decoded(variant));
            quote!(#pattern => #value)
        });
        let arms = failed_arm(identified(), &simplest).into_iter().chain(arms);
        return quote! {
            match reader.read_id(#name) {
                #(#arms,)*
                id => { #refuse #simplest }
            }
        };
    };
    let otherwise = choice.decoded(&choice.variants[default]);
    // Without an input everything is a default, but that need not have an end.
    let is_simplest = choice.simplest == Some(default);
    let failed = (!is_simplest).then(|| quote!(None if reader.has_failed() => #simplest,));
    if choice.variants.len() == 1 && is_simplest {
        return otherwise;
    }
    let arms = identified().map(|variant| {
        let (pattern, value) = (choice.id_pattern(variant), choice.decoded(variant));
        quote!(Some(#pattern) => { reader.read_id(#name); #value })
    });
    quote!(match reader.peek_id() { #(#arms)* #failed _ => #otherwise })
}

/// Expands to: `variant!(InputPeer::User(types::InputPeerUser));` for each constructor.
pub(crate) fn conversions(choice: &Choice<'_>) -> Vec<TokenStream> {
    let Choice { ident, .. } = choice;
    let parameters = choice.parameters.named();
    let conversions = choice.variants.iter().map(|variant| {
        let (name, structure) = (variant.name, variant.structure());
        match (variant.holds_struct, variant.boxed) {
            (false, _) => quote!(variant!(#ident #parameters::#name = #structure);),
            (true, true) => quote!(variant!(#ident #parameters::#name(Box<#structure>));),
            (true, false) => quote!(variant!(#ident #parameters::#name(#structure));),
        }
    });
    // They are one item, so that no blank lines divide them.
    let conversions: TokenStream = conversions.collect();
    if conversions.is_empty() { Vec::new() } else { vec![conversions] }
}
