//! A smaller schema that fails in the same way.

use std::collections::BTreeSet;

use crate::model::{Argument, Declaration, Field, FieldKind, Item, Layout, Model, Name, Nat, Type};

/// Makes a schema smaller as long as `fails` returns true, and calls it at most `tries` times.
pub fn shrink(model: &Model, tries: usize, mut fails: impl FnMut(&Model) -> bool) -> Model {
    let mut smallest = model.clone();
    let mut left = tries;
    loop {
        let mut is_smaller = false;
        let mut position = 0;
        // Candidates are made anew after each success, and go on where the last one was.
        loop {
            let candidates = candidates(&smallest);
            let Some(candidate) = candidates.into_iter().nth(position) else { break };
            let candidate = repaired(candidate);
            if candidate == smallest {
                position += 1;
                continue;
            }
            if left == 0 {
                return smallest;
            }
            left -= 1;
            if fails(&candidate) {
                smallest = candidate;
                is_smaller = true;
            } else {
                position += 1;
            }
        }
        if !is_smaller {
            return smallest;
        }
    }
}

/// Smaller schemas, those first that are much smaller.
fn candidates(model: &Model) -> Vec<Model> {
    let mut all = Vec::new();
    let count = model.items.len();
    let mut length = count / 2;
    while length > 0 {
        for start in (0..count).step_by(length) {
            let mut smaller = model.clone();
            smaller.items.drain(start..(start + length).min(count));
            all.push(smaller);
        }
        length /= 2;
    }
    all.push(Model { facts: Vec::new(), ..model.clone() });
    for position in 0..model.facts.len() {
        let mut smaller = model.clone();
        smaller.facts.remove(position);
        all.push(smaller);
    }
    all.push(Model { layout: Layout::default(), ..model.clone() });
    all.push(Model { profile: None, ..model.clone() });
    for (position, item) in model.items.iter().enumerate() {
        let Item::Declaration(declaration) = item else { continue };
        for smaller in smaller_declarations(declaration) {
            let mut with = model.clone();
            with.items[position] = Item::Declaration(Box::new(smaller));
            all.push(with);
        }
    }
    for (position, name) in model.declared().into_iter().enumerate() {
        all.extend(with_plain_name(model, &name, position));
    }
    all
}

fn smaller_declarations(declaration: &Declaration) -> Vec<Declaration> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Declaration)| {
        let mut changed = declaration.clone();
        change(&mut changed);
        all.push(changed);
    };
    with(&|it| it.documentation = None);
    with(&|it| it.annotations.clear());
    with(&|it| it.id = None);
    with(&|it| it.comment = None);
    with(&|it| it.has_arrow = false);
    with(&|it| it.fields.clear());
    if declaration.is_function && declaration.result != Type::named("Bool") {
        with(&|it| it.result = Type::named("Bool"));
    }
    for fields in smaller_fields(&declaration.fields) {
        with(&|it| it.fields.clone_from(&fields));
    }
    for ty in smaller_types(&declaration.result) {
        if declaration.is_function {
            with(&|it| it.result = ty.clone());
        }
    }
    all
}

fn smaller_fields(fields: &[Field]) -> Vec<Vec<Field>> {
    let mut all = Vec::new();
    let with = |position: usize, field: Field| {
        let mut changed = fields.to_vec();
        changed[position] = field;
        changed
    };
    for (position, field) in fields.iter().enumerate() {
        let mut without = fields.to_vec();
        without.remove(position);
        all.push(without);
        if field.condition.is_some() && field.kind != FieldKind::Type(Type::named("true")) {
            all.push(with(position, Field { condition: None, ..field.clone() }));
        }
        if field.name.as_deref().is_some_and(|name| !name.starts_with("field"))
            && field.kind != FieldKind::Type(Type::Nat)
        {
            all.push(with(position, Field { name: Some(format!("field{position}")), ..field.clone() }));
        }
        match &field.kind {
            FieldKind::Type(ty) => {
                let smaller = smaller_types(ty).into_iter();
                all.extend(smaller.map(|ty| with(position, Field { kind: FieldKind::Type(ty), ..field.clone() })));
            }
            FieldKind::Call(_) => {}
            FieldKind::Repetition(count, inner) => {
                let mut unwrapped = fields.to_vec();
                unwrapped.splice(position..=position, inner.iter().cloned());
                all.push(unwrapped);
                let kinds = smaller_fields(inner).into_iter().filter(|inner| !inner.is_empty());
                let kinds = kinds.map(|inner| FieldKind::Repetition(count.clone(), inner));
                all.extend(kinds.map(|kind| with(position, Field { kind, ..field.clone() })));
                if count.is_some() && *count != Some(Nat::Constant(2)) {
                    let kind = FieldKind::Repetition(Some(Nat::Constant(2)), inner.clone());
                    all.push(with(position, Field { kind, ..field.clone() }));
                }
            }
        }
    }
    all
}

fn smaller_types(ty: &Type) -> Vec<Type> {
    let int = Type::named("int");
    match ty {
        Type::Nat => Vec::new(),
        _ if *ty == int || *ty == Type::named("true") => Vec::new(),
        Type::Name(_) => vec![int],
        Type::Applied { head, arguments, .. } => {
            let mut all = vec![int];
            for (position, argument) in arguments.iter().enumerate() {
                let with = |argument: Argument| {
                    let mut changed = arguments.clone();
                    changed[position] = argument;
                    Type::Applied { head: head.clone(), arguments: changed, angle: false }
                };
                match argument {
                    Argument::Type(inner) => {
                        all.push(inner.clone());
                        all.extend(smaller_types(inner).into_iter().map(|ty| with(Argument::Type(ty))));
                    }
                    Argument::Nat(Nat::Constant(1)) => {}
                    Argument::Nat(_) => all.push(with(Argument::Nat(Nat::Constant(1)))),
                }
            }
            all
        }
        Type::Bare(inner) | Type::Parenthesized(inner) => {
            let mut all = vec![(**inner).clone()];
            all.extend(smaller_types(inner));
            all
        }
    }
}

