//! One enum of all functions, for those who receive them, and one of all constructors.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use typelang_ir::{Combinator, Function};

use crate::emit::body::reflected::{SchemaName, in_schema, place_of_enum};
use crate::emit::docs::Docs;
use crate::emit::items::enums::{end_variant, failed_arm};
use crate::generics::{elided, named};
use crate::model::Model;
use crate::names::Names;
use crate::tokens::id_literal;
use crate::tokens::path;

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
/// impl Decode<'_> for AnyFunction { … }
/// ```
pub(crate) fn any_function(model: &Model<'_>) -> Vec<TokenStream> {
    let variants = model.schema.function_ids().map(|id| {
        let combinator = &model.schema[id].combinator;
        let wraps = model.schema[id].call().is_some();
        Variant {
            combinator,
            name: model.names.function_variant(id),
            path: path("functions", model.names.function(id)),
            arguments: arguments(model.borrowing.function(id), wraps.then(|| model.any_function_type())),
            has_fields: !model.function(id).is_unit(),
            boxed: wraps || model.layout.is_large(combinator),
            height: model.facts.function(id).height,
        }
    });
    let docs = Docs::default()
        .paragraph("A call of any function, for servers and proxies.")
        .paragraph("A function that wraps another call contains it as a value of this type.");
    let calls = if model.object_holds_calls() { Calls::Lent } else { Calls::None };
    let any = Any {
        model,
        ident: &any_ident("AnyFunction"),
        borrows: model.borrowing.any_function(),
        variants: variants.collect(),
        in_schema: "any_function",
        calls,
    };
    any.items(docs)
}

/// Items of the enum of all constructors, `AnyConstructor`; the same shape as that of [`any_function`]. Where an `Object` of the
/// schema can be a call, one more variant holds it.
///
/// Expands to:
///
/// ```text
/// pub enum AnyConstructor {
///     Config(Box<types::Config>),
///     Call(Box<AnyFunction>),
/// }
/// ```
pub(crate) fn any_constructor(model: &Model<'_>) -> Vec<TokenStream> {
    let variants = model.schema.constructor_ids().filter(|&id| model.stands_alone(id)).map(|id| Variant {
        combinator: &model.schema[id].combinator,
        name: model.names.constructor_variant(id),
        path: model.constructor_path(id),
        arguments: arguments(model.borrowing.constructor(id), None),
        has_fields: !model.constructor(id).is_unit(),
        boxed: model.layout.constructor(id) > model.options.layout.max_variant,
        height: model.facts.constructor(id).height,
    });
    let (in_schema, calls) =
        if model.object_holds_calls() { ("any", Calls::Held) } else { ("any_constructor", Calls::None) };
    let what = match calls {
        Calls::Held => "A boxed value of any type, or a call: the TL type `Object`.",
        _ => "A boxed value of any type: the TL type `Object`.",
    };
    let docs = Docs::default()
        .paragraph(what)
        .paragraph("For bytes with nothing but their id to tell the type, such as those of a log.");
    let ident = &any_ident("AnyConstructor");
    let borrows = model.borrowing.any_constructor();
    Any { model, ident, borrows, variants: variants.collect(), in_schema, calls }.items(docs)
}

/// Expands to: `<'a, AnyFunction<'a>>`
fn arguments(borrows: bool, call: Option<TokenStream>) -> TokenStream {
    let all: Vec<TokenStream> = borrows.then(named).into_iter().chain(call).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
}

fn any_ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// What the enum has to do with the calls that an `Object` can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Calls {
    None,
    /// A variant holds them.
    Held,
    /// It is the enum of them, and the other one decodes by it.
    Lent,
}

/// One of the two enums.
struct Any<'a> {
    model: &'a Model<'a>,
    ident: &'a Ident,
    /// Whether the enum has a lifetime.
    borrows: bool,
    variants: Vec<Variant<'a>>,
    /// The function that gives its place in the schema.
    in_schema: &'static str,
    calls: Calls,
}

struct Variant<'a> {
    combinator: &'a Combinator,
    name: &'a Ident,
    /// Path of the struct, without generic arguments.
    path: TokenStream,
    arguments: TokenStream,
    has_fields: bool,
    boxed: bool,
    /// How many levels the simplest value has that contains no value of the enum.
    height: Option<u32>,
}

