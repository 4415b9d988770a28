//! The schemas of this folder and how code is generated from each; used by the snapshots and by `tests/compiled`.

use std::path::Path;

use typelang_build::{Availability, Builder, NamespaceFeatures};

/// One small schema, aimed at one thing.
pub(crate) struct Case {
    /// `schemas/NAME.tl`, `schemas/NAME.toml` if there are facts about it, `snapshots/NAME.snap`, and the module `NAME` of the crate that compiles them all.
    pub(crate) name: &'static str,
    options: fn(Builder) -> Builder,
}

impl Case {
    /// What generates the code of this case, given the folder of the schemas.
    pub(crate) fn builder(&self, schemas: &Path) -> Builder {
        let facts = Some(schemas.join(format!("{}.toml", self.name))).filter(|path| path.exists());
        (self.options)(Builder::new().schema(schemas.join(format!("{}.tl", self.name))).facts(facts))
    }

    /// The same with values that borrow. A list of all types cannot have these.
    #[allow(dead_code)] // only the crate that compiles the code asks for it
    pub(crate) fn borrowed_builder(&self, schemas: &Path) -> Builder {
        self.builder(schemas).borrowed(true).catalog(Availability::Never)
    }
}

/// All cases.
pub(crate) const CASES: &[Case] = &[
    Case { name: "borrowed", options: borrowed },
    Case { name: "boxed", options: everything },
    Case { name: "collisions", options: defaults },
    Case { name: "containers", options: own_messages },
    Case { name: "corners", options: everything },
    Case { name: "defaults", options: everything },
    Case {
        name: "documentation",
        options: |builder| builder.documentation_url("https://example.org/tl/").cross_references(true),
    },
    Case { name: "ends", options: everything },
    Case { name: "facts", options: |builder| everything(builder).cross_references(true) },
    Case { name: "features", options: |builder| everything(builder).namespace_features(NamespaceFeatures::new("all")) },
    Case { name: "flags", options: |builder| builder.function_decoding(Availability::Always) },
    Case { name: "generics", options: everything },
    Case { name: "masks", options: everything },
    Case { name: "names", options: everything },
    Case { name: "namespaces", options: defaults },
    Case { name: "numbers", options: defaults },
    Case { name: "objects", options: defaults },
    Case { name: "only", options: |builder| builder.only(["messages.send"]) },
    Case { name: "options", options: own_types },
    Case { name: "parameters", options: everything },
    Case { name: "recursion", options: |builder| builder.function_decoding(Availability::Always) },
    Case { name: "repetitions", options: everything },
    Case { name: "single", options: defaults },
    Case { name: "sizes", options: defaults },
    Case { name: "strings", options: own_strings },
    Case { name: "tdlib", options: defaults },
    Case { name: "templates", options: everything },
    Case { name: "vectors", options: defaults },
    Case { name: "wrapper", options: everything },
];

fn borrowed(builder: Builder) -> Builder {
    let always = || Availability::Always;
    builder.borrowed(true).function_decoding(always()).any_constructor(always())
}

fn defaults(builder: Builder) -> Builder {
    builder
}

fn everything(builder: Builder) -> Builder {
    let always = || Availability::Always;
    builder.function_decoding(always()).any_constructor(always()).catalog(always())
}

fn own_messages(builder: Builder) -> Builder {
    everything(builder).extern_path("message", "crate::own::Message")
}

fn own_strings(builder: Builder) -> Builder {
    builder.string_type("crate::own::Text").bytes_type("crate::own::Bytes").long_strings(true)
}

fn own_types(builder: Builder) -> Builder {
    builder
        .documentation(false)
        .derive("area", ["PartialOrd"])
        .derive("Color", ["PartialOrd"])
        .derive("color", ["PartialOrd"])
        .type_attribute("message", "#[non_exhaustive]")
        .field_attribute("area.square.side", "#[doc(alias = \"edge\")]")
        .field_attribute("message", "#[allow(missing_docs)]")
        .extern_path("Point", "crate::own::Point")
        .extern_path("replacedPart", "crate::own::ReplacedPart")
        .extern_path("replacedOnly", "crate::own::ReplacedPart")
        .group_name("message", "views_and_forwards", "counters")
}
