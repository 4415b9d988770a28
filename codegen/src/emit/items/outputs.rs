//! The outputs of each kind of item: two lists, walked for every struct and every enum.
//!
//! A new impl is one entry of [`IMPLS`], a new method one of [`INHERENT`]. Each entry has a place for every kind of item, so that a
//! kind goes without only where that is written down, with the reason.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use typelang_ir::Directions;

use crate::emit::body::{debug, decode, encode, reflected};
use crate::emit::items::choice::{Choice, ChoiceKind};
use crate::emit::items::subject::{GroupSubject, StructKind, Subject};
use crate::emit::items::{any, enums, forms, functions, structs};
use crate::emit::schema::errors;
use crate::generics::Parameters;

use Emitter::{By, Without};
use Needed::{Always, ToDecode, ToEncode};

/// The members of an item's inherent impl.
const INHERENT: &[Output] = &[
    Output {
        name: "callers and errors",
        needed: Always,
        structs: Structs {
            constructor: Without("it is not called"),
            parametric: Without("it is not called"),
            function: By(errors::known_about),
        },
        groups: Without("it is not called"),
        enums: Enums::without("it is not called"),
    },
    Output {
        name: "methods of fields",
        needed: Always,
        structs: Structs::all(structs::methods),
        groups: Without("its fields are struct fields"),
        enums: Enums::without("it has no fields"),
    },
    Output {
        name: "name",
        needed: Always,
        structs: Structs::without("`Combinator::NAME` is the name"),
        groups: Without("it has no name in the schema"),
        enums: Enums {
            plain: Without("the structs of its variants have names"),
            parametric: Without("the structs of its variants have names"),
            any: By(enums::name),
        },
    },
    Output {
        name: "decoding in parts",
        needed: ToDecode,
        structs: Structs::without("it is decoded by one function"),
        groups: Without("the struct around it decodes it"),
        enums: Enums {
            plain: Without("it is decoded by one function"),
            parametric: Without("it is decoded by one function"),
            any: By(any::decoders),
        },
    },
];

/// The impls of an item, and other items beside it.
const IMPLS: &[Output] = &[
    Output {
        name: "Debug",
        needed: Always,
        structs: Structs {
            constructor: By(debug::debug_struct),
            parametric: Without("it derives it"),
            function: Without("it derives it"),
        },
        groups: Without("it derives it"),
        enums: Enums::without("it derives it"),
    },
    Output {
        name: "Combinator",
        needed: Always,
        structs: Structs::all(structs::combinator),
        groups: Without("it has no id"),
        enums: Enums::without("it has several ids"),
    },
    Output {
        name: "place in the schema",
        needed: Always,
        structs: Structs::without("`Combinator` gives it"),
        groups: Without("it is not in the schema by itself"),
        enums: Enums {
            plain: By(reflected::in_schema),
            parametric: Without("its name does not give its arguments"),
            any: By(reflected::in_schema),
        },
    },
    Output {
        name: "no fields",
        needed: Always,
        structs: Structs {
            constructor: By(structs::without_fields),
            parametric: Without("it has arguments"),
            function: By(structs::without_fields),
        },
        groups: Without("it has fields"),
        enums: Enums::without("it has no fields of its own"),
    },
    Output {
        name: "form",
        needed: Always,
        structs: Structs {
            constructor: Without("it has no parameters"),
            parametric: By(forms::form),
            function: Without("it has no parameters but a call"),
        },
        groups: Without("the struct around it has one"),
        enums: Enums {
            plain: Without("it has no parameters"),
            parametric: By(enums::form),
            any: Without("it has no parameters"),
        },
    },
    Output {
        name: "encoding",
        needed: ToEncode,
        structs: Structs {
            constructor: By(encode::encode_bare),
            parametric: By(forms::encode_as),
            function: By(encode::encode_bare),
        },
        groups: Without("the struct around it encodes it"),
        enums: Enums { plain: By(enums::encode), parametric: By(enums::encode_as), any: By(enums::encode) },
    },
    Output {
        name: "decoding",
        needed: ToDecode,
        structs: Structs {
            constructor: By(decode::decode_bare),
            parametric: By(forms::decode_as),
            function: By(functions::decode),
        },
        groups: Without("the struct around it decodes it"),
        enums: Enums { plain: By(enums::decode), parametric: By(enums::decode_as), any: By(any::decode) },
    },
    Output {
        name: "results",
        needed: Always,
        structs: Structs {
            constructor: Without("it is not called"),
            parametric: Without("it is not called"),
            function: By(functions::results),
        },
        groups: Without("it is not called"),
        enums: Enums::without("it is not called"),
    },
    Output {
        name: "conversions",
        needed: Always,
        structs: Structs::without("the enum has them"),
        groups: Without("it is not a variant"),
        enums: Enums {
            plain: By(enums::conversions),
            parametric: Without("the macro knows no parameters"),
            any: Without("a struct converts to the enum of its own type"),
        },
    },
];