impl Variant<'_> {
    fn ty(&self) -> TokenStream {
        let (path, arguments) = (&self.path, &self.arguments);
        if self.boxed { quote!(Box<#path #arguments>) } else { quote!(#path #arguments) }
    }
}

/// Most arms of one function. A call can hold a call, an `Object` an object, and each one inside of another takes a frame;
/// an unoptimised frame has room for every arm.
const PART: usize = 32;

impl Any<'_> {
    fn items(&self, docs: Docs) -> Vec<TokenStream> {
        let mut items = vec![self.definition(docs), self.name_impl()];
        items.extend(in_schema(self.model, self.ident, &self.elided(), &SchemaName::Any(self.in_schema)));
        items.push(self.encode_impl());
        items.extend(self.decode_impls());
        items
    }

    /// The lifetime in an impl that speaks of the input: as the parameter of the impl and of the enum, and of the input.
    ///
    /// Expands to: `<'a>` and `'a`, or nothing and `'_`
    fn lifetimes(&self) -> (TokenStream, TokenStream) {
        if self.borrows { (quote!(<'a>), named()) } else { (quote!(), elided()) }
    }

    /// Expands to: `<'_>`, or nothing
    fn elided(&self) -> TokenStream {
        arguments(false, self.borrows.then(elided))
    }

    /// Something for the variant of calls, if there is one.
    fn for_calls(&self, tokens: impl FnOnce(Ident) -> TokenStream) -> Option<TokenStream> {
        (self.calls == Calls::Held).then(|| tokens(Names::call_variant()))
    }

    fn definition(&self, docs: Docs) -> TokenStream {
        let options = self.model.options;
        let docs = docs.tokens(options);
        let variants = self.variants.iter().map(|variant| {
            let combinator = variant.combinator;
            let text = format!("`{}#{:08x}`", combinator.name, combinator.id);
            let docs = Docs::default().paragraph(&text).tokens(options);
            let (name, ty) = (&variant.name, variant.ty());
            if variant.has_fields { quote!(#docs #name(#ty)) } else { quote!(#docs #name) }
        });
        let call = self.for_calls(|name| {
            let docs = Docs::default().paragraph("A call of any function.").tokens(options);
            let ty = self.model.any_function_type();
            quote!(#docs #name(Box<#ty>))
        });
        let end = self.for_end(|end| {
            let docs = Docs::default().paragraph("Not a value: decoders return it beside an error.").tokens(options);
            quote!(#docs #[doc(hidden)] #end)
        });
        let variants = variants.chain(call).chain(end);
        let (ident, (lifetime, _)) = (self.ident, self.lifetimes());
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            pub enum #ident #lifetime { #(#variants),* }
        }
    }

    fn name_impl(&self) -> TokenStream {
        let arms = self.variants.iter().map(|variant| {
            let name = &variant.name;
            let text = variant.combinator.name.to_string();
            if variant.has_fields { quote!(Self::#name(_) => #text) } else { quote!(Self::#name => #text) }
        });
        let arms = arms.chain(self.for_calls(|name| quote!(Self::#name(call) => call.name())));
        let arms = arms.chain(self.for_end(|end| quote!(Self::#end => "")));
        let docs = Docs::default().paragraph("Returns the name in the schema.").tokens(self.model.options);
        let (ident, lifetime) = (self.ident, self.elided());
        quote! {
            impl #ident #lifetime {
                #docs
                #[must_use]
                pub fn name(&self) -> &'static str {
                    match self { #(#arms),* }
                }
            }
        }
    }

    fn encode_impl(&self) -> TokenStream {
        let writes = self.variants.iter().map(|variant| {
            let (name, path) = (&variant.name, &variant.path);
            if variant.has_fields {
                quote!(Self::#name(value) => value.encode(writer))
            } else {
                quote!(Self::#name => #path.encode(writer))
            }
        });
        let writes = writes.chain(self.for_calls(|name| quote!(Self::#name(call) => call.encode(writer))));
        let (ident, lifetime, type_name) = (self.ident, self.elided(), self.ident.to_string());
        let writes = writes.chain(self.for_end(|end| quote!(Self::#end => writer.fail_without_value(#type_name))));
        quote! {
            impl Encode for #ident #lifetime {
                fn encode(&self, writer: &mut Writer<'_>) {
                    match self { #(#writes),* }
                }
            }
        }
    }

    /// Decoding by id: in one function if there are few variants, else in parts by ranges of ids.
    fn decode_impls(&self) -> Vec<TokenStream> {
        let mut sorted: Vec<&Variant<'_>> = self.variants.iter().collect();
        sorted.sort_by_key(|variant| variant.combinator.id);
        let parts: Vec<&[&Variant<'_>]> = sorted.chunks(PART).collect();
        let by_id = self.by_id(&parts);
        let by_id = match self.calls {
            Calls::Lent => quote!(Self::decode_identified(id, reader, Self::IDS)),
            _ => by_id,
        };
        let (ident, type_name, ids) = (self.ident, self.ident.to_string(), self.ids());
        let (lifetime, input) = self.lifetimes();
        let place = place_of_enum(self.model);
        let decode = quote! {
            impl #lifetime Decode<#input> for #ident #lifetime {
                #place
                const MIN_LEN: usize = 4;
                const IDS: &'static [u32] = &[#(#ids),*];

                fn decode(reader: &mut Reader<#input>) -> Self {
                    let id = reader.read_id(#type_name);
                    #by_id
                }
            }
        };
        let mut items = vec![decode];
        let mut methods: Vec<TokenStream> = self.decode_calls(&parts).into_iter().chain(self.refuse()).collect();
        if parts.len() > 1 {
            methods.extend(parts.iter().enumerate().map(|(index, part)| self.decode_part(index, part)));
        }
        if !methods.is_empty() {
            items.push(quote!(impl #lifetime #ident #lifetime { #(#methods)* }));
        }
        items
    }

    /// The ids of all that can come; those of calls stand behind those of constructors.
    fn ids(&self) -> Vec<Literal> {
        let own = self.variants.iter().map(|variant| variant.combinator.id);
        let functions: &[Function] = if self.calls == Calls::Held { &self.model.schema.functions } else { &[] };
        own.chain(functions.iter().map(|it| it.combinator.id)).map(id_literal).collect()
    }

    /// The value of an id that was read, as an expression.
    ///
    /// Expands to: `match id { 0x00000000..=0x1234abcd => Self::decode_part_1(id, reader), … }`
    fn by_id(&self, parts: &[&[&Variant<'_>]]) -> TokenStream {
        match parts {
            [] => self.other(),
            [only] => {
                let (arms, other) = (self.decode_arms(only), self.other());
                quote!(match id { #(#arms,)* _ => #other })
            }
            _ => {
                let mut first = 0;
                let (_, expected) = self.expected();
                let arms = parts.iter().enumerate().map(|(index, part)| {
                    let function = part_ident(index);
                    let last = part.last().map_or(0, |variant| variant.combinator.id);
                    let (from, to) = (id_literal(first), id_literal(last));
                    first = last.wrapping_add(1);
                    let range = if index + 1 == parts.len() { quote!(_) } else { quote!(#from..=#to) };
                    quote!(#range => Self::#function(id, reader #expected))
                });
                quote!(match id { #(#arms),* })
            }
        }
    }

    /// What an id is that no variant has, as an expression.
    fn other(&self) -> TokenStream {
        match self.calls {
            Calls::None => quote!(Self::refuse(id, reader, Self::IDS)),
            Calls::Held => quote!(Self::decode_call(id, reader)),
            Calls::Lent => quote!(Self::refuse(id, reader, expected)),
        }
    }

    /// The variant to go on with if none can be read.
    fn simplest(&self) -> Option<&Variant<'_>> {
        self.variants.iter().filter(|it| it.height.is_some()).min_by_key(|it| (it.has_fields, it.height))
    }

    /// The method that notes an error and ends the value.
    fn refuse(&self) -> Option<TokenStream> {
        if self.calls == Calls::Held {
            return None;
        }
        let type_name = self.ident.to_string();
        let simplest = match self.simplest() {
            Some(simplest) => decoded(simplest),
            None => {
                let end = end_variant();
                quote!(Self::#end)
            }
        };
        let (_, input) = self.lifetimes();
        Some(quote! {
            #[cold]
            fn refuse(id: u32, reader: &mut Reader<#input>, expected: &'static [u32]) -> Self {
                reader.fail_with_id(id, #type_name, expected);
                #simplest
            }
        })
    }

    /// The variant for what is no value, if there is one.
    fn for_end(&self, tokens: impl FnOnce(Ident) -> TokenStream) -> Option<TokenStream> {
        (self.calls != Calls::Held && self.simplest().is_none()).then(|| tokens(end_variant()))
    }

    /// The parameter for the ids that are expected, and the argument, where they are not those of the enum alone.
    fn expected(&self) -> (Option<TokenStream>, Option<TokenStream>) {
        let is_lent = self.calls == Calls::Lent;
        (is_lent.then(|| quote!(, expected: &'static [u32])), is_lent.then(|| quote!(, expected)))
    }

    /// The method by which an `Object` becomes a call.
    ///
    /// Expands to, in `AnyConstructor`:
    ///
    /// ```text
    /// #[inline(never)]
    /// fn decode_call(id: u32, reader: &mut Reader<'_>) -> Self {
    ///     Self::Call(reader.boxed(|reader| AnyFunction::decode_identified(id, reader, Self::IDS)))
    /// }
    /// ```
    ///
    /// and in `AnyFunction`:
    ///
    /// ```text
    /// pub(crate) fn decode_identified(id: u32, reader: &mut Reader<'_>, expected: &'static [u32]) -> Self {
    ///     match id { … }
    /// }
    /// ```
    fn decode_calls(&self, parts: &[&[&Variant<'_>]]) -> Option<TokenStream> {
        let (_, input) = self.lifetimes();
        match self.calls {
            Calls::None => None,
            Calls::Held => {
                let name = Names::call_variant();
                Some(quote! {
                    #[inline(never)]
                    fn decode_call(id: u32, reader: &mut Reader<#input>) -> Self {
                        Self::#name(reader.boxed(|reader| AnyFunction::decode_identified(id, reader, Self::IDS)))
                    }
                })
            }
            Calls::Lent => {
                let by_id = self.by_id(parts);
                let docs =
                    "Decodes a call whose id has been read; `expected` lists the ids that are valid in its place.";
                let docs = Docs::default().paragraph(docs).tokens(self.model.options);
                Some(quote! {
                    #docs
                    pub(crate) fn decode_identified(
                        id: u32,
                        reader: &mut Reader<#input>,
                        expected: &'static [u32],
                    ) -> Self {
                        #by_id
                    }
                })
            }
        }
    }

    fn decode_part(&self, index: usize, variants: &[&Variant<'_>]) -> TokenStream {
        let function = part_ident(index);
        let (arms, other) = (self.decode_arms(variants), self.other());
        let (parameter, _) = self.expected();
        let (_, input) = self.lifetimes();
        quote! {
            #[inline(never)]
            fn #function(id: u32, reader: &mut Reader<#input> #parameter) -> Self {
                match id {
                    #(#arms,)*
                    _ => #other,
                }
            }
        }
    }

    /// Expands to: `0xf35c6d01 => Self::RpcResult(reader.decode_box())` for each variant
    fn decode_arms(&self, variants: &[&Variant<'_>]) -> Vec<TokenStream> {
        let other = self.other();
        let failed = failed_arm(variants.iter().map(|variant| variant.combinator.id), &other);
        let arms = variants.iter().map(|variant| {
            let (id, value) = (id_literal(variant.combinator.id), decoded(variant));
            quote!(#id => #value)
        });
        failed.into_iter().chain(arms).collect()
    }
}

fn part_ident(index: usize) -> Ident {
    any_ident(&format!("decode_part_{}", index + 1))
}

/// Expands to: `Self::Config(reader.decode_box())`
fn decoded(variant: &Variant<'_>) -> TokenStream {
    let (name, path) = (&variant.name, &variant.path);
    match (variant.has_fields, variant.boxed) {
        (true, true) => quote!(Self::#name(reader.decode_box())),
        (true, false) => quote!(Self::#name(reader.decode_bare())),
        (false, _) => quote!({ #path::decode_bare(reader); Self::#name }),
    }
}
