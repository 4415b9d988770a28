//! From choices to a schema that is right by construction.

use std::collections::BTreeSet;

use super::choices::Choices;
use super::fields::Growing;
use super::model::{
    Argument, Declaration, Documentation, Fact, FactValue, Field, FieldKind, Item, Layout, Model, Name, Parameter, Type,
};
use super::names::Names;
use super::plan::{Plan, Rank};
use super::types::{Position, Scope};
use super::words::{ANNOTATIONS, PLAIN, TEXTS};

/// Which kinds of schemas are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Names that mean something to Rust, to generated code, or to file systems.
    pub hazardous_names: bool,
    /// Comments and facts that mean something to Rust, to rustdoc, or to a page.
    pub hazardous_texts: bool,
    /// Fields of the type `Function` where there is no function.
    pub call_without_functions: bool,
    /// About how many types there are.
    pub size: usize,
}

impl Config {
    /// Everything.
    pub const ALL: Self = Self { hazardous_names: true, hazardous_texts: true, call_without_functions: true, size: 12 };
    /// Ordinary names and texts.
    pub const PLAIN: Self =
        Self { hazardous_names: false, hazardous_texts: false, call_without_functions: false, size: 12 };
}

/// The state while a schema is made.
pub(super) struct Generator<'c, 'b> {
    pub(super) choices: &'c mut Choices<'b>,
    pub(super) config: Config,
    pub(super) names: Names,
    pub(super) plan: Plan,
}

/// Makes a schema.
#[must_use]
pub fn generate(choices: &mut Choices<'_>, config: Config) -> Model {
    let mut names = Names::new(choices, config.hazardous_names);
    let plan = Plan::new(choices, &mut names, config.size);
    let mut generator = Generator { choices, config, names, plan };
    generator.model()
}

impl Generator<'_, '_> {
    fn model(&mut self) -> Model {
        let mut declarations = self.constructors();
        let functions: Vec<Item> = self.plan.functions.clone().into_iter().map(|name| self.function(name)).collect();
        if self.choices.chance(1, 3) {
            self.choices.shuffle(&mut declarations);
        }
        let mut items = self.prelude();
        let finalities = self.finalities(&mut items);
        items.extend(declarations);
        items.extend(finalities);
        items.extend(self.applications());
        items.extend(functions);
        if self.choices.chance(1, 8) && items.len() > 4 {
            // Sections can alternate.
            let last = items.len() - 1;
            if matches!(&items[last], Item::Declaration(declaration) if declaration.is_function) {
                let item = items.remove(last);
                let place = items.len() / 2;
                items.insert(place, item);
            }
        }
        self.comments(&mut items);
        let facts = self.facts(&items);
        let layout = Layout {
            carriage_returns: self.choices.chance(1, 12),
            byte_order_mark: self.choices.chance(1, 16),
            open_end: self.choices.chance(1, 8),
        };
        Model { profile: self.plan.profile, items, layout, facts }
    }

    /// Declarations of built-in types, and remarks that only tools need.
    fn prelude(&mut self) -> Vec<Item> {
        let mut texts: Vec<&'static str> = Vec::new();
        if self.plan.has_boxed_builtins {
            texts.extend([
                "int#a8509bda ? = Int;",
                "long ? = Long;",
                "double ? = Double;",
                "string ? = String;",
                "float ? = Float;",
            ]);
        }
        if self.plan.has_true {
            texts.push("true#3fedd339 = True;");
        }
        const OTHERS: &[&str] = &[
            "vector#1cb5c415 {t:Type} # [ t ] = Vector t;",
            "tuple#9770768a {t:Type} {n:#} [ t ] = Tuple t n;",
            "bytes data:string = Bytes;",
            "int128 4*[ int ] = Int128;",
            "int256 8*[ int ] = Int256;",
            "boolTrue#997275b5 = Bool;",
            "boolFalse#bc799737 = Bool;",
            "int53 = Int53;",
            "object ? = Object;",
            "function ? = Function;",
            "// LAYER 7",
        ];
        for &text in OTHERS {
            if self.choices.chance(1, 3) {
                texts.push(text);
            }
        }
        texts.into_iter().map(Item::Prelude).collect()
    }

