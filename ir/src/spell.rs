//! Types and fields in the words of a schema: `Vector<InputUser>`, `silent:flags.0?true`.

use crate::Builtin;
use crate::schema::{
    Argument, Combinator, ConstructorId, ConstructorKind, Field, Nat, NatVariable, Schema, TypeId, ValueType,
};

/// Spells the types of one combinator, whose parameters and fields they refer to.
///
/// ```
/// use typelang_ir::Spelling;
///
/// let text = "user#d23c81a3 flags:# ids:flags.1?Vector<long> = User;";
/// let parsed = typelang_parser::parse(Default::default(), text);
/// let schema = typelang_ir::resolve(&[parsed.file], Default::default()).schema;
/// let user = &schema.constructors[0].combinator;
/// assert_eq!(Spelling::new(&schema, user).field(&user.fields[1]), "ids:flags.1?Vector<long>");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Spelling<'a> {
    schema: &'a Schema,
    owner: &'a Combinator,
    named_groups: bool,
}

/// The meaning of a piece of a spelled type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Punctuation, a number, or the name of a variable.
    Plain,
    /// The number of a condition, and its bit: `flags.0`.
    Condition,
    /// A built-in type, bare or boxed.
    Builtin(Builtin),
    /// `Vector` or `vector`.
    Vector,
    /// A type.
    Type(TypeId),
    /// A constructor that is used bare.
    Constructor(ConstructorId),
    /// A call, `!X`.
    Call,
    /// `Object`.
    Object,
    /// `Function`.
    Function,
}

/// Receives the pieces of a spelled type, in order.
type Visit<'v> = &'v mut dyn FnMut(&str, Piece);

impl<'a> Spelling<'a> {
    /// Spells types of a combinator of the schema.
    #[must_use]
    pub fn new(schema: &'a Schema, owner: &'a Combinator) -> Self {
        Self { schema, owner, named_groups: false }
    }

    /// Spells a group of repeated fields by the name of its constructor, which no schema has, rather than by its fields.
    #[must_use]
    pub fn with_named_groups(self) -> Self {
        Self { named_groups: true, ..self }
    }

    /// A whole field: `silent:flags.0?true`.
    #[must_use]
    pub fn field(self, field: &Field) -> String {
        let mut text = format!("{}:", field.name);
        self.visit_field(field, &mut |piece, _| text.push_str(piece));
        text
    }

    /// A type: `Vector<InputUser>`.
    #[must_use]
    pub fn ty(self, ty: &ValueType) -> String {
        let mut text = String::new();
        self.visit(ty, &mut |piece, _| text.push_str(piece));
        text
    }

    /// Calls a function for each piece of the condition and the type of a field: `flags.0`, `?`, `true`.
    pub fn visit_field(self, field: &Field, visit: Visit<'_>) {
        if let Some(condition) = field.condition {
            let bit = condition.bit.map_or_else(String::new, |bit| format!(".{bit}"));
            visit(&format!("{}{bit}", self.variable(condition.variable)), Piece::Condition);
            visit("?", Piece::Plain);
        }
        self.visit(&field.ty, visit);
    }

    /// Calls a function for each piece of a type: `Vector`, `<`, `InputUser`, `>`.
    pub fn visit(self, ty: &ValueType, visit: Visit<'_>) {
        match ty {
            ValueType::Builtin(builtin) => visit(builtin.name(), Piece::Builtin(*builtin)),
            ValueType::BoxedBuiltin(builtin, _) => visit(&builtin.boxed_name(), Piece::Builtin(*builtin)),
            ValueType::Vector { boxed, element } => {
                visit(if *boxed { "Vector" } else { "vector" }, Piece::Vector);
                visit("<", Piece::Plain);
                self.visit(element, visit);
                visit(">", Piece::Plain);
            }
            ValueType::Tuple { id: Some(_), element, count } => {
                visit("Tuple<", Piece::Plain);
                self.visit(element, visit);
                visit(&format!(", {}>", self.nat(*count)), Piece::Plain);
            }
            ValueType::Tuple { id: None, element, count } => {
                let count = match count {
                    Nat::Variable(_, 1..) => format!("({})", self.nat(*count)),
                    _ => self.nat(*count),
                };
                visit(&format!("{count}*["), Piece::Plain);
                match &**element {
                    ValueType::Bare(id, _) if self.is_spelled_out(*id) => self.group(*id, visit),
                    element => self.visit(element, visit),
                }
                visit("]", Piece::Plain);
            }
            ValueType::Boxed(id, arguments) => {
                visit(&self.schema[*id].name.to_string(), Piece::Type(*id));
                self.arguments(arguments, visit);
            }
            ValueType::Bare(id, _) if self.is_spelled_out(*id) => {
                visit("[", Piece::Plain);
                self.group(*id, visit);
                visit("]", Piece::Plain);
            }
            ValueType::Bare(id, arguments) => {
                visit(&self.schema[*id].combinator.name.to_string(), Piece::Constructor(*id));
                self.arguments(arguments, visit);
            }
            ValueType::Parameter(parameter) | ValueType::Output(parameter) => {
                visit(self.parameter(*parameter), Piece::Plain);
            }
            ValueType::Call(parameter) => visit(&format!("!{}", self.parameter(*parameter)), Piece::Call),
            ValueType::Object => visit("Object", Piece::Object),
            ValueType::Function => visit("Function", Piece::Function),
        }
    }

    fn is_spelled_out(self, id: ConstructorId) -> bool {
        self.schema[id].kind == ConstructorKind::Group && !self.named_groups
    }

    /// The fields of a group: ` a:int b:string `.
    fn group(self, id: ConstructorId, visit: Visit<'_>) {
        let owner = &self.schema[id].combinator;
        let inside = Self { owner, ..self };
        visit(" ", Piece::Plain);
        for field in &owner.fields {
            visit(&format!("{}:", field.name), Piece::Plain);
            inside.visit_field(field, visit);
            visit(" ", Piece::Plain);
        }
    }

    fn arguments(self, arguments: &[Argument], visit: Visit<'_>) {
        for (position, argument) in arguments.iter().enumerate() {
            visit(if position == 0 { "<" } else { ", " }, Piece::Plain);
            match argument {
                Argument::Type(ty) => self.visit(ty, visit),
                Argument::Nat(nat) => visit(&self.nat(*nat), Piece::Plain),
            }
        }
        if !arguments.is_empty() {
            visit(">", Piece::Plain);
        }
    }

    fn nat(self, nat: Nat) -> String {
        match nat {
            Nat::Constant(value) => value.to_string(),
            Nat::Variable(variable, 0) => self.variable(variable).to_owned(),
            Nat::Variable(variable, plus) => format!("{}+{plus}", self.variable(variable)),
        }
    }

    fn variable(self, variable: NatVariable) -> &'a str {
        match variable {
            NatVariable::Field(position) => self.owner.fields.get(position).map_or("", |field| &field.name),
            NatVariable::Parameter(position) => self.parameter(position),
        }
    }

    fn parameter(self, position: usize) -> &'a str {
        self.owner.parameters.get(position).map_or("", |parameter| &parameter.name)
    }
}
