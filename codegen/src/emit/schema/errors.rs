//! Errors that functions return: the enum of all of them, and what each function says about itself.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use typelang_facts::{Callers, ErrorFacts, NUMBER};

use crate::emit::docs::{Docs, codes};
use crate::emit::items::subject::Subject;
use crate::model::Model;
use crate::options::Options;
use crate::tokens::parse;

/// Items of the enum of all errors.
///
/// Expands to:
///
/// ```text
/// pub enum RpcErrorKind { ChatIdInvalid, FloodWait(u32), …, Unknown { code: i32, message: String } }
///
/// impl RpcErrorKind { pub fn parse(code: i32, message: &str) -> Self { … } … }
///
/// impl core::fmt::Display for RpcErrorKind { … }
/// impl core::error::Error for RpcErrorKind {}
///
/// static KNOWN: [typelang::rpc::KnownError; 552] = [KnownError { name: "CHAT_ID_INVALID", codes: &[400] }, …];
/// static KINDS: [RpcErrorKind; 552] = [RpcErrorKind::ChatIdInvalid, RpcErrorKind::FloodWait(0), …];
/// ```
pub(crate) fn rpc_errors(model: &Model<'_>) -> Vec<TokenStream> {
    let errors: Vec<Entry<'_>> = entries(model).collect();
    let runtime = parse(&model.options.runtime_path);
    vec![
        quote!(use #runtime::rpc::{self, KnownError};),
        definition(model.options, &errors),
        methods(model.options, &errors),
        display(),
        quote!(impl core::error::Error for RpcErrorKind {}),
        tables(model.options, &errors),
    ]
}

/// An error and its variant.
struct Entry<'a> {
    name: &'a str,
    facts: &'a ErrorFacts,
    variant: &'a Ident,
}

impl Entry<'_> {
    fn has_number(&self) -> bool {
        has_number(self.name)
    }
}

fn entries<'a>(model: &'a Model<'_>) -> impl Iterator<Item = Entry<'a>> {
    let variants = &model.error_variants;
    model.known.errors.iter().filter_map(|(name, facts)| {
        let variant = variants.get(name)?;
        Some(Entry { name, facts, variant })
    })
}

fn has_number(name: &str) -> bool {
    name.contains(NUMBER)
}

fn definition(options: &Options, errors: &[Entry<'_>]) -> TokenStream {
    let docs = Docs::default()
        .paragraph("An error that a function returns in place of its result.")
        .paragraph("Later versions may know more errors.");
    let docs = docs.tokens(options);
    let variants = errors.iter().map(|error| {
        let variant = error.variant;
        let docs = error_docs(error).tokens(options);
        let number = error.has_number().then(|| quote!((u32)));
        quote!(#docs #variant #number)
    });
    let unknown =
        Docs::default().paragraph("An error that is not known, with its code and its message.").tokens(options);
    let code = Docs::default().paragraph("The code.").tokens(options);
    let message = Docs::default().paragraph("The message.").tokens(options);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum RpcErrorKind {
            #(#variants,)*
            #unknown
            Unknown {
                #code
                code: i32,
                #message
                message: String,
            },
        }
    }
}

/// `` `FLOOD_WAIT_%d` (420): … ``
fn error_docs(error: &Entry<'_>) -> Docs {
    let number = error.facts.parameter.as_ref().filter(|_| error.has_number());
    let number = number.map_or_else(String::new, |it| format!(", with the number `{}`", it.replace('`', "'")));
    let docs = Docs::default();
    let docs = match &error.facts.text {
        Some(text) => docs.text(text),
        None => docs,
    };
    docs.paragraph(&format!("`{}`, code {}{number}.", error.name, codes(error.facts)))
}

/// Expands to the inherent impl of the enum.
fn methods(options: &Options, errors: &[Entry<'_>]) -> TokenStream {
    let docs = |text: &str| Docs::default().paragraph(text).tokens(options);
    let parse_docs = Docs::default()
        .paragraph("Returns the error that a message names. An unknown error keeps its code and its message.")
        .tokens(options);
    let name_docs = docs(
        "Returns the message with `%d` in place of a number, such as `FLOOD_WAIT_%d`, or the whole message of an unknown error.",
    );
    let codes_docs = docs("Returns the codes that it is known to come with; none for an unknown error.");
    let same_docs = docs("Returns whether another error is the same one, whatever the numbers in their messages.");
    let among_docs = docs("Returns whether the error is one of others, whatever the numbers in their messages.");
    let with_number = with_number(options, errors);
    quote! {
        impl RpcErrorKind {
            #parse_docs
            #[must_use]
            pub fn parse(code: i32, message: &str) -> Self {
                let found = rpc::find_error(&KNOWN, message);
                match found.and_then(|(index, number)| Some((KINDS.get(index)?, number))) {
                    Some((kind, Some(number))) => kind.with_number(number),
                    Some((kind, None)) => kind.clone(),
                    None => Self::Unknown { code, message: message.into() },
                }
            }

            #name_docs
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    Self::Unknown { message, .. } => message,
                    _ => self.known().map_or("", |known| known.name),
                }
            }

            #codes_docs
            #[must_use]
            pub fn codes(&self) -> &'static [i32] {
                self.known().map_or(&[], |known| known.codes)
            }

            #same_docs
            #[must_use]
            pub fn is_same(&self, other: &Self) -> bool {
                match (self, other) {
                    (Self::Unknown { .. }, Self::Unknown { .. }) => self == other,
                    _ => core::mem::discriminant(self) == core::mem::discriminant(other),
                }
            }

            #among_docs
            #[must_use]
            pub fn is_among(&self, others: &[Self]) -> bool {
                others.iter().any(|other| other.is_same(self))
            }

            fn known(&self) -> Option<&'static KnownError> {
                KINDS.iter().position(|kind| kind.is_same(self)).and_then(|index| KNOWN.get(index))
            }

            #with_number
        }
    }
}