/// One output of items: for each kind of them the function that writes it, or the reason why there is none.
struct Output {
    #[cfg_attr(not(test), allow(dead_code, reason = "for readers, and for the test that nothing is left out"))]
    name: &'static str,
    needed: Needed,
    structs: Structs,
    groups: Emitter<fn(&GroupSubject<'_>) -> Vec<TokenStream>>,
    enums: Enums,
}

/// The condition of an output.
enum Needed {
    Always,
    /// If values are sent.
    ToEncode,
    /// If values are received.
    ToDecode,
}

/// The function that writes an output, or the reason why there is none.
#[derive(Clone, Copy)]
enum Emitter<F> {
    By(F),
    Without(
        #[cfg_attr(not(test), allow(dead_code, reason = "for readers, and for the test that nothing is left out"))]
        &'static str,
    ),
}

type OfStruct = fn(&Subject<'_>) -> Vec<TokenStream>;
type OfEnum = fn(&Choice<'_>) -> Vec<TokenStream>;

/// One output of each kind of struct.
struct Structs {
    constructor: Emitter<OfStruct>,
    parametric: Emitter<OfStruct>,
    function: Emitter<OfStruct>,
}

/// One output of each kind of enum.
struct Enums {
    plain: Emitter<OfEnum>,
    parametric: Emitter<OfEnum>,
    any: Emitter<OfEnum>,
}

impl Structs {
    const fn all(emit: OfStruct) -> Self {
        Self { constructor: By(emit), parametric: By(emit), function: By(emit) }
    }

    const fn without(reason: &'static str) -> Self {
        Self { constructor: Without(reason), parametric: Without(reason), function: Without(reason) }
    }

    fn of(&self, kind: StructKind) -> Emitter<OfStruct> {
        match kind {
            StructKind::Constructor => self.constructor,
            StructKind::Parametric => self.parametric,
            StructKind::Function => self.function,
        }
    }
}

impl Enums {
    const fn without(reason: &'static str) -> Self {
        Self { plain: Without(reason), parametric: Without(reason), any: Without(reason) }
    }

    fn of(&self, kind: ChoiceKind) -> Emitter<OfEnum> {
        match kind {
            ChoiceKind::Plain => self.plain,
            ChoiceKind::Parametric => self.parametric,
            ChoiceKind::Any => self.any,
        }
    }
}

impl<F> Emitter<F> {
    fn run(self, call: impl FnOnce(F) -> Vec<TokenStream>) -> Vec<TokenStream> {
        match self {
            By(emit) => call(emit),
            Without(_) => Vec::new(),
        }
    }
}

impl Output {
    fn of_struct(&self, subject: &Subject<'_>) -> Vec<TokenStream> {
        self.structs.of(subject.kind).run(|emit| emit(subject))
    }

    fn of_group(&self, subject: &GroupSubject<'_>) -> Vec<TokenStream> {
        self.groups.run(|emit| emit(subject))
    }

    fn of_enum(&self, choice: &Choice<'_>) -> Vec<TokenStream> {
        self.enums.of(choice.kind).run(|emit| emit(choice))
    }
}

/// Items of the struct of a constructor or a function: the struct and its impls, and the structs of its groups with theirs.
///
/// Expands to:
///
/// ```text
/// pub struct Message { … }
///
/// impl Message {
///     pub fn views(&self) -> Option<i32> { … }
/// }
///
/// pub struct MessageViewsAndForwards { pub views: i32, pub forwards: i32 }
///
/// impl Combinator for Message { … }
/// ```
pub(crate) fn structure(subject: &Subject<'_>) -> Vec<TokenStream> {
    let written = |outputs| written(outputs, subject.directions, |output| output.of_struct(subject));
    let mut items = vec![structs::definition(subject)];
    items.extend(inherent_impl(subject.ident, &subject.parameters, written(INHERENT)));
    items.extend(subject.groups().flat_map(|group| group_structure(&group)));
    items.extend(written(IMPLS));
    items
}

/// Items of the struct of a group.
fn group_structure(subject: &GroupSubject<'_>) -> Vec<TokenStream> {
    let written = |outputs| written(outputs, subject.owner.directions, |output| output.of_group(subject));
    let mut items = vec![structs::group_definition(subject)];
    items.extend(inherent_impl(subject.group.type_ident, &subject.parameters, written(INHERENT)));
    items.extend(written(IMPLS));
    items
}

/// Items of an enum.
///
/// Expands to:
///
/// ```text
/// pub enum AnyFunction {
///     MessagesSendEncrypted(Box<functions::messages::SendEncrypted>),
///     InvokeWithLayer(Box<functions::InvokeWithLayer<AnyFunction>>),
/// }
///
/// impl AnyFunction {
///     pub fn name(&self) -> &'static str { … }
/// }
///
/// impl Encode for AnyFunction { … }
///
/// impl Decode<'_> for AnyFunction { … }
/// ```
pub(crate) fn enumeration(choice: &Choice<'_>) -> Vec<TokenStream> {
    let written = |outputs| written(outputs, choice.directions, |output| output.of_enum(choice));
    let mut items = vec![enums::definition(choice)];
    items.extend(inherent_impl(&choice.ident, &choice.parameters, written(INHERENT)));
    items.extend(written(IMPLS));
    items
}

/// The outputs of a list for one item.
fn written(
    outputs: &[Output],
    directions: Directions,
    of_item: impl Fn(&Output) -> Vec<TokenStream>,
) -> Vec<TokenStream> {
    let is_needed = |output: &&Output| match output.needed {
        Always => true,
        ToEncode => directions.encode,
        ToDecode => directions.decode,
    };
    outputs.iter().filter(is_needed).flat_map(of_item).collect()
}

/// The one inherent impl of a type, if there is anything in it.
///
/// Expands to: `impl Message { … }`
fn inherent_impl(ident: &Ident, parameters: &Parameters, members: Vec<TokenStream>) -> Option<TokenStream> {
    if members.is_empty() {
        return None;
    }
    let parameters = parameters.named();
    Some(quote!(impl #parameters #ident #parameters { #(#members)* }))
}

#[cfg(test)]
mod tests {
    use typelang_facts::{ErrorFacts, Facts, Method, MethodError};
    use typelang_ir::{MAX_CALLERS, ResolveOptions, Schema};
    use typelang_parser::SourceId;

    use super::*;
    use crate::model::Model;
    use crate::options::{Availability, Options};

    const SCHEMA: &str = "
        peerUser id:long = Peer;
        peerChat id:int = Peer;
        message flags:# silent:flags.0?true views:flags.0?int forwards:flags.0?int from:Peer text:string = Message;
        pair {X:Type} flags:# first:flags.0?X second:flags.0?X third:X = Pair X;
        nothing {T:Type} = Maybe T;
        just {T:Type} value:T = Maybe T;
        ---functions---
        send flags:# reply:flags.0?int topic:flags.0?int = Message;
        find = Maybe (Pair int);
        ";

    /// Items of every kind that together can have everything: a type that is common, groups of fields, a function with errors.
    fn schema() -> Schema {
        let getters = (0..MAX_CALLERS).map(|number| format!("get{number} = Message;\n"));
        let text = SCHEMA.to_owned() + &getters.collect::<String>();
        let parsed = typelang_parser::parse(SourceId::default(), &text);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let resolved = typelang_ir::resolve(&[parsed.file], ResolveOptions::default());
        assert!(resolved.diagnostics.is_empty(), "{:?}", resolved.diagnostics);
        resolved.schema
    }

    fn options() -> Options {
        let mut facts = Facts::default();
        facts.errors.insert("TOO_LONG".to_owned(), ErrorFacts { codes: vec![400], ..ErrorFacts::default() });
        let error = MethodError { name: "TOO_LONG".to_owned(), sources: Vec::new() };
        facts.methods.insert("send".to_owned(), Method { errors: vec![error], callers: Vec::new() });
        let always = || Availability::Always;
        Options {
            facts,
            function_decoding: always(),
            any_constructor: always(),
            reflect: always(),
            ..Options::default()
        }
    }

    /// Notes a kind of item that gets nothing of an output, although the list says that it does.
    fn note<F>(
        output: &Output,
        kind: &str,
        emitter: Emitter<F>,
        written: &[Vec<TokenStream>],
        found: &mut Vec<String>,
    ) {
        let is_written = written.iter().flatten().any(|tokens| !tokens.is_empty());
        match emitter {
            By(_) if !is_written => found.push(format!("{}: nothing for {kind}", output.name)),
            Without("") => found.push(format!("{}: no reason for {kind}", output.name)),
            By(_) | Without(_) => {}
        }
    }

    #[test]
    fn every_kind_of_item_gets_what_the_lists_say() {
        let (schema, options) = (schema(), options());
        let model = Model::new(&schema, &options);
        let constructors = schema.constructor_ids().map(|id| Subject::of_constructor(&model, id));
        let functions = schema.function_ids().map(|id| Subject::of_function(&model, id));
        let structs: Vec<Subject<'_>> = constructors.chain(functions).collect();
        let types = schema.type_ids().filter(|&id| model.has_enum(id)).map(|id| Choice::of_type(&model, id));
        let any = [Choice::any_constructor(&model), Choice::any_function(&model)];
        let enums: Vec<Choice<'_>> = types.chain(any).collect();

        let mut left_out = Vec::new();
        for output in INHERENT.iter().chain(IMPLS) {
            for kind in [StructKind::Constructor, StructKind::Parametric, StructKind::Function] {
                let of_kind = structs.iter().filter(|it| it.kind == kind);
                let written: Vec<_> = of_kind.map(|it| output.of_struct(it)).collect();
                note(output, &format!("{kind:?}"), output.structs.of(kind), &written, &mut left_out);
            }
            let groups = structs.iter().flat_map(Subject::groups);
            let written: Vec<_> = groups.map(|it| output.of_group(&it)).collect();
            note(output, "groups", output.groups, &written, &mut left_out);
            for kind in [ChoiceKind::Plain, ChoiceKind::Parametric, ChoiceKind::Any] {
                let of_kind = enums.iter().filter(|it| it.kind == kind);
                let written: Vec<_> = of_kind.map(|it| output.of_enum(it)).collect();
                note(output, &format!("{kind:?}"), output.enums.of(kind), &written, &mut left_out);
            }
        }
        assert_eq!(left_out, Vec::<String>::new());
    }
}
