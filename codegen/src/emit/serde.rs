//! Which types serde knows.

use tl_ir::{ConstructorKind, Directions};

use crate::model::Model;
use crate::names::ItemName;
use crate::options::Availability;
use crate::rust_type::path;

/// The lists of types that can be serialized and deserialized, each with a feature that it needs, if any. They are no tokens,
/// since a formatter knows nothing of macros.
///
/// Expands to:
///
/// ```text
/// tl_runtime::serialize! {
///     types::AccessPointRule,
///     enums::InputPeer,
///     <X> functions::InvokeWithLayer,
/// }
///
/// tl_runtime::deserialize! {
///     types::AccessPointRule,
///     enums::InputPeer,
/// }
///
/// #[cfg(feature = "decode-functions")]
/// tl_runtime::deserialize! {
///     <X> functions::InvokeWithLayer,
/// }
/// ```
pub(crate) fn serde(model: &Model<'_>) -> Vec<String> {
    let mut both = Lists::default();
    for id in model.schema.constructor_ids().filter(|&id| model.stands_alone(id)) {
        both.add(model.schema[id].directions, item("types", model.names.constructor(id)));
    }
    for id in model.schema.type_ids().filter(|&id| model.has_enum(id) && model.generics_of_type(id).is_empty()) {
        // The fields of a group are no value by themselves.
        let is_group = model.schema[id].constructors.iter().any(|&it| model.schema[it].kind == ConstructorKind::Group);
        if !is_group {
            both.add(model.schema[id].directions, item("enums", model.names.ty(id)));
        }
    }
    let functions: Vec<String> = model
        .schema
        .function_ids()
        .map(|id| {
            let item = item("functions", model.names.function(id));
            model.call(id).map_or(item.clone(), |call| format!("<{}> {item}", call.generic))
        })
        .collect();
    both.serialize.extend(functions.iter().cloned());
    let mut items = vec![
        invocation(model, "serialize", &both.serialize, &Availability::Always),
        invocation(model, "deserialize", &both.deserialize, &Availability::Always),
        invocation(model, "deserialize", &functions, model.function_decoding()),
    ];
    if model.can_have_any_constructor() {
        items.extend(any(model, "AnyConstructor", model.any_constructor()));
    }
    if !model.schema.functions.is_empty() {
        items.extend(any(model, "AnyFunction", model.function_decoding()));
    }
    items.into_iter().flatten().collect()
}

#[derive(Default)]
struct Lists {
    serialize: Vec<String>,
    deserialize: Vec<String>,
}

impl Lists {
    fn add(&mut self, directions: Directions, item: String) {
        if directions.encode {
            self.serialize.push(item.clone());
        }
        if directions.decode {
            self.deserialize.push(item);
        }
    }
}

fn any(model: &Model<'_>, name: &str, availability: &Availability) -> [Option<String>; 2] {
    // Not imported, since the feature may be off.
    let list = [format!("super::{name}")];
    ["serialize", "deserialize"].map(|what| invocation(model, what, &list, availability))
}

/// A path as it is written: `types::messages::Chats`.
fn item(module: &str, name: &ItemName) -> String {
    path(module, name).to_string().replace(' ', "")
}

fn invocation(model: &Model<'_>, what: &str, items: &[String], availability: &Availability) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let condition = match availability {
        Availability::Never => return None,
        Availability::Always => String::new(),
        Availability::Feature(feature) => format!("#[cfg(feature = \"{feature}\")]\n"),
    };
    let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
    Some(format!("{condition}{}::{what}! {{\n{items}}}", model.options.runtime_path))
}