/// The same schema with another name for a type, a constructor or a function.
fn with_plain_name(model: &Model, name: &Name, position: usize) -> Option<Model> {
    let is_upper = name.name.starts_with(|first: char| first.is_ascii_uppercase());
    let plain = Name::plain(&format!("{}{position}", if is_upper { "Plain" } else { "plain" }));
    let is_plain = name.namespace.is_empty() && name.name.to_ascii_lowercase().starts_with("plain");
    if is_plain || name.name == "_" {
        return None;
    }
    let mut renamed = model.clone();
    let mut visit = |found: &mut Name| {
        if found == name {
            found.clone_from(&plain);
        }
    };
    for item in &mut renamed.items {
        match item {
            Item::Declaration(declaration) => {
                visit(&mut declaration.name);
                rename_in(&mut declaration.result, &mut visit);
                rename_in_fields(&mut declaration.fields, &mut visit);
            }
            Item::Finality(_, name) => visit(name),
            Item::Application(ty) => rename_in(ty, &mut visit),
            Item::Prelude(_) | Item::Comment(_) => {}
        }
    }
    renamed.facts.iter_mut().for_each(|fact| visit(&mut fact.name));
    Some(renamed)
}

fn rename_in(ty: &mut Type, visit: &mut impl FnMut(&mut Name)) {
    match ty {
        Type::Nat => {}
        Type::Name(name) => visit(name),
        Type::Applied { head, arguments, .. } => {
            visit(head);
            for argument in arguments {
                if let Argument::Type(ty) = argument {
                    rename_in(ty, visit);
                }
            }
        }
        Type::Bare(inner) | Type::Parenthesized(inner) => rename_in(inner, visit),
    }
}

fn rename_in_fields(fields: &mut [Field], visit: &mut impl FnMut(&mut Name)) {
    for field in fields {
        match &mut field.kind {
            FieldKind::Type(ty) => rename_in(ty, visit),
            FieldKind::Call(_) => {}
            FieldKind::Repetition(_, inner) => rename_in_fields(inner, visit),
        }
    }
}

/// Lets nothing refer to what is not there any more.
fn repaired(mut model: Model) -> Model {
    let declared = model.declared();
    for item in &mut model.items {
        if let Item::Declaration(declaration) = item {
            let mut variables: BTreeSet<String> = declaration.parameters.iter().map(|it| it.name.clone()).collect();
            declaration.all_fields(&mut |field| {
                if field.kind == FieldKind::Type(Type::Nat) {
                    variables.extend(field.name.clone());
                }
            });
            let scope = Scope { declared: &declared, variables: &variables };
            scope.fields(&mut declaration.fields);
            if declaration.is_function {
                scope.ty(&mut declaration.result);
            }
        }
    }
    let is_known = |name: &Name| declared.contains(name);
    model.items.retain(|item| match item {
        Item::Finality("Empty", _) => true,
        Item::Finality(_, name) => is_known(name),
        Item::Application(ty) => ty.head().is_some_and(is_known),
        _ => true,
    });
    model.facts.retain(|fact| fact.table == "errors" || is_known(&fact.name));
    model
}

struct Scope<'a> {
    declared: &'a BTreeSet<Name>,
    variables: &'a BTreeSet<String>,
}

impl Scope<'_> {
    fn fields(&self, fields: &mut [Field]) {
        for field in fields {
            if field.condition.as_ref().is_some_and(|it| !self.variables.contains(&it.variable)) {
                field.condition = None;
                if field.kind == FieldKind::Type(Type::named("true")) {
                    field.kind = FieldKind::Type(Type::named("int"));
                }
            }
            match &mut field.kind {
                FieldKind::Type(ty) => self.ty(ty),
                FieldKind::Call(_) => {}
                FieldKind::Repetition(count, inner) => {
                    count.iter_mut().for_each(|count| self.nat(count));
                    self.fields(inner);
                }
            }
        }
    }

    fn ty(&self, ty: &mut Type) {
        match ty {
            Type::Applied { head, arguments, .. } if self.is_known(head) => {
                for argument in arguments {
                    match argument {
                        Argument::Type(ty) => self.ty(ty),
                        Argument::Nat(nat) => self.nat(nat),
                    }
                }
            }
            Type::Nat => {}
            Type::Name(name) if self.is_known(name) => {}
            Type::Bare(inner) if inner.head().is_some_and(|name| self.is_known(name)) => self.ty(inner),
            Type::Parenthesized(inner) => self.ty(inner),
            Type::Name(_) | Type::Applied { .. } | Type::Bare(_) => *ty = Type::named("int"),
        }
    }

    fn nat(&self, nat: &mut Nat) {
        match nat {
            Nat::Constant(_) => {}
            Nat::Variable(name) if self.variables.contains(name) => {}
            Nat::Variable(_) => *nat = Nat::Constant(1),
            Nat::Sum(terms) => terms.iter_mut().for_each(|term| self.nat(term)),
        }
    }

    /// Declared, or built in.
    fn is_known(&self, name: &Name) -> bool {
        let words = [
            "int", "string", "long", "bytes", "double", "float", "secure", "bool", "true", "vector", "tuple", "object",
            "function",
        ];
        let lower = name.name.to_ascii_lowercase();
        let is_builtin = name.namespace.is_empty() && words.iter().any(|word| lower.starts_with(word));
        self.declared.contains(name) || is_builtin || (name.namespace.is_empty() && self.variables.contains(&name.name))
    }
}
