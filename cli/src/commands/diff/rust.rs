//! Changes in generated Rust, by the model of the generator.

use std::collections::{BTreeMap, BTreeSet};

use typelang_build::{OutlineItem, OutlineKind, OutlineMember};

/// The structs and enums of a schema, by path.
pub(super) type Outline = BTreeMap<String, OutlineItem>;

/// A change of a struct or an enum.
pub(super) struct RustChange {
    /// `types::help::Config`
    pub(super) path: String,
    /// `+`, `~` or `-`.
    pub(super) mark: char,
    pub(super) effects: Vec<Effect>,
}

/// One difference.
pub(super) struct Effect {
    pub(super) text: String,
    /// Why code stops compiling, if it does.
    pub(super) breaks: Option<&'static str>,
}

impl Effect {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), breaks: None }
    }

    fn breaking(text: impl Into<String>, reason: &'static str) -> Self {
        Self { text: text.into(), breaks: Some(reason) }
    }
}

impl RustChange {
    /// The change on a line, without its mark.
    pub(super) fn line(&self) -> String {
        let effects: Vec<String> = self.effects.iter().map(|effect| effect.text.clone()).collect();
        let reasons: BTreeSet<&str> = self.effects.iter().filter_map(|effect| effect.breaks).collect();
        let mut line = self.path.clone();
        if !effects.is_empty() {
            line.push_str(&format!(": {}", effects.join(", ")));
        }
        if !reasons.is_empty() {
            line.push_str(&format!(" [{}]", reasons.into_iter().collect::<Vec<_>>().join("; ")));
        }
        line
    }
}

/// The changes from one outline to another one, by path.
pub(super) fn changes(old: &Outline, new: &Outline) -> Vec<RustChange> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    paths.into_iter().filter_map(|path| change(path, (old, old.get(path)), (new, new.get(path)))).collect()
}

fn change(
    path: &str,
    (olds, old): (&Outline, Option<&OutlineItem>),
    (news, new): (&Outline, Option<&OutlineItem>),
) -> Option<RustChange> {
    let (mark, effects) = match (old, new) {
        (None, Some(new)) => ('+', vec![Effect::new(kind(new.kind))]),
        (Some(old), None) => ('-', vec![Effect::breaking(kind(old.kind), "code that names it does not compile")]),
        (Some(old), Some(new)) => ('~', of_both((olds, old), (news, new))),
        (None, None) => return None,
    };
    (!effects.is_empty()).then(|| RustChange { path: path.to_owned(), mark, effects })
}

fn kind(kind: OutlineKind) -> &'static str {
    match kind {
        OutlineKind::Struct => "struct",
        OutlineKind::Enum => "enum",
        OutlineKind::Function => "struct of a function",
    }
}

fn of_both((olds, old): (&Outline, &OutlineItem), (news, new): (&Outline, &OutlineItem)) -> Vec<Effect> {
    let mut effects = match new.kind {
        OutlineKind::Enum => variants(old, new),
        OutlineKind::Struct | OutlineKind::Function => fields((olds, old), (news, new)),
    };
    if old.output != new.output
        && let (Some(before), Some(after)) = (&old.output, &new.output)
    {
        effects.push(Effect::breaking(
            format!("gives {after}, gave {before}"),
            "code that uses the result does not compile",
        ));
    }
    let traits =
        |one: &OutlineItem, other: &OutlineItem| one.traits.difference(&other.traits).copied().collect::<Vec<_>>();
    let (lost, won) = (traits(old, new), traits(new, old));
    if !lost.is_empty() {
        effects.push(Effect::breaking(
            format!("loses {}", lost.join(", ")),
            "code that relies on a trait does not compile",
        ));
    }
    if !won.is_empty() {
        effects.push(Effect::new(format!("has {}", won.join(", "))));
    }
    effects.extend(features(old, new));
    effects
}

fn features(old: &OutlineItem, new: &OutlineItem) -> Option<Effect> {
    let list = |names: &BTreeSet<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let is_always = |item: &OutlineItem| item.features.is_empty();
    match (is_always(old), is_always(new)) {
        (true, true) => None,
        (true, false) => {
            let text = format!("needs one of the features {}", list(&new.features));
            Some(Effect::breaking(text, "it is not there without a feature"))
        }
        (false, true) => Some(Effect::new("needs no feature")),
        (false, false) => {
            let lost: BTreeSet<String> = old.features.difference(&new.features).cloned().collect();
            let won: BTreeSet<String> = new.features.difference(&old.features).cloned().collect();
            match (lost.is_empty(), won.is_empty()) {
                (true, true) => None,
                (true, false) => Some(Effect::new(format!("is there with the features {} as well", list(&won)))),
                (false, _) => {
                    let text =
                        format!("is not there with the features {}, but with {}", list(&lost), list(&new.features));
                    Some(Effect::breaking(text, "it is not there with a feature that had it"))
                }
            }
        }
    }
}

