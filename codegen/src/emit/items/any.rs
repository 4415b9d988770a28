//! Decoding in parts, and calls inside of objects: only the enums of all functions and of all constructors have these.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::docs::Docs;
use crate::emit::items::choice::{BuiltinVariant, Calls, Choice, Variant, failed_arm};
use crate::emit::items::enums::{decode_impl, lifetime_of_input};
use crate::emit::items::id_ranges::{IdRange, id_ranges};
use crate::names::Names;
use crate::tokens::id_literal;

/// Most arms of one function. A call can hold a call, an `Object` an object, and each one inside of another takes a frame;
/// an unoptimised frame has room for every arm.
const PART: usize = 32;

/// The impl of `Decode`.
///
/// Expands to:
///
/// ```text
/// impl Decode<'_> for AnyConstructor {
///     fn decode(reader: &mut Reader<'_>) -> Self {
///         let id = reader.read_id("AnyConstructor");
///         match id { … }
///     }
/// }
/// ```
pub(crate) fn decode(choice: &Choice<'_>) -> Vec<TokenStream> {
    let by_id = match choice.calls {
        Calls::Lent => {
            let ids = choice.own_ids();
            quote!(Self::decode_identified(id, reader, #ids))
        }
        _ => Parts::of(choice).by_id(),
    };
    let name = &choice.name;
    vec![decode_impl(choice, None, &quote!(let id = reader.read_id(#name); #by_id))]
}

/// The methods that decode by an id that was read: in one function if there are few variants, else in parts by ranges of ids.
pub(crate) fn decoders(choice: &Choice<'_>) -> Vec<TokenStream> {
    let parts = Parts::of(choice);
    let methods = parts.decode_calls().into_iter().chain(parts.refuse());
    if parts.parts.len() > 1 {
        let divided = parts.parts.iter().map(|part| parts.decode_part(part));
        return methods.chain(divided).collect();
    }
    methods.collect()
}

/// The variants of an enum, divided.
struct Parts<'c> {
    choice: &'c Choice<'c>,
    parts: Vec<IdRange<Arm<'c>>>,
    input: TokenStream,
    /// The list of all ids.
    ids: TokenStream,
}

impl<'c> Parts<'c> {
    fn of(choice: &'c Choice<'c>) -> Self {
        let variants = choice.variants.iter().map(Arm::Variant);
        let builtins = choice
            .builtins
            .iter()
            .flat_map(|builtin| (0..builtin.constructors.len()).map(move |position| Arm::Builtin(builtin, position)));
        let mut sorted: Vec<Arm<'_>> = variants.chain(builtins).collect();
        sorted.sort_by_key(Arm::id);
        let parts = id_ranges(sorted, PART, Arm::id);
        Self { choice, parts, input: lifetime_of_input(choice), ids: choice.own_ids() }
    }

    /// The value of an id that was read, as an expression.
    ///
    /// Expands to: `match id { 0x00000000..=0x03ffffff => Self::decode_from_00000000(id, reader), … }`
    fn by_id(&self) -> TokenStream {
        match &self.parts[..] {
            [only] if only.members.is_empty() => self.other(),
            [only] => {
                let (arms, other) = (self.decode_arms(&only.members), self.other());
                quote!(match id { #(#arms,)* _ => #other })
            }
            parts => {
                let (_, expected) = self.expected();
                let arms = parts.iter().map(|part| {
                    let (function, first, last) = (part_ident(part), id_literal(part.first), id_literal(part.last));
                    quote!(#first..=#last => Self::#function(id, reader #expected))
                });
                quote!(match id { #(#arms),* })
            }
        }
    }

    /// The value of an id that no variant has, as an expression.
    fn other(&self) -> TokenStream {
        let ids = &self.ids;
        match self.choice.calls {
            Calls::None => quote!(Self::refuse(id, reader, #ids)),
            Calls::Held => quote!(Self::decode_call(id, reader)),
            Calls::Lent => quote!(Self::refuse(id, reader, expected)),
        }
    }

    /// The method that notes an error and ends the value.
    fn refuse(&self) -> Option<TokenStream> {
        if self.choice.calls == Calls::Held {
            return None;
        }
        let (name, simplest, input) = (&self.choice.name, self.choice.simplest_value(), &self.input);
        Some(quote! {
            #[cold]
            fn refuse(id: u32, reader: &mut Reader<#input>, expected: &'static [u32]) -> Self {
                reader.fail_with_id(id, #name, expected);
                #simplest
            }
        })
    }

    /// The parameter for the ids that are expected, and the argument, where they are not those of the enum alone.
    fn expected(&self) -> (Option<TokenStream>, Option<TokenStream>) {
        let is_lent = self.choice.calls == Calls::Lent;
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
    /// pub(super) fn decode_identified(id: u32, reader: &mut Reader<'_>, expected: &'static [u32]) -> Self {
    ///     match id { … }
    /// }
    /// ```
    fn decode_calls(&self) -> Option<TokenStream> {
        let input = &self.input;
        match self.choice.calls {
            Calls::None => None,
            Calls::Held => {
                let (name, ids) = (Names::call_variant(), &self.ids);
                Some(quote! {
                    #[inline(never)]
                    fn decode_call(id: u32, reader: &mut Reader<#input>) -> Self {
                        Self::#name(reader.boxed(|reader| AnyFunction::decode_identified(id, reader, #ids)))
                    }
                })
            }
            Calls::Lent => {
                let by_id = self.by_id();
                let docs =
                    "Decodes a call whose id has been read; `expected` lists the ids that are valid in its place.";
                let docs = Docs::default().paragraph(docs).tokens(self.choice.model.options);
                Some(quote! {
                    #docs
                    pub(super) fn decode_identified(
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

    fn decode_part(&self, part: &IdRange<Arm<'_>>) -> TokenStream {
        let function = part_ident(part);
        let (arms, other) = (self.decode_arms(&part.members), self.other());
        let ((parameter, _), input) = (self.expected(), &self.input);
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
    fn decode_arms(&self, members: &[Arm<'_>]) -> Vec<TokenStream> {
        let variants = members.iter().filter_map(|arm| match arm {
            Arm::Variant(variant) => Some(*variant),
            Arm::Builtin(..) => None,
        });
        let failed = failed_arm(variants, &self.other());
        let arms = members.iter().map(|arm| {
            let (id, value) = (id_literal(arm.id()), arm.decoded(self.choice));
            quote!(#id => #value)
        });
        failed.into_iter().chain(arms).collect()
    }
}

/// The value that begins with an id.
#[derive(Clone, Copy)]
enum Arm<'c> {
    Variant(&'c Variant<'c>),
    /// A built-in type, and the position of the id among its ids.
    Builtin(&'c BuiltinVariant, usize),
}

impl Arm<'_> {
    fn id(&self) -> u32 {
        match self {
            Self::Variant(variant) => variant.combinator.id,
            Self::Builtin(builtin, position) => builtin.constructors[*position].0,
        }
    }

    /// Expands to: `Self::Int(reader.decode_as(codec::Boxed))`, or `Self::Bool(true)`
    fn decoded(&self, choice: &Choice<'_>) -> TokenStream {
        let (builtin, position) = match self {
            Self::Variant(variant) => return choice.decoded(variant),
            Self::Builtin(builtin, position) => (builtin, *position),
        };
        let (name, bare) = (&builtin.name, &builtin.bare);
        if builtin.is_bool() {
            let value = position == 0;
            return quote!(Self::#name(#value));
        }
        quote!(Self::#name(reader.decode_as(#bare)))
    }
}

fn part_ident<T>(part: &IdRange<T>) -> Ident {
    Ident::new(&format!("decode_from_{:08x}", part.first), Span::call_site())
}
