//! The account of what the schemas have: every construct of the language, and how many schemas have it.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{ConstructorKind, NatRole, Profile, Schema, ValueType};

use crate::check::Checked;
use crate::model::{Argument, Declaration, Field, FieldKind, Item, Model, Nat, Type};

/// Every construct that some schema must have.
pub const CONSTRUCTS: &[&str] = &[
    "profile telegram",
    "profile tdlib",
    "profile ton",
    "profile vk",
    "no profile",
    "declaration of a built-in type",
    "section headers that alternate",
    "function by its arrow",
    "annotation",
    "namespace",
    "namespace in a namespace",
    "explicit id",
    "id with fewer digits",
    "partial application",
    "New and Final",
    "Empty",
    "comment",
    "block comment",
    "comment among fields",
    "documentation",
    "class",
    "documentation of a field",
    "facts",
    "text of several lines",
    "carriage returns",
    "byte order mark",
    "last line without an end",
    "type without fields",
    "type of several constructors",
    "default constructor",
    "nothing but a default constructor",
    "type parameter",
    "number parameter",
    "several parameters",
    "parameters in another order",
    "template in a template",
    "type in angle brackets",
    "type in parentheses",
    "bare by %",
    "bare by a constructor",
    "bare by one of several constructors",
    "boxed",
    "boxed built-in type",
    "boxed built-in type made bare",
    "every built-in type",
    "Vector",
    "vector",
    "bare Vector",
    "Tuple",
    "tuple",
    "tuple of a number",
    "sum",
    "mask handed down",
    "Object",
    "Function",
    "true without a condition",
    "Bool",
    "recursion",
    "recursion in a template",
    "field without a name",
    "field named _",
    "number",
    "flags",
    "mask",
    "several numbers",
    "number under a condition",
    "condition on a parameter",
    "condition without a bit",
    "bit 31",
    "every bit",
    "flag",
    "group of fields on a bit",
    "flag on a bit with values",
    "repetition of one value",
    "repetition of several",
    "repetition in a repetition",
    "repetition under a condition",
    "repetition by a constant",
    "repetition by a number",
    "repetition by a sum",
    "repetition without a count",
    "# [ t ]",
    "function",
    "function that wraps a call",
    "call in a constructor",
    "result of a call in another type",
    "result that depends on a field",
    "result Vector",
    "result bare",
    "result boxed",
    "result built in",
    "result Object",
    "schema without functions",
    "keyword as a name",
    "names equal but for case",
    "long name",
    "name with a digit",
    "name with an underscore",
    "hazardous namespace",
    "hazardous text",
];

/// How many schemas there were, and how many of them had each construct.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// All schemas.
    pub schemas: usize,
    counts: BTreeMap<&'static str, usize>,
}

impl Account {
    /// Counts a schema.
    pub fn add(&mut self, model: &Model, checked: &Checked) {
        self.schemas += 1;
        for construct in constructs(model, &checked.schema) {
            *self.counts.entry(construct).or_default() += 1;
        }
    }

    /// Constructs that no schema had.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        CONSTRUCTS.iter().copied().filter(|construct| !self.counts.contains_key(construct)).collect()
    }

    /// The counts, a line for each construct.
    #[must_use]
    pub fn table(&self) -> String {
        let line = |it: &&'static str| format!("{:>6}  {it}\n", self.counts.get(it).copied().unwrap_or_default());
        CONSTRUCTS.iter().map(line).collect()
    }
}

/// The constructs that a schema has.
#[must_use]
pub fn constructs(model: &Model, schema: &Schema) -> BTreeSet<&'static str> {
    let mut found = Found { model, set: BTreeSet::new(), builtins: BTreeSet::new() };
    found.text();
    model.declarations().for_each(|declaration| found.declaration(declaration));
    found.names();
    found.resolved(schema);
    found.set
}

struct Found<'m> {
    model: &'m Model,
    set: BTreeSet<&'static str>,
    builtins: BTreeSet<String>,
}