    fn constructors(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for index in 0..self.plan.types.len() {
            let planned = self.plan.types[index].clone();
            for (position, name) in planned.constructors.iter().enumerate() {
                let mut parameters = planned.parameters(self.choices, &mut self.names);
                let taken: BTreeSet<String> = parameters.iter().map(|it| it.name.clone()).collect();
                let of_kind = |is_nat: bool| {
                    parameters.iter().filter(|it| it.is_nat == is_nat).map(|it| it.name.clone()).collect::<Vec<_>>()
                };
                let can_repeat = position > 0 && name.name != "_";
                let scope = Scope { own: Some(index), can_repeat, nats: of_kind(true), types: of_kind(false) };
                let mut growing = Growing::new(scope, taken);
                self.fields(&mut growing);
                self.plan.types[index].weight.max(&growing.weight);
                let result = applied_to_parameters(&planned.name, &parameters, self.choices.chance(1, 6));
                if planned.rank == Rank::Plain && self.has_calls() && self.choices.chance(1, 16) {
                    self.call(&mut growing, &mut parameters);
                }
                let declaration = self.declaration(name.clone(), parameters, growing.fields, result);
                items.push(Item::Declaration(Box::new(declaration)));
            }
            self.plan.types[index].weight.own += 1;
        }
        items
    }

    fn has_calls(&self) -> bool {
        !self.plan.functions.is_empty() || self.config.call_without_functions
    }

    /// Adds a call of any function: a field `!X`.
    fn call(&mut self, growing: &mut Growing, parameters: &mut Vec<Parameter>) {
        let variable = self.names.variable(self.choices, &["X", "T", "Result_"], &growing.taken);
        growing.taken.insert(variable.clone());
        let call = self.names.field(self.choices, &growing.taken);
        let field = Field { name: Some(call), condition: None, kind: FieldKind::Call(variable.clone()) };
        let place = self.choices.below(growing.fields.len() + 1);
        // A `#` without a name counts what follows it.
        let splits = place > 0 && growing.fields[place - 1].name.is_none();
        let place = if splits || self.choices.chance(1, 2) { growing.fields.len() } else { place };
        growing.fields.insert(place, field);
        parameters.push(Parameter { name: variable.clone(), is_nat: false });
        growing.scope.types.push(variable);
    }

    fn declaration(
        &mut self,
        name: Name,
        mut parameters: Vec<Parameter>,
        fields: Vec<Field>,
        result: Type,
    ) -> Declaration {
        if self.choices.chance(1, 6) {
            self.choices.shuffle(&mut parameters);
        }
        let is_default = name.name == "_";
        let id = (!is_default && self.choices.chance(1, 10)).then(|| {
            let low = self.choices.below(0x1_0000);
            let high = self.choices.below(0x7fff);
            format!("{:x}", high << 16 | low | 1)
        });
        let mut declaration = Declaration {
            name,
            id,
            parameters,
            fields,
            result,
            is_function: false,
            has_arrow: false,
            annotations: Vec::new(),
            documentation: None,
            comment: None,
        };
        if self.choices.chance(1, 10) {
            declaration.annotations.push(self.choices.pick(ANNOTATIONS).to_owned());
        }
        if self.choices.chance(1, 4) {
            declaration.documentation = Some(self.documentation(&declaration));
        }
        if declaration.fields.len() > 2 && self.choices.chance(1, 8) {
            declaration.comment = Some(self.line());
        }
        declaration
    }

    fn function(&mut self, name: Name) -> Item {
        let mut growing = Growing::new(Scope::default(), BTreeSet::new());
        let mut parameters = Vec::new();
        let wraps = self.choices.chance(1, 5);
        self.fields(&mut growing);
        if wraps {
            self.call(&mut growing, &mut parameters);
        }
        let result = self.result(&growing.scope);
        let mut declaration = self.declaration(name, parameters, growing.fields, result);
        declaration.is_function = true;
        declaration.has_arrow = self.choices.chance(1, 10);
        Item::Declaration(Box::new(declaration))
    }

    /// What a function returns: any type, and what the call inside returns.
    fn result(&mut self, scope: &Scope) -> Type {
        if let Some(variable) = scope.types.first() {
            let own = Argument::Type(Type::named(variable));
            return match self.choices.below(3) {
                0 => Type::named(variable),
                1 => Type::Applied {
                    head: Name::plain("Vector"),
                    arguments: vec![own],
                    angle: self.choices.chance(1, 2),
                },
                _ => self.ty(scope, Position::Required, 0).0,
            };
        }
        match (self.choices.below(6), Self::counting(scope)) {
            (0, Some(count)) => {
                let (element, _) = self.ty(scope, Position::Guarded, 1);
                let arguments = vec![Argument::Type(element), Argument::Nat(count)];
                Type::Applied { head: Name::plain("Tuple"), arguments, angle: false }
            }
            (1, _) => Type::named("Bool"),
            _ => self.ty(scope, Position::Required, 0).0,
        }
    }

    /// `Empty T;`, `New T;` before its constructors, and `Final T;` after them, which are returned.
    fn finalities(&mut self, items: &mut Vec<Item>) -> Vec<Item> {
        items.extend(self.plan.empty.iter().map(|name| Item::Finality("Empty", name.clone())));
        let mut after = Vec::new();
        for planned in self.plan.types.iter().filter(|it| it.rank != Rank::Generic) {
            if self.choices.chance(1, 12) {
                items.push(Item::Finality("New", planned.name.clone()));
                after.push(Item::Finality("Final", planned.name.clone()));
            }
        }
        after
    }