fn variants(old: &OutlineItem, new: &OutlineItem) -> Vec<Effect> {
    let mut effects = Vec::new();
    let before: BTreeMap<&str, &str> = old.members.iter().map(|it| (&*it.name, &*it.ty)).collect();
    for member in &new.members {
        match before.get(&*member.name) {
            None => {
                let content = if member.ty.is_empty() { String::new() } else { format!("({})", member.ty) };
                effects.push(Effect::breaking(format!("+{}{content}", member.name), "a match needs an arm more"));
            }
            Some(ty) if *ty != member.ty => {
                let (from, to) = (shown(ty), shown(&member.ty));
                let text = if format!("Box<{ty}>") == member.ty {
                    format!("{} is boxed", member.name)
                } else if format!("Box<{}>", member.ty) == *ty {
                    format!("{} is not boxed", member.name)
                } else {
                    format!("{} contains {to}, contained {from}", member.name)
                };
                effects.push(Effect::breaking(text, "patterns and constructors of the variant change"));
            }
            Some(_) => {}
        }
    }
    let gone = old.members.iter().filter(|it| !new.members.iter().any(|other| other.name == it.name));
    effects.extend(gone.map(|it| Effect::breaking(format!("-{}", it.name), "a match has an arm too many")));
    effects
}

fn shown(ty: &str) -> &str {
    if ty.is_empty() { "nothing" } else { ty }
}

fn fields((olds, old): (&Outline, &OutlineItem), (news, new): (&Outline, &OutlineItem)) -> Vec<Effect> {
    const LITERAL: &str = "literals and patterns change";
    let mut effects = Vec::new();
    let is_in = |members: &[OutlineMember], name: &str| members.iter().any(|it| it.name == name);
    let mut gone: Vec<&OutlineMember> = old.members.iter().filter(|it| !is_in(&new.members, &it.name)).collect();
    for member in &new.members {
        if let Some(before) = old.members.iter().find(|it| it.name == member.name) {
            if before.ty != member.ty {
                effects.push(Effect::breaking(retyped(before, member), "code that uses the field does not compile"));
            }
            continue;
        }
        // The same fields of the schema under another name: a group has changed.
        let parts = parts(news, new, member);
        let former = gone.iter().position(|it| !parts.is_disjoint(&self::parts(olds, old, it)));
        match former.map(|at| gone.remove(at)) {
            Some(before) => {
                let text = format!("{} is {} now: {}", before.name, member.name, member.ty);
                effects.push(Effect::breaking(text, "code that uses the field does not compile"));
            }
            None => effects.push(Effect::breaking(format!("+{}: {}", member.name, member.ty), LITERAL)),
        }
    }
    effects.extend(gone.into_iter().map(|it| Effect::breaking(format!("-{}: {}", it.name, it.ty), LITERAL)));
    effects
}

fn retyped(before: &OutlineMember, after: &OutlineMember) -> String {
    match (before.ty.replace("types::", "enums::") == after.ty, after.ty.replace("types::", "enums::") == before.ty) {
        (true, _) => format!("{}: {}, a struct that is an enum now", after.name, after.ty),
        (_, true) => format!("{}: {}, an enum that is a struct now", after.name, after.ty),
        _ => format!("{}: {}, was {}", after.name, after.ty, before.ty),
    }
}

/// The fields of the schema that are in a field: itself, or those of a group.
fn parts<'o>(outline: &'o Outline, owner: &OutlineItem, member: &'o OutlineMember) -> BTreeSet<&'o str> {
    let group = member.ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>'));
    let structure = group.and_then(|group| {
        let is_group = |(path, item): &(&String, &OutlineItem)| {
            item.name == owner.name && path.rsplit("::").next() == Some(group) && item.kind == OutlineKind::Struct
        };
        outline.iter().find(is_group).map(|(_, item)| item)
    });
    match structure {
        Some(structure) => structure.members.iter().map(|it| it.name.as_str()).collect(),
        None => BTreeSet::from([member.name.as_str()]),
    }
}