impl Found<'_> {
    fn if_so(&mut self, construct: &'static str, is_there: bool) {
        debug_assert!(CONSTRUCTS.contains(&construct), "{construct} is not in the list");
        if is_there {
            self.set.insert(construct);
        }
    }

    fn text(&mut self) {
        let model = self.model;
        self.if_so("profile telegram", model.profile == Some(Profile::Telegram));
        self.if_so("profile tdlib", model.profile == Some(Profile::Tdlib));
        self.if_so("profile ton", model.profile == Some(Profile::Ton));
        self.if_so("profile vk", model.profile == Some(Profile::Vk));
        self.if_so("no profile", model.profile.is_none());
        self.if_so("carriage returns", model.layout.carriage_returns);
        self.if_so("byte order mark", model.layout.byte_order_mark);
        self.if_so("last line without an end", model.layout.open_end);
        self.if_so("facts", !model.facts.is_empty());
        let text = model.text();
        self.if_so(
            "section headers that alternate",
            text.matches("---types---\r\n\r\n").count() + text.matches("---types---\n\n").count() > 0,
        );
        self.if_so("text of several lines", model.facts_text().is_some_and(|text| text.contains("\\u000a")));
        self.if_so("hazardous text", ["\u{202e}", "```", "<script>", "*/", "[x]"].iter().any(|it| text.contains(it)));
        for item in &model.items {
            match item {
                Item::Prelude(_) => self.if_so("declaration of a built-in type", true),
                Item::Finality(word, _) => {
                    self.if_so("Empty", *word == "Empty");
                    self.if_so("New and Final", *word != "Empty");
                }
                Item::Application(_) => self.if_so("partial application", true),
                Item::Comment(text) => {
                    self.if_so("block comment", text.starts_with("/*"));
                    self.if_so("comment", text.starts_with("//"));
                }
                Item::Declaration(_) => {}
            }
        }
        self.if_so("schema without functions", !model.declarations().any(|it| it.is_function));
    }

    fn declaration(&mut self, declaration: &Declaration) {
        self.if_so("function by its arrow", declaration.has_arrow);
        self.if_so("annotation", !declaration.annotations.is_empty());
        self.if_so("namespace", !declaration.name.namespace.is_empty());
        self.if_so("namespace in a namespace", declaration.name.namespace.len() > 1);
        self.if_so("explicit id", declaration.id.is_some());
        self.if_so("id with fewer digits", declaration.id.as_ref().is_some_and(|id| id.len() < 8));
        self.if_so("comment among fields", declaration.comment.is_some());
        if let Some(documentation) = &declaration.documentation {
            self.if_so("documentation", true);
            self.if_so("class", documentation.class.is_some());
            self.if_so("documentation of a field", !documentation.fields.is_empty());
        }
        self.if_so("type without fields", declaration.fields.is_empty() && !declaration.is_function);
        self.if_so("function", declaration.is_function);
        self.parameters(declaration);
        self.bits(declaration);
        self.fields(declaration, &declaration.fields, false);
        if declaration.is_function {
            self.result(declaration);
        }
    }

    fn parameters(&mut self, declaration: &Declaration) {
        let parameters = &declaration.parameters;
        let of_type = !declaration.is_function;
        self.if_so("type parameter", of_type && parameters.iter().any(|it| !it.is_nat));
        self.if_so("number parameter", of_type && parameters.iter().any(|it| it.is_nat));
        self.if_so("several parameters", parameters.len() > 1);
        if let Type::Applied { arguments, .. } = &declaration.result
            && of_type
        {
            let order: Vec<String> = arguments
                .iter()
                .map(|argument| match argument {
                    Argument::Type(ty) => ty.to_string(),
                    Argument::Nat(nat) => nat.to_string(),
                })
                .collect();
            self.if_so("parameters in another order", parameters.iter().map(|it| &it.name).ne(&order));
        }
    }

    fn bits(&mut self, declaration: &Declaration) {
        let mut bits: BTreeMap<(&str, u8), (usize, usize)> = BTreeMap::new();
        let mut numbers = 0;
        declaration.all_fields(&mut |field: &Field| {
            numbers += usize::from(field.kind == FieldKind::Type(Type::Nat));
            let Some(condition) = &field.condition else { return };
            let Some(bit) = condition.bit else { return };
            let counts = bits.entry((&condition.variable, bit)).or_default();
            match field.kind == FieldKind::Type(Type::named("true")) {
                true => counts.0 += 1,
                false => counts.1 += 1,
            }
        });
        self.if_so("several numbers", numbers > 1);
        self.if_so("bit 31", bits.keys().any(|(_, bit)| *bit == 31));
        let variables: BTreeSet<&str> = bits.keys().map(|(variable, _)| *variable).collect();
        let all = variables.iter().any(|it| (0..32).all(|bit| bits.contains_key(&(*it, bit))));
        self.if_so("every bit", all);
        self.if_so("flag", bits.values().any(|(flags, _)| *flags > 0));
        self.if_so("group of fields on a bit", bits.values().any(|(_, values)| *values > 1));
        self.if_so("flag on a bit with values", bits.values().any(|(flags, values)| *flags > 0 && *values > 0));
    }

    fn fields(&mut self, declaration: &Declaration, fields: &[Field], is_inside: bool) {
        for (position, field) in fields.iter().enumerate() {
            self.if_so("field without a name", field.name.is_none() && !is_inside);
            self.if_so("field named _", field.name.as_deref() == Some("_"));
            if let Some(condition) = &field.condition {
                self.if_so("condition without a bit", condition.bit.is_none());
                let of_parameter = declaration.parameters.iter().any(|it| it.name == condition.variable);
                self.if_so("condition on a parameter", of_parameter);
            }
            match &field.kind {
                FieldKind::Type(Type::Nat) => self.if_so("number under a condition", field.condition.is_some()),
                FieldKind::Type(ty) => {
                    self.if_so("true without a condition", *ty == Type::named("true") && field.condition.is_none());
                    self.ty(ty);
                }
                FieldKind::Call(_) if declaration.is_function => self.if_so("function that wraps a call", true),
                FieldKind::Call(_) => self.if_so("call in a constructor", true),
                FieldKind::Repetition(count, inner) => {
                    self.if_so("repetition in a repetition", is_inside);
                    self.if_so("repetition under a condition", field.condition.is_some());
                    let before = position.checked_sub(1).map(|before| &fields[before]);
                    let is_counted =
                        before.is_some_and(|it| it.name.is_none() && it.kind == FieldKind::Type(Type::Nat));
                    self.if_so("# [ t ]", count.is_none() && is_counted);
                    self.if_so("repetition without a count", count.is_none() && !is_counted);
                    self.if_so("repetition by a constant", matches!(count, Some(Nat::Constant(_))));
                    self.if_so("repetition by a number", matches!(count, Some(Nat::Variable(_))));
                    self.if_so("repetition by a sum", matches!(count, Some(Nat::Sum(_))));
                    let is_one = matches!(&inner[..], [one] if one.name.is_none() && one.condition.is_none());
                    self.if_so(if is_one { "repetition of one value" } else { "repetition of several" }, true);
                    self.fields(declaration, inner, true);
                }
            }
        }
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Nat => {}
            Type::Name(name) => {
                let text = name.to_string();
                self.if_so("Bool", text == "Bool");
                self.if_so("Object", text.eq_ignore_ascii_case("object"));
                self.if_so("Function", text.eq_ignore_ascii_case("function"));
                self.if_so(
                    "boxed built-in type",
                    ["Int", "Long", "String", "Double", "Float"].contains(&text.as_str()),
                );
                self.builtins.insert(text);
                self.declared(name.name.as_str(), &name.to_string());
            }
            Type::Applied { head, arguments, angle } => {
                let name = head.to_string();
                self.if_so("Vector", name == "Vector");
                self.if_so("vector", name == "vector");
                self.if_so("Tuple", name == "Tuple");
                self.if_so("tuple", name == "tuple");
                self.if_so("type in angle brackets", *angle);
                let special = ["Vector", "vector", "Tuple", "tuple"].contains(&name.as_str());
                for argument in arguments {
                    match argument {
                        Argument::Type(inner) => {
                            let is_template = matches!(inner, Type::Applied { .. });
                            self.if_so("template in a template", !special && is_template);
                            self.ty(inner);
                        }
                        Argument::Nat(nat) => {
                            self.if_so("sum", matches!(nat, Nat::Sum(_)));
                            self.if_so("tuple of a number", special && matches!(nat, Nat::Variable(_)));
                            self.if_so("mask handed down", !special && matches!(nat, Nat::Variable(_)));
                        }
                    }
                }
                if !special {
                    self.declared(&head.name, &name);
                }
            }
            Type::Bare(inner) => {
                let head = inner.head().map(ToString::to_string).unwrap_or_default();
                self.if_so("bare Vector", head == "Vector");
                let is_builtin = ["Int", "Long", "String", "Double", "Float"].contains(&head.as_str());
                self.if_so("boxed built-in type made bare", is_builtin);
                self.if_so("bare by %", !is_builtin && head != "Vector" && head != "Tuple");
                self.ty(inner);
            }
            Type::Parenthesized(inner) => {
                self.if_so("type in parentheses", true);
                self.ty(inner);
            }
        }
    }

    fn declared(&mut self, last: &str, name: &str) {
        let is_upper = last.starts_with(|first: char| first.is_ascii_uppercase());
        let is_declared = self.model.declarations().any(|it| it.name.to_string() == name);
        self.if_so("bare by a constructor", !is_upper && is_declared);
        let ty = self.model.declarations().find(|it| it.name.to_string() == name).and_then(|it| it.result.head());
        let others = self.model.declarations().filter(|it| !it.is_function && ty.is_some() && it.result.head() == ty);
        let of_several = !is_upper && is_declared && others.count() > 1;
        self.if_so("bare by one of several constructors", of_several);
        let is_type = self.model.declarations().any(|it| it.result.head().is_some_and(|it| it.to_string() == name));
        self.if_so("boxed", is_upper && is_type);
    }

    fn result(&mut self, declaration: &Declaration) {
        let result = &declaration.result;
        let wrapped = declaration.parameters.first().map(|it| it.name.as_str());
        let mut depends = false;
        result.names(&mut |name| depends |= Some(name.name.as_str()) == wrapped);
        self.if_so("result of a call in another type", depends && matches!(result, Type::Applied { .. }));
        let head = result.head().map(ToString::to_string).unwrap_or_default();
        self.if_so("result Vector", head == "Vector");
        self.if_so("result bare", matches!(result, Type::Bare(_)));
        self.if_so("result Object", head.eq_ignore_ascii_case("object"));
        self.if_so("result built in", ["int", "string", "long", "bytes", "Bool", "double"].contains(&head.as_str()));
        let text = result.to_string();
        let is_number = |field: &Field| field.kind == FieldKind::Type(Type::Nat);
        let numbers = declaration.fields.iter().filter(|it| is_number(it)).filter_map(|it| it.name.as_ref());
        let words: BTreeSet<&str> = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').collect();
        let mut depends = false;
        numbers.for_each(|name| depends |= words.contains(name.as_str()));
        self.if_so("result that depends on a field", depends);
        let is_type = head.rsplit('.').next().is_some_and(|last| last.starts_with(|it: char| it.is_ascii_uppercase()));
        self.if_so("result boxed", is_type && !matches!(result, Type::Bare(_)));
    }

    fn names(&mut self) {
        const ALL: &[&str] = &[
            "int",
            "string",
            "long",
            "bytes",
            "Bool",
            "double",
            "float",
            "int128",
            "int256",
            "int512",
            "int32",
            "int53",
            "int64",
            "secureString",
            "secureBytes",
        ];
        // In one schema they are rarely all there.
        self.if_so("every built-in type", ALL.iter().filter(|it| self.builtins.contains(**it)).count() > 12);
        let names = self.model.declared();
        let is = |word: &str| names.iter().any(|name| name.name == word);
        self.if_so(
            "keyword as a name",
            ["type", "self", "match", "fn", "struct", "async", "dyn", "crate"].into_iter().any(is),
        );
        let folded = |name: &crate::model::Name| name.to_string().to_ascii_lowercase().replace('_', "");
        let of_case = |upper: bool| {
            let names =
                names.iter().filter(move |name| name.name.starts_with(|it: char| it.is_ascii_uppercase()) == upper);
            let all: Vec<String> = names.map(folded).collect();
            all.iter().collect::<BTreeSet<_>>().len() < all.len()
        };
        self.if_so("names equal but for case", of_case(true) || of_case(false));
        self.if_so("long name", names.iter().any(|name| name.name.len() > 200));
        self.if_so("name with a digit", names.iter().any(|name| name.name.contains(|it: char| it.is_ascii_digit())));
        self.if_so("name with an underscore", names.iter().any(|name| name.name.trim_start_matches('_').contains('_')));
        let spaces = ["types", "core", "std", "self", "con", "crate", "typelang"];
        let is_hazard = |part: &String| spaces.contains(&part.as_str());
        self.if_so("hazardous namespace", names.iter().any(|name| name.namespace.iter().any(is_hazard)));
    }

    fn resolved(&mut self, schema: &Schema) {
        for ty in &schema.types {
            self.if_so("type of several constructors", ty.constructors.len() > 1);
            let defaults = ty.constructors.iter().filter(|id| schema[**id].kind == ConstructorKind::Default).count();
            self.if_so("default constructor", defaults > 0);
            self.if_so("nothing but a default constructor", defaults > 0 && ty.constructors.len() == 1);
        }
        for constructor in &schema.constructors {
            for field in &constructor.combinator.fields {
                self.if_so("number", field.nat == Some(NatRole::Number));
                self.if_so("flags", field.nat == Some(NatRole::Flags));
                self.if_so("mask", field.nat == Some(NatRole::Mask));
                let mut is_recursive = false;
                field.ty.walk(&mut |ty| match ty {
                    ValueType::Boxed(id, _) => is_recursive |= *id == constructor.result,
                    ValueType::Bare(id, _) => is_recursive |= schema[*id].result == constructor.result,
                    _ => {}
                });
                self.if_so("recursion", is_recursive);
                self.if_so("recursion in a template", is_recursive && !constructor.combinator.parameters.is_empty());
            }
        }
    }
}