    fn applications(&mut self) -> Vec<Item> {
        let generic: Vec<_> = self.plan.types.iter().filter(|it| it.rank == Rank::Generic).cloned().collect();
        let mut items = Vec::new();
        for planned in generic {
            if self.choices.chance(1, 8) {
                let arguments = planned.kinds.iter().map(|is_nat| {
                    if *is_nat {
                        Argument::Nat(super::model::Nat::Constant(2))
                    } else {
                        Argument::Type(Type::named("int"))
                    }
                });
                let arguments = arguments.collect();
                items.push(Item::Application(Type::Applied { head: planned.name, arguments, angle: false }));
            }
        }
        items
    }

    fn comments(&mut self, items: &mut Vec<Item>) {
        for place in (0..items.len()).rev() {
            if self.choices.chance(1, 12) {
                let text = self.line();
                let comment = if self.choices.chance(1, 4) {
                    format!("/* {} */", text.replace("*/", "* /"))
                } else {
                    format!("//{}{text}", if self.choices.chance(1, 2) { " " } else { "" })
                };
                // Between documentation and what it documents a comment ends it; behind everything it is the last line.
                items.insert(place + usize::from(self.choices.chance(1, 3)), Item::Comment(comment));
            }
        }
    }

    fn documentation(&mut self, declaration: &Declaration) -> Documentation {
        let class = declaration.result.head().filter(|_| self.choices.chance(1, 4)).map(ToString::to_string);
        let class = class.map(|name| (name, self.line()));
        let description = self.line();
        let mut fields = Vec::new();
        for field in &declaration.fields {
            if let Some(name) = field.name.as_ref().filter(|name| *name != "_")
                && self.choices.chance(1, 2)
            {
                let key = if name == "description" || name == "class" { format!("param_{name}") } else { name.clone() };
                fields.push((key, self.line()));
            }
        }
        Documentation { description, class, fields }
    }

    /// A text without line breaks.
    fn line(&mut self) -> String {
        self.paragraph().replace(['\n', '\r'], " ")
    }

    fn paragraph(&mut self) -> String {
        let mut pieces = Vec::new();
        for _ in 0..1 + self.choices.below(6) {
            let hazard = self.config.hazardous_texts && self.choices.chance(2, 3);
            pieces.push(self.choices.pick(if hazard { TEXTS } else { PLAIN }));
        }
        let divider = self.choices.pick(&[" ", "", "\n", "\n\n"]);
        let text = pieces.join(if self.config.hazardous_texts { divider } else { " " });
        // A text of blanks is none.
        if text.trim().is_empty() { PLAIN[0].to_owned() } else { text }
    }

    fn facts(&mut self, items: &[Item]) -> Vec<Fact> {
        if !self.choices.chance(1, 3) {
            return Vec::new();
        }
        let mut facts = Vec::new();
        let error = Name::plain("RANDOM_%d_ERROR");
        let text = FactValue::Text(self.paragraph());
        facts.push(Fact {
            table: "errors",
            name: error.clone(),
            key: vec!["codes".to_owned()],
            value: FactValue::Number(400),
        });
        facts.push(Fact { table: "errors", name: error.clone(), key: vec!["text".to_owned()], value: text });
        for item in items {
            let Item::Declaration(declaration) = item else { continue };
            if declaration.name.name == "_" || !self.choices.chance(1, 3) {
                continue;
            }
            let table = if declaration.is_function { "functions" } else { "constructors" };
            let text = FactValue::Text(self.paragraph());
            let mut add = |key: Vec<String>, value| {
                facts.push(Fact { table, name: declaration.name.clone(), key, value });
            };
            add(vec!["text".to_owned()], text);
            if declaration.is_function {
                add(vec!["errors".to_owned()], FactValue::List(error.name.clone()));
            }
            let mut names = declaration.fields.iter().rev().filter_map(|field| field.name.clone());
            if let Some(field) = names.find(|name| name != "_") {
                let text = FactValue::Text(self.paragraph());
                add(vec!["fields".to_owned(), field], text);
            }
        }
        facts
    }
}

/// The type that a constructor belongs to: `Pair X Y`.
fn applied_to_parameters(name: &Name, parameters: &[Parameter], angle: bool) -> Type {
    if parameters.is_empty() {
        return Type::Name(name.clone());
    }
    let argument = |parameter: &Parameter| match parameter.is_nat {
        true => Argument::Nat(super::model::Nat::Variable(parameter.name.clone())),
        false => Argument::Type(Type::named(&parameter.name)),
    };
    Type::Applied { head: name.clone(), arguments: parameters.iter().map(argument).collect(), angle }
}
