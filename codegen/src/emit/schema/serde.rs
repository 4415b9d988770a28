//! Which types serde knows.

use std::collections::BTreeMap;

use typelang_ir::{ConstructorKind, Directions};

use crate::emit::docs::links::text_of;
use crate::features::{Condition, Set};
use crate::model::Model;
use crate::names::{ItemName, text};
use crate::tokens::path;

/// The lists of types that can be serialized and deserialized, by the features that reach them, and in them each with a feature
/// that it needs, if any. They are no tokens, since a formatter knows nothing of macros.
///
/// Expands to:
///
/// ```text
/// typelang::serialize! {
///     types::AccessPointRule,
///     enums::InputPeer,
///     <X> functions::InvokeWithLayer,
/// }
///
/// typelang::deserialize! {
///     types::AccessPointRule,
///     enums::InputPeer,
/// }
///
/// #[cfg(feature = "decode-functions")]
/// typelang::deserialize! {
///     <X> functions::InvokeWithLayer,
/// }
/// ```
pub(crate) fn serde<'a>(model: &'a Model<'_>) -> BTreeMap<Option<&'a Set>, Vec<String>> {
    let mut lists: BTreeMap<Option<&Set>, Lists> = BTreeMap::new();
    for id in model.schema.constructor_ids().filter(|&id| model.stands_alone(id)) {
        let lists = lists.entry(model.features.of_constructor(id)).or_default();
        lists.add(model.schema[id].directions, item("types", model.names.constructor(id)));
    }
    for id in model.schema.type_ids().filter(|&id| model.has_enum(id) && model.generics_of_type(id).is_empty()) {
        // The fields of a group are no value by themselves.
        let is_group = model.schema[id].constructors.iter().any(|&it| model.schema[it].kind == ConstructorKind::Group);
        if !is_group {
            let lists = lists.entry(model.features.of_type(id)).or_default();
            lists.add(model.schema[id].directions, item("enums", model.names.ty(id)));
        }
    }
    for id in model.schema.function_ids() {
        let item = item("functions", model.names.function(id));
        let item = model.call(id).map_or(item.clone(), |call| format!("<{}> {item}", text(&call.generic)));
        let lists = lists.entry(model.features.of_function(id)).or_default();
        lists.serialize.push(item.clone());
        lists.functions.push(item);
    }
    let mut invocations: BTreeMap<Option<&Set>, Vec<String>> =
        lists.into_iter().map(|(set, lists)| (set, lists.invocations(model))).collect();
    invocations.entry(None).or_default().extend(any(model));
    invocations
}

#[derive(Default)]
struct Lists {
    serialize: Vec<String>,
    deserialize: Vec<String>,
    /// What can be deserialized where functions can be decoded.
    functions: Vec<String>,
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

    fn invocations(&self, model: &Model<'_>) -> Vec<String> {
        let functions = model.function_decoding().condition(None);
        let all = [
            invocation(model, "serialize", &self.serialize, None),
            invocation(model, "deserialize", &self.deserialize, None),
            functions.and_then(|needs| invocation(model, "deserialize", &self.functions, needs)),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The invocations for the enums of all constructors and of all functions, each where there is one.
fn any(model: &Model<'_>) -> Vec<String> {
    let constructors = model.any_constructor().condition(model.features.objects());
    let constructors = constructors.filter(|_| model.can_have_any_constructor());
    let functions = model.function_decoding().condition(model.features.calls());
    let functions = functions.filter(|_| model.can_have_any_function());
    let mut invocations = Vec::new();
    for (name, needs) in [("AnyConstructor", constructors), ("AnyFunction", functions)] {
        let Some(needs) = needs else { continue };
        // Not imported, since the feature may be off.
        let list = [format!("super::{name}")];
        let all = ["serialize", "deserialize"].map(|what| invocation(model, what, &list, needs.clone()));
        invocations.extend(all.into_iter().flatten());
    }
    invocations
}

/// A path as it is written: `types::messages::Chats`.
fn item(module: &str, name: &ItemName) -> String {
    text_of(&path(module, name))
}

fn invocation(model: &Model<'_>, what: &str, items: &[String], needs: Option<Condition>) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let condition = needs.map_or_else(String::new, |needs| needs.attribute());
    let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
    Some(format!("{condition}{}::{what}! {{\n{items}}}", model.options.runtime_path))
}