/// Expands to: the methods `with_number` and `number`.
fn with_number(options: &Options, errors: &[Entry<'_>]) -> TokenStream {
    let docs = Docs::default()
        .paragraph("Returns the number in the message, such as the seconds to wait or the data centre.")
        .tokens(options);
    let numbered: Vec<&Ident> = errors.iter().filter(|error| error.has_number()).map(|error| error.variant).collect();
    if numbered.is_empty() {
        return quote! {
            #docs
            #[must_use]
            pub fn number(&self) -> Option<u32> {
                None
            }

            fn with_number(&self, _number: u32) -> Self {
                self.clone()
            }
        };
    }
    quote! {
        #docs
        #[must_use]
        pub fn number(&self) -> Option<u32> {
            match self {
                #(Self::#numbered(number))|* => Some(*number),
                _ => None,
            }
        }

        fn with_number(&self, number: u32) -> Self {
            match self {
                #(Self::#numbered(_) => Self::#numbered(number),)*
                other => other.clone(),
            }
        }
    }
}

fn display() -> TokenStream {
    quote! {
        impl core::fmt::Display for RpcErrorKind {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.number() {
                    Some(number) => rpc::write_error(self.name(), number, f),
                    None => f.write_str(self.name()),
                }
            }
        }
    }
}

fn tables(options: &Options, errors: &[Entry<'_>]) -> TokenStream {
    let count = Literal::usize_unsuffixed(errors.len());
    let known_docs = Docs::default().paragraph("Known errors in the order of their names.").tokens(options);
    let kinds_docs = Docs::default().paragraph("Their variants, in the same order.").tokens(options);
    let known = errors.iter().map(|error| {
        let name = error.name;
        let codes = error.facts.codes.iter().map(|&code| Literal::i32_unsuffixed(code));
        quote!(KnownError { name: #name, codes: &[#(#codes),*] })
    });
    let kinds = errors.iter().map(|error| kind(error.variant, error.has_number()));
    quote! {
        #known_docs
        static KNOWN: [KnownError; #count] = [#(#known),*];

        #kinds_docs
        static KINDS: [RpcErrorKind; #count] = [#(#kinds),*];
    }
}

/// Expands to: `RpcErrorKind::FloodWait(0)`
fn kind(variant: &Ident, has_number: bool) -> TokenStream {
    let number = has_number.then(|| quote!((0)));
    quote!(RpcErrorKind::#variant #number)
}

/// The constants of a function that say what is known about it.
///
/// Expands to:
///
/// ```text
/// pub const ERRORS: &'static [RpcErrorKind] = &[RpcErrorKind::ChatIdInvalid, …];
///
/// pub const AVAILABILITY: typelang::rpc::Callers = typelang::rpc::Callers::Users;
///
/// #[must_use]
/// #[inline]
/// pub fn returns(kind: &RpcErrorKind) -> bool {
///     kind.is_among(Self::ERRORS)
/// }
/// ```
pub(crate) fn known_about(subject: &Subject<'_>) -> Vec<TokenStream> {
    let model = subject.model;
    let Some(method) = subject.method else { return Vec::new() };
    let listed = method.errors.iter().filter_map(|error| {
        let variant = model.error_variants.get(&error.name)?;
        Some(kind(variant, has_number(&error.name)))
    });
    let listed: Vec<TokenStream> = listed.collect();
    let errors = (!listed.is_empty()).then(|| {
        let docs = Docs::default().paragraph("The errors that it is known to return, with 0 for the numbers in them.");
        let docs = docs.tokens(model.options);
        quote!(#docs pub const ERRORS: &'static [RpcErrorKind] = &[#(#listed),*];)
    });
    // A grouped field of the name has a reading method.
    let is_free = !subject.record.combinator.fields.iter().any(|field| field.name.as_str() == "returns");
    let returns = (!listed.is_empty() && is_free).then(|| {
        let docs = Docs::default().paragraph("Returns whether it is known to return an error, whatever its number.");
        let docs = docs.tokens(model.options);
        quote! {
            #docs
            #[must_use]
            #[inline]
            pub fn returns(kind: &RpcErrorKind) -> bool {
                kind.is_among(Self::ERRORS)
            }
        }
    });
    let availability = method.callers().map(|callers| {
        let docs = Docs::default().paragraph("The accounts that can call it.").tokens(model.options);
        let runtime = parse(&model.options.runtime_path);
        let callers = match callers {
            Callers::Users => quote!(Users),
            Callers::Bots => quote!(Bots),
            Callers::Both => quote!(Both),
        };
        quote!(#docs pub const AVAILABILITY: #runtime::rpc::Callers = #runtime::rpc::Callers::#callers;)
    });
    errors.into_iter().chain(availability).chain(returns).collect()
}
