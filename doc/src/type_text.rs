//! Types and fields as the schema has them, with links.

use typelang_ir::{
    Argument, Builtin, Combinator, ConstructorId, ConstructorKind, Field, Nat, NatVariable, Schema, ValueType,
};

use crate::places::{BUILTINS, Item, Places};
use crate::rich::{Link, Mark, Rich};

/// Writes types in the words of the combinator that speaks of them.
#[derive(Clone, Copy)]
pub(crate) struct TypeText<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) places: &'a Places,
    pub(crate) owner: &'a Combinator,
}

impl TypeText<'_> {
    /// The type of a field, with its condition: `flags.0?true`.
    pub(crate) fn field(self, field: &Field) -> Rich {
        let mut text = Rich::default();
        if let Some(condition) = field.condition {
            let bit = condition.bit.map_or_else(String::new, |bit| format!(".{bit}"));
            let link = Link::anchor(BUILTINS, "conditional-fields");
            text.push(format!("{}{bit}", self.variable(condition.variable)), Mark::Code, Some(link));
            text.push("?", Mark::Code, None);
        }
        text.join(self.ty(&field.ty))
    }

    /// A type: `Vector<InputUser>`.
    pub(crate) fn ty(self, ty: &ValueType) -> Rich {
        match ty {
            ValueType::Builtin(builtin) => builtin_link(*builtin, builtin_name(*builtin)),
            ValueType::BoxedBuiltin(builtin, _) => builtin_link(*builtin, &capitalized(builtin_name(*builtin))),
            ValueType::Vector { boxed, element } => {
                let name = if *boxed { "Vector" } else { "vector" };
                let name = Rich::link(name, Link::anchor(BUILTINS, "vector"));
                name.join(Rich::code("<")).join(self.ty(element)).join(Rich::code(">"))
            }
            ValueType::Tuple { id: Some(_), element, count } => {
                let rest = format!(", {}>", self.nat(*count));
                Rich::code("Tuple<").join(self.ty(element)).join(Rich::code(rest))
            }
            ValueType::Tuple { id: None, element, count } => {
                let count = match count {
                    Nat::Variable(_, 1..) => format!("({})", self.nat(*count)),
                    _ => self.nat(*count),
                };
                let inside = match &**element {
                    ValueType::Bare(id, _) if self.is_group(*id) => self.group(*id),
                    element => self.ty(element),
                };
                Rich::code(format!("{count}*[")).join(inside).join(Rich::code("]"))
            }
            ValueType::Boxed(id, arguments) => {
                self.name(self.schema[*id].name.to_string(), Item::Type(*id)).join(self.arguments(arguments))
            }
            ValueType::Bare(id, _) if self.is_group(*id) => Rich::code("[").join(self.group(*id)).join(Rich::code("]")),
            ValueType::Bare(id, arguments) => {
                let name = self.schema[*id].combinator.name.to_string();
                self.name(name, Item::Constructor(*id)).join(self.arguments(arguments))
            }
            ValueType::Parameter(parameter) | ValueType::Output(parameter) => Rich::code(self.parameter(*parameter)),
            ValueType::Call(parameter) => {
                Rich::link(format!("!{}", self.parameter(*parameter)), Link::anchor(BUILTINS, "calls"))
            }
            ValueType::Object => Rich::link("Object", Link::anchor(BUILTINS, "object")),
            ValueType::Function => Rich::link("Function", Link::anchor(BUILTINS, "calls")),
        }
    }

    fn name(self, name: String, item: Item) -> Rich {
        Rich::default().with(name, Mark::Code, self.places.link(item))
    }

    fn is_group(self, id: ConstructorId) -> bool {
        self.schema[id].kind == ConstructorKind::Group
    }

    /// The fields of a group, which have no page of their own: ` a:int b:string `.
    fn group(self, id: ConstructorId) -> Rich {
        let owner = &self.schema[id].combinator;
        let inside = TypeText { owner, ..self };
        let fields = owner.fields.iter().map(|field| Rich::code(format!("{}:", field.name)).join(inside.field(field)));
        fields.fold(Rich::code(" "), |text, field| text.join(field).join(Rich::code(" ")))
    }

    fn arguments(self, arguments: &[Argument]) -> Rich {
        let mut text = Rich::default();
        for (position, argument) in arguments.iter().enumerate() {
            text.push(if position == 0 { "<" } else { ", " }, Mark::Code, None);
            text = match argument {
                Argument::Type(ty) => text.join(self.ty(ty)),
                Argument::Nat(nat) => text.join(Rich::code(self.nat(*nat))),
            };
        }
        if text.is_empty() { text } else { text.join(Rich::code(">")) }
    }

    fn nat(self, nat: Nat) -> String {
        match nat {
            Nat::Constant(value) => value.to_string(),
            Nat::Variable(variable, 0) => self.variable(variable),
            Nat::Variable(variable, plus) => format!("{}+{plus}", self.variable(variable)),
        }
    }

    fn variable(self, variable: NatVariable) -> String {
        match variable {
            NatVariable::Field(position) => {
                self.owner.fields.get(position).map_or_else(String::new, |field| field.name.to_string())
            }
            NatVariable::Parameter(position) => self.parameter(position),
        }
    }

    fn parameter(self, position: usize) -> String {
        self.owner.parameters.get(position).map_or_else(String::new, |parameter| parameter.name.to_string())
    }
}

fn builtin_link(builtin: Builtin, text: &str) -> Rich {
    let anchor = if builtin == Builtin::Nat { "nat" } else { builtin_name(builtin) };
    Rich::link(text, Link::anchor(BUILTINS, anchor.to_ascii_lowercase()))
}

fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + characters.as_str())
}

/// The name of a built-in type in schemas.
fn builtin_name(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Nat => "#",
        Builtin::Int => "int",
        Builtin::Long => "long",
        Builtin::Double => "double",
        Builtin::Float => "float",
        Builtin::Int128 => "int128",
        Builtin::Int256 => "int256",
        Builtin::Int512 => "int512",
        Builtin::String => "string",
        Builtin::Bytes => "bytes",
        Builtin::Bool => "Bool",
        Builtin::True => "true",
    }
}
