//! Rules against the layouts: every name is there, every expression gives what is wanted. What holds becomes a program, in the
//! format that `typelang::history` describes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use typelang_ir::{Builtin, Constructor, ConstructorId, Field as TypedField, TypeId, ValueType};
use typelang_parser::{Diagnostic, SourceId, suggest};

use super::expression::{Expression, Key, Kind, Named};
use super::layouts::Layouts;
use super::rules::{Field, Rule, Rules, Text, finding, span};
use super::union::Union;
use super::write::{Program, texts};

/// Checks rules, and gives the programs of those that hold.
pub(super) fn check(
    union: &Union,
    table: &[u8],
    newest: u32,
    rules: &Rules,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Program> {
    let layouts = Layouts::new(union, newest);
    let known = rules.rules.iter().flat_map(|rule| pairs(&layouts, rule)).collect();
    let mut checker = Checker { layouts, texts: texts(table), known, source: rules.source, diagnostics };
    let mut programs: Vec<Program> = Vec::new();
    let mut seen = BTreeSet::new();
    for rule in &rules.rules {
        for of in &rule.of {
            for program in checker.rule(rule, of) {
                if !seen.insert(program.key) {
                    checker.report("there is a rule for this constructor already", &of.place);
                }
                programs.push(program);
            }
        }
    }
    programs
}

/// Returns whether a rule only allows neutral values where something else is dropped.
fn is_neutral(rule: &Rule) -> bool {
    let mut fields = rule.fields.iter();
    !rule.fields.is_empty()
        && rule.to.is_none()
        && rule.wanted.is_none()
        && fields.all(|it| matches!(&it.expression.kind, Kind::Name(name) if name == "neutral"))
}

/// For which old constructors there are rules where which types are wanted.
fn pairs(layouts: &Layouts<'_>, rule: &Rule) -> Vec<(ConstructorId, TypeId)> {
    let olds = rule.of.iter().flat_map(|of| layouts.find(&of.text));
    let wanted = rule.wanted.as_ref().map(|it| layouts.types.get(&it.text).copied());
    olds.filter_map(|old| Some((old, wanted.unwrap_or(Some(layouts.get(old).result))?))).collect()
}

struct Checker<'u, 't, 'd> {
    layouts: Layouts<'u>,
    texts: BTreeMap<&'t str, u32>,
    known: BTreeSet<(ConstructorId, TypeId)>,
    source: SourceId,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// The constructor that the names of an expression refer to.
#[derive(Clone)]
struct Scope<'u, 'r> {
    old: &'u Constructor,
    it: Vec<ValueType>,
    field: &'r Field,
}

/// The program of an expression; nothing if something is wrong, which was reported.
type Code = Option<Vec<u8>>;

impl<'u> Checker<'u, '_, '_> {
    fn report(&mut self, message: impl Into<String>, place: &Range<usize>) {
        self.diagnostics.push(finding(self.source, message, place));
    }

    /// Reports a name that is not known.
    fn unknown<'a>(&mut self, what: &str, name: &str, place: &Range<usize>, known: impl Iterator<Item = &'a str>) {
        let mut diagnostic = finding(self.source, format!("{what} `{name}` is not known"), place);
        if let Some(suggestion) = suggest(name, known) {
            diagnostic = diagnostic.with_help(format!("did you mean `{suggestion}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// The programs of a rule for one of its old constructors: one for each meaning of its id.
    fn rule(&mut self, rule: &Rule, of: &Text) -> Vec<Program> {
        let olds = self.layouts.find(&of.text);
        if olds.is_empty() || !of.text.contains('#') {
            self.unknown_constructor(of);
            return Vec::new();
        }
        olds.into_iter().flat_map(|old| self.rule_for(rule, of, old)).collect()
    }

    fn unknown_constructor(&mut self, text: &Text) {
        let name = text.text.split('#').next().unwrap_or_default();
        let with_name = self.layouts.named(name).to_vec();
        if with_name.is_empty() {
            let names: Vec<String> = self.layouts.by_name.keys().cloned().collect();
            self.unknown("the constructor", name, &text.place, names.iter().map(String::as_str));
            return;
        }
        let ids: BTreeSet<u32> = with_name.iter().map(|&it| self.layouts.get(it).combinator.id).collect();
        let ids: Vec<String> = ids.iter().map(|id| format!("{name}#{id:08x}")).collect();
        let message = format!("no layer has the constructor `{}`", text.text);
        let diagnostic = finding(self.source, message, &text.place);
        let diagnostic = match ids.as_slice() {
            [only] => diagnostic.with_suggestion(span(&text.place), &format!("\"{only}\"")),
            _ => diagnostic.with_help(format!("the history has {}", ids.join(", "))),
        };
        self.diagnostics.push(diagnostic);
    }

    fn rule_for(&mut self, rule: &Rule, of: &Text, old: ConstructorId) -> Vec<Program> {
        let constructor = self.layouts.get(old);
        let wanted = match &rule.wanted {
            None => constructor.result,
            Some(wanted) => match self.layouts.types.get(&wanted.text) {
                Some(&ty) => ty,
                None => {
                    let names: Vec<String> = self.layouts.types.keys().cloned().collect();
                    self.unknown("the type", &wanted.text, &wanted.place, names.iter().map(String::as_str));
                    return Vec::new();
                }
            },
        };
        let name = constructor.combinator.name.to_string();
        let (name, place) = rule.to.as_ref().map_or((&name, &of.place), |it| (&it.text, &it.place));
        let targets = self.layouts.find(name);
        let is_wanted = |it: &ConstructorId| self.layouts.get(*it).result == wanted;
        let targets: Vec<ConstructorId> = targets.into_iter().filter(is_wanted).collect();
        if targets.is_empty() {
            let wanted = self.layouts.union.schema[wanted].name.to_string();
            self.report(format!("`{wanted}` has no constructor `{name}` in layer {}", self.layouts.newest), place);
        }
        let programs = targets.into_iter().filter_map(|target| {
            let bytes = self.program(rule, of, constructor, target)?;
            let key = [old.index(), wanted.index(), target.index()].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
            Some(Program { key, is_guess: rule.is_guess, is_neutral: is_neutral(rule), bytes })
        });
        programs.collect()
    }

    fn program(&mut self, rule: &Rule, of: &Text, old: &'u Constructor, target: ConstructorId) -> Code {
        let target = self.layouts.get(target);
        let mut bytes = vec![self.count(rule.fields.len(), &of.place)?];
        let mut used = BTreeSet::new();
        let mut is_whole = true;
        for field in &rule.fields {
            let Some(wanted) = field_of(target, &field.name.text) else {
                let names = target.combinator.fields.iter().map(|it| &*it.name);
                self.unknown("the field", &field.name.text, &field.name.place, names);
                is_whole = false;
                continue;
            };
            let scope = Scope { old, it: Vec::new(), field };
            let code = self.expression(&field.expression, &wanted.ty, &scope);
            used_fields(&field.expression, old, &mut used);
            match code {
                Some(code) => {
                    bytes.extend(self.text(&wanted.name)?);
                    bytes.extend(code);
                }
                None => is_whole = false,
            }
        }
        bytes.push(self.count(used.len(), &of.place)?);
        for name in used {
            bytes.extend(self.text(name)?);
        }
        is_whole.then_some(bytes)
    }

    /// A number of parts, which a byte has room for.
    fn count(&mut self, parts: usize, place: &Range<usize>) -> Option<u8> {
        let count = u8::try_from(parts).ok();
        if count.is_none() {
            self.report(format!("{parts} parts are more than {}", u8::MAX), place);
        }
        count
    }

    /// The offset of a name among the texts of the table.
    fn text(&self, name: &str) -> Option<[u8; 4]> {
        self.texts.get(name).map(|it| it.to_le_bytes())
    }

    /// An expression that gives a value of a type.
    fn expression(&mut self, expression: &Expression, wanted: &ValueType, scope: &Scope<'u, '_>) -> Code {
        match &expression.kind {
            Kind::Number(number) => {
                let fits = match wanted {
                    ValueType::Builtin(Builtin::Int) => i32::try_from(*number).is_ok(),
                    ValueType::Builtin(Builtin::Nat) => u32::try_from(*number).is_ok(),
                    ValueType::Builtin(Builtin::Long) => true,
                    ValueType::Builtin(Builtin::Double) => number.unsigned_abs() <= 1 << 53,
                    _ => false,
                };
                self.literal(fits, "a number", [&[11][..], &number.to_le_bytes()].concat(), expression, wanted, scope)
            }
            Kind::Text(text) => self.literal(is_text(wanted), "a text", text_code(text), expression, wanted, scope),
            Kind::Name(name) if name == "true" || name == "false" => {
                let fits = matches!(wanted, ValueType::Builtin(Builtin::Bool | Builtin::True));
                self.literal(fits, "a boolean", vec![13, u8::from(name == "true")], expression, wanted, scope)
            }
            Kind::Name(name) if name == "none" => Some(vec![16]),
            Kind::Name(name) if name == "neutral" => Some(vec![20]),
            Kind::Name(_) | Kind::Get(..) => self.path_as(expression, wanted, scope),
            Kind::Constructor(name, fields) => self.constructor(name, fields, expression, wanted, scope),
            Kind::List(elements) => self.list(elements, expression, wanted, scope),
            Kind::Case(of, cases) => self.case(of, cases, wanted, scope),
            Kind::Call(name, arguments) => self.call(name, arguments, expression, wanted, scope),
        }
    }

    fn wrong(&mut self, message: String, expression: &Expression, scope: &Scope<'u, '_>) -> Code {
        self.report(message, &scope.field.place_of(&expression.span));
        None
    }

    fn literal(
        &mut self,
        fits: bool,
        what: &str,
        code: Vec<u8>,
        expression: &Expression,
        wanted: &ValueType,
        scope: &Scope<'u, '_>,
    ) -> Code {
        match fits {
            true => Some(code),
            false => {
                let wanted = self.layouts.spelled(wanted);
                self.wrong(format!("expected a value of `{wanted}`, found {what}"), expression, scope)
            }
        }
    }

    /// A path whose values can be of the wanted type.
    fn path_as(&mut self, expression: &Expression, wanted: &ValueType, scope: &Scope<'u, '_>) -> Code {
        let (code, types) = self.path(expression, scope)?;
        if let Some(other) = types.iter().find(|it| !self.fits(it, wanted)) {
            let (found, wanted) = (self.layouts.spelled(other), self.layouts.spelled(wanted));
            return self.wrong(format!("expected a value of `{wanted}`, found one of `{found}`"), expression, scope);
        }
        Some(code)
    }

    /// The program of a path, and the types that its values can have.
    fn path(&mut self, expression: &Expression, scope: &Scope<'u, '_>) -> Option<(Vec<u8>, Vec<ValueType>)> {
        match &expression.kind {
            Kind::Name(name) if name == "it" && !scope.it.is_empty() => Some((vec![1], scope.it.clone())),
            Kind::Name(name) => {
                let Some(field) = field_of(scope.old, name) else {
                    let names = scope.old.combinator.fields.iter().map(|it| &*it.name);
                    let place = scope.field.place_of(&expression.span);
                    self.unknown("the field", name, &place, names);
                    return None;
                };
                Some(([&[0][..], &self.text(name)?].concat(), vec![field.ty.clone()]))
            }
            Kind::Get(of, name) => {
                let (code, types) = self.path(of, scope)?;
                let found = self.fields_named(&types, name, scope)?;
                Some(([&[2][..], &code, &self.text(&name.name)?].concat(), found))
            }
            Kind::Call(name, arguments) if name == "first" && arguments.len() == 1 => {
                let (code, types) = self.path(arguments.first()?, scope)?;
                let elements = self.elements(&types, expression, scope)?;
                Some(([&[19][..], &code].concat(), elements))
            }
            _ => {
                self.wrong("expected a field of the old value".to_owned(), expression, scope);
                None
            }
        }
    }

    /// The types of a field in the constructors of types.
    fn fields_named(&mut self, types: &[ValueType], name: &Named, scope: &Scope<'u, '_>) -> Option<Vec<ValueType>> {
        let schema = &self.layouts.union.schema;
        let mut constructors = Vec::new();
        for ty in types {
            match ty {
                ValueType::Boxed(id, _) => constructors.extend(&schema[*id].constructors),
                ValueType::Bare(id, _) => constructors.push(*id),
                _ => {}
            }
        }
        let all = constructors.iter().flat_map(|&it| &schema[it].combinator.fields);
        let found: BTreeMap<String, ValueType> = all
            .clone()
            .filter(|it| *it.name == *name.name)
            .map(|it| (self.layouts.spelled(&it.ty), it.ty.clone()))
            .collect();
        if found.is_empty() {
            let place = scope.field.place_of(&name.span);
            self.unknown("the field", &name.name, &place, all.map(|it| &*it.name));
            return None;
        }
        Some(found.into_values().collect())
    }

    fn elements(
        &mut self,
        types: &[ValueType],
        expression: &Expression,
        scope: &Scope<'u, '_>,
    ) -> Option<Vec<ValueType>> {
        let element = |ty: &ValueType| match ty {
            ValueType::Vector { element, .. } => Some((**element).clone()),
            _ => None,
        };
        let elements: Option<Vec<ValueType>> = types.iter().map(element).collect();
        if elements.is_none() {
            self.wrong("expected a vector".to_owned(), expression, scope);
        }
        elements
    }

    /// Returns whether values of a type become values of another one by themselves, or by a rule for some of its constructors.
    fn fits(&self, from: &ValueType, to: &ValueType) -> bool {
        match (from, to) {
            _ if from == to => true,
            (ValueType::Builtin(from), ValueType::Builtin(to)) => {
                let numbers = [Builtin::Int, Builtin::Nat, Builtin::Long, Builtin::Double];
                let is_number = numbers.contains(from) && numbers.contains(to);
                let is_truth = |it: &Builtin| matches!(it, Builtin::Bool | Builtin::True);
                is_number || (is_truth(from) && is_truth(to)) || (*from, *to) == (Builtin::String, Builtin::Bytes)
            }
            (ValueType::Vector { element: from, .. }, ValueType::Vector { element: to, .. }) => self.fits(from, to),
            (ValueType::Boxed(from, _), ValueType::Boxed(to, _)) => {
                let schema = &self.layouts.union.schema;
                schema[*from].constructors.iter().any(|&old| {
                    let name = schema[old].combinator.name.to_string();
                    let mut named = self.layouts.named(&name).iter();
                    self.known.contains(&(old, *to)) || named.any(|&it| schema[it].result == *to)
                })
            }
            _ => false,
        }
    }

    fn constructor(
        &mut self,
        name: &str,
        fields: &[(Named, Expression)],
        expression: &Expression,
        wanted: &ValueType,
        scope: &Scope<'u, '_>,
    ) -> Code {
        let ty = match wanted {
            ValueType::Boxed(ty, _) => *ty,
            ValueType::Bare(id, _) => self.layouts.get(*id).result,
            _ => {
                let wanted = self.layouts.spelled(wanted);
                return self.wrong(format!("expected a value of `{wanted}`, found `{name}`"), expression, scope);
            }
        };
        let found = self.layouts.find(name);
        let Some(&id) = found.iter().find(|&&it| self.layouts.get(it).result == ty) else {
            let names: Vec<String> = self.layouts.union.schema[ty]
                .constructors
                .iter()
                .filter(|&&it| self.layouts.is_in_newest(it))
                .map(|&it| self.layouts.get(it).combinator.name.to_string())
                .collect();
            let wanted = self.layouts.spelled(wanted);
            let place = scope.field.place_of(&expression.span);
            let what = format!("among the constructors of `{wanted}`,");
            self.unknown(&what, name, &place, names.iter().map(String::as_str));
            return None;
        };
        let constructor = self.layouts.get(id);
        let mut code = vec![3];
        code.extend(u32::try_from(id.index()).ok()?.to_le_bytes());
        code.push(self.count(fields.len(), &scope.field.place_of(&expression.span))?);
        for (name, value) in fields {
            let Some(field) = field_of(constructor, &name.name) else {
                let place = scope.field.place_of(&name.span);
                let names = constructor.combinator.fields.iter().map(|it| &*it.name);
                self.unknown("the field", &name.name, &place, names);
                return None;
            };
            code.extend(self.text(&field.name)?);
            code.extend(self.expression(value, &field.ty, scope)?);
        }
        let given = |field: &TypedField| fields.iter().any(|(name, _)| *name.name == *field.name);
        let mut required =
            constructor.combinator.fields.iter().filter(|it| it.condition.is_none() && !it.is_computed());
        if let Some(missing) = required.find(|it| !given(it)) {
            return self.wrong(format!("`{name}` lacks the field `{}`", missing.name), expression, scope);
        }
        Some(code)
    }

    fn list(
        &mut self,
        elements: &[(Expression, bool)],
        expression: &Expression,
        wanted: &ValueType,
        scope: &Scope<'u, '_>,
    ) -> Code {
        let ValueType::Vector { element: wanted_element, .. } = wanted else {
            let wanted = self.layouts.spelled(wanted);
            return self.wrong(format!("expected a value of `{wanted}`, found a vector"), expression, scope);
        };
        let mut code = vec![4, self.count(elements.len(), &scope.field.place_of(&expression.span))?];
        for (element, is_all) in elements {
            code.push(u8::from(*is_all));
            code.extend(match is_all {
                true => self.path_as(element, wanted, scope)?,
                false => self.expression(element, wanted_element, scope)?,
            });
        }
        Some(code)
    }

    fn case(
        &mut self,
        of: &Expression,
        cases: &[(Key, Expression)],
        wanted: &ValueType,
        scope: &Scope<'u, '_>,
    ) -> Code {
        let (code, _) = self.path(of, scope)?;
        let mut list = Vec::new();
        let mut count = 0;
        for (key, value) in cases {
            let value = self.expression(value, wanted, scope)?;
            let keys = match key {
                Key::Else => vec![vec![2]],
                Key::Number(number) => vec![[&[3][..], &number.to_le_bytes()].concat()],
                Key::Text(text) => vec![[&[1][..], text_code(text).get(1..).unwrap_or_default()].concat()],
                Key::Constructor(name) => self.ids_of(name, scope)?,
            };
            for key in keys {
                count += 1;
                list.extend(key);
                list.extend(&value);
            }
        }
        let count = self.count(count, &scope.field.place_of(&of.span))?;
        Some([&[10][..], &code, &[count], &list].concat())
    }

    /// The keys of a constructor: one for each of its ids.
    fn ids_of(&mut self, name: &Named, scope: &Scope<'u, '_>) -> Option<Vec<Vec<u8>>> {
        let fixed = [("boolTrue", 0x9972_75b5_u32), ("boolFalse", 0xbc79_9737)];
        let mut ids: BTreeSet<u32> = fixed.iter().filter(|it| it.0 == name.name).map(|it| it.1).collect();
        ids.extend(self.layouts.named(&name.name).iter().map(|&it| self.layouts.get(it).combinator.id));
        if ids.is_empty() {
            let names: Vec<String> = self.layouts.by_name.keys().cloned().collect();
            let place = scope.field.place_of(&name.span);
            self.unknown("the constructor", &name.name, &place, names.iter().map(String::as_str));
            return None;
        }
        Some(ids.into_iter().map(|id| [&[0][..], &id.to_le_bytes()].concat()).collect())
    }

    fn call(
        &mut self,
        name: &str,
        arguments: &[Expression],
        expression: &Expression,
        wanted: &ValueType,
        scope: &Scope<'u, '_>,
    ) -> Code {
        match (name, arguments) {
            ("first", [_]) => self.path_as(expression, wanted, scope),
            ("or", [_, ..]) => {
                let mut code = vec![6, self.count(arguments.len(), &scope.field.place_of(&expression.span))?];
                for argument in arguments {
                    code.extend(self.expression(argument, wanted, scope)?);
                }
                Some(code)
            }
            ("each", [of, value]) => {
                let ValueType::Vector { element: wanted, .. } = wanted else {
                    let wanted = self.layouts.spelled(wanted);
                    return self.wrong(format!("expected a value of `{wanted}`, found a vector"), expression, scope);
                };
                let (code, types) = self.path(of, scope)?;
                let it = self.elements(&types, of, scope)?;
                let value = self.expression(value, wanted, &Scope { it, ..scope.clone() })?;
                Some([&[5][..], &code, &value].concat())
            }
            ("ifset", [test, value]) => {
                let test = match &test.kind {
                    Kind::Call(name, _) if name != "first" => self.text_expression(test, scope)?,
                    _ => self.path(test, scope)?.0,
                };
                Some([&[7][..], &test, &self.expression(value, wanted, scope)?].concat())
            }
            ("flag" | "bool", [of]) => {
                let (op, builtin) = if name == "flag" { (8, Builtin::True) } else { (9, Builtin::Bool) };
                let (code, _) = self.path(of, scope)?;
                let fits = *wanted == ValueType::Builtin(builtin);
                self.literal(fits, "a boolean", [&[op][..], &code].concat(), expression, wanted, scope)
            }
            ("decimal" | "nonempty" | "before" | "after", _) => {
                let code = self.text_expression(expression, scope)?;
                self.literal(is_text(wanted), "a text", code, expression, wanted, scope)
            }
            ("first" | "or" | "each" | "ifset" | "flag" | "bool", _) => {
                self.wrong(format!("`{name}` has another number of arguments"), expression, scope)
            }
            _ => {
                let place = scope.field.place_of(&expression.span);
                self.unknown("the function", name, &place, FUNCTIONS.iter().copied());
                None
            }
        }
    }

    /// An expression that gives a text.
    fn text_expression(&mut self, expression: &Expression, scope: &Scope<'u, '_>) -> Code {
        let string = ValueType::Builtin(Builtin::String);
        match &expression.kind {
            Kind::Text(text) => Some(text_code(text)),
            Kind::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("decimal", [of]) => {
                    let (code, types) = self.path(of, scope)?;
                    let numbers = [Builtin::Int, Builtin::Nat, Builtin::Long].map(ValueType::Builtin);
                    match types.iter().all(|it| numbers.contains(it)) {
                        true => Some([&[14][..], &code].concat()),
                        false => self.wrong("expected an integer".to_owned(), of, scope),
                    }
                }
                ("nonempty", [of]) => Some([&[15][..], &self.text_expression(of, scope)?].concat()),
                ("before" | "after", [of, Expression { kind: Kind::Text(text), .. }]) => {
                    let of = self.text_expression(of, scope)?;
                    let op = if name == "before" { 17 } else { 18 };
                    Some([&[op][..], &of, text_code(text).get(1..).unwrap_or_default()].concat())
                }
                _ => self.wrong("expected a text".to_owned(), expression, scope),
            },
            _ => self.path_as(expression, &string, scope),
        }
    }
}

/// The functions of expressions.
const FUNCTIONS: &[&str] =
    &["after", "before", "bool", "case", "decimal", "each", "first", "flag", "ifset", "nonempty", "or"];

fn is_text(ty: &ValueType) -> bool {
    matches!(ty, ValueType::Builtin(Builtin::String | Builtin::Bytes))
}

fn text_code(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    [&[12][..], &length.to_le_bytes(), text.as_bytes()].concat()
}

fn field_of<'c>(constructor: &'c Constructor, name: &str) -> Option<&'c TypedField> {
    constructor.combinator.fields.iter().find(|it| *it.name == *name && !it.is_computed())
}

/// The fields of the old value that an expression refers to.
fn used_fields<'u>(expression: &Expression, old: &'u Constructor, used: &mut BTreeSet<&'u str>) {
    match &expression.kind {
        Kind::Name(name) => used.extend(field_of(old, name).map(|it| &*it.name)),
        Kind::Get(of, _) => used_fields(of, old, used),
        Kind::Constructor(_, fields) => fields.iter().for_each(|(_, it)| used_fields(it, old, used)),
        Kind::List(elements) => elements.iter().for_each(|(it, _)| used_fields(it, old, used)),
        Kind::Call(_, arguments) => arguments.iter().for_each(|it| used_fields(it, old, used)),
        Kind::Case(of, cases) => {
            used_fields(of, old, used);
            cases.iter().for_each(|(_, it)| used_fields(it, old, used));
        }
        Kind::Number(_) | Kind::Text(_) => {}
    }
}
