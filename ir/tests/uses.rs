//! Places of names: `«…»` where a name is declared, `‹…›` where it is used.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, function, resolve_texts, ty};
use typelang_ir::{CombinatorId, Named, ResolveOptions, Schema, resolve};
use typelang_parser::{SourceId, Sources, parse};

/// The texts with the places of one name marked; there may be errors.
fn marked(texts: &[&str], named: impl Fn(&Schema) -> Named) -> String {
    let mut sources = Sources::new();
    let ids: Vec<SourceId> = texts.iter().map(|text| sources.add("test.tl", *text)).collect();
    let files: Vec<_> = ids.iter().map(|&id| parse(id, sources.text(id)).file).collect();
    let resolution = resolve(&files, ResolveOptions::default());
    let named = named(&resolution.schema);
    let marked = texts.iter().zip(ids).map(|(text, id)| {
        let mut marked = (*text).to_owned();
        let uses: Vec<_> = resolution.uses.of(named).filter(|it| it.origin.source == id).collect();
        for it in uses.into_iter().rev() {
            let (left, right) = if it.declares { ('«', '»') } else { ('‹', '›') };
            let range = it.origin.span.range();
            marked.insert(range.end, right);
            marked.insert(range.start, left);
        }
        marked
    });
    marked.collect::<Vec<_>>().join("\n")
}

fn of_constructor(schema: &Schema, name: &str) -> CombinatorId {
    CombinatorId::Constructor(constructor(schema, name))
}

fn of_function(schema: &Schema, name: &str) -> CombinatorId {
    CombinatorId::Function(function(schema, name))
}

#[test]
fn types_in_fields_results_and_arguments() {
    let text = "user id:int = User;\nuserEmpty = User;\n\
                chat owner:User members:Vector<User> rows:2*[ a:vector<User> b:int ] = Chat;\n\
                pair {X:Type} x:X = Pair X;\nboth a:(Pair User) b:%(Pair User) = Both;\n\
                ---functions---\nget of:User = Vector User;";
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "User"))),
        "user id:int = «User»;\nuserEmpty = «User»;\n\
         chat owner:‹User› members:Vector<‹User›> rows:2*[ a:vector<‹User›> b:int ] = Chat;\n\
         pair {X:Type} x:X = Pair X;\nboth a:(Pair ‹User›) b:%(Pair ‹User›) = Both;\n\
         ---functions---\nget of:‹User› = Vector ‹User›;"
    );
}

#[test]
fn types_and_constructors_that_are_used_bare() {
    let text = "point x:int = Point;\nline a:%Point b:point c:vector<point> d:Point = Line;";
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "Point"))),
        "point x:int = «Point»;\nline a:%‹Point› b:point c:vector<point> d:‹Point› = Line;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Constructor(constructor(schema, "point"))),
        "«point» x:int = Point;\nline a:%Point b:‹point› c:vector<‹point›> d:Point = Line;"
    );
}

#[test]
fn names_with_namespaces_are_marked_whole() {
    let text = "help.user id:int = help.User;\nuser = User;\nhelp.both a:help.User b:User c:help.user = help.Both;";
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "help.User"))),
        "help.user id:int = «help.User»;\nuser = User;\nhelp.both a:‹help.User› b:User c:help.user = help.Both;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Constructor(constructor(schema, "help.user"))),
        "«help.user» id:int = help.User;\nuser = User;\nhelp.both a:help.User b:User c:‹help.user› = help.Both;"
    );
}

#[test]
fn fields_that_conditions_counts_and_arguments_depend_on() {
    let text = "day {m:#} a:m.0?int = Day m;\n\
                x flags:# n:# a:flags.0?int b:n*[ int ] c:(Day flags) d:(n+1)*[ k:# l:flags.1?n*[ int ] ] e:k.1?int k:int = X;";
    let field = |position| move |schema: &Schema| Named::Field(of_constructor(schema, "x"), position);
    assert_eq!(
        marked(&[text], field(0)).lines().nth(1),
        Some(
            "x «flags»:# n:# a:‹flags›.0?int b:n*[ int ] c:(Day ‹flags›) d:(n+1)*[ k:# l:‹flags›.1?n*[ int ] ] \
             e:k.1?int k:int = X;"
        )
    );
    assert_eq!(
        marked(&[text], field(1)).lines().nth(1),
        Some(
            "x flags:# «n»:# a:flags.0?int b:‹n›*[ int ] c:(Day flags) d:(‹n›+1)*[ k:# l:flags.1?‹n›*[ int ] ] \
             e:k.1?int k:int = X;"
        )
    );
}

#[test]
fn fields_of_repetitions_are_those_of_their_groups() {
    let text = "a n:# rows:n*[ m:# cells:m*[ x:int y:m.1?int z:n.2?int ] ] = A;";
    assert_eq!(
        marked(&[text], |schema| Named::Field(of_constructor(schema, "a_rows"), 0)),
        "a n:# rows:n*[ «m»:# cells:‹m›*[ x:int y:‹m›.1?int z:n.2?int ] ] = A;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Field(of_constructor(schema, "a"), 0)),
        "a «n»:# rows:‹n›*[ m:# cells:m*[ x:int y:m.1?int z:‹n›.2?int ] ] = A;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Field(of_constructor(schema, "a_rows_cells"), 1)),
        "a n:# rows:n*[ m:# cells:m*[ x:int «y»:m.1?int z:n.2?int ] ] = A;"
    );
}

#[test]
fn parameters_of_constructors() {
    let text = "t {n:#} {X:Type} a:X b:n*[ X ] c:2*[ x:X y:n.0?X ] d:(T X n) = T X n;\nu {X:Type} a:X = U X;";
    let parameter = |position| move |schema: &Schema| Named::Parameter(of_constructor(schema, "t"), position);
    assert_eq!(
        marked(&[text], parameter(0)),
        "t {n:#} {«X»:Type} a:‹X› b:n*[ ‹X› ] c:2*[ x:‹X› y:n.0?‹X› ] d:(T ‹X› n) = T ‹X› n;\nu {X:Type} a:X = U X;",
        "in the order of the type's arguments"
    );
    assert_eq!(
        marked(&[text], parameter(1)),
        "t {«n»:#} {X:Type} a:X b:‹n›*[ X ] c:2*[ x:X y:‹n›.0?X ] d:(T X ‹n›) = T X ‹n›;\nu {X:Type} a:X = U X;"
    );
}

#[test]
fn parameters_of_functions_and_their_calls() {
    let text = "---functions---\nwrap {X:Type} flags:# query:!X = X;\nwrapAll {X:Type} query:!X = Vector X;";
    assert_eq!(
        marked(&[text], |schema| Named::Parameter(of_function(schema, "wrap"), 0)),
        "---functions---\nwrap {«X»:Type} flags:# query:!‹X› = ‹X›;\nwrapAll {X:Type} query:!X = Vector X;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Field(of_function(schema, "wrapAll"), 0)),
        "---functions---\nwrap {X:Type} flags:# query:!X = X;\nwrapAll {X:Type} «query»:!X = Vector X;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Function(function(schema, "wrapAll"))),
        "---functions---\nwrap {X:Type} flags:# query:!X = X;\n«wrapAll» {X:Type} query:!X = Vector X;"
    );
}

#[test]
fn several_files_make_one_schema() {
    let texts = ["chat owner:User = Chat;", "user id:int = User;\nFinal User;", "---functions---\nget = User;"];
    assert_eq!(
        marked(&texts, |schema| Named::Type(ty(schema, "User"))),
        "chat owner:‹User› = Chat;\nuser id:int = «User»;\nFinal ‹User›;\n---functions---\nget = ‹User›;"
    );
}

#[test]
fn instances_that_are_asked_for_by_name() {
    let text = "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\nuser = User;\nPair User;\nVector User;";
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "Pair"))),
        "pair {X:Type} {Y:Type} x:X y:Y = «Pair» X Y;\nuser = User;\n‹Pair› User;\nVector User;"
    );
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "User"))),
        "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\nuser = «User»;\nPair ‹User›;\nVector ‹User›;"
    );
}

#[test]
fn a_schema_with_errors_has_places_as_well() {
    let text = "user id:int = User;\nbad a:Nothing b:User c:(Vector Nothing User) flags:# d:flags.40?User = Bad;";
    assert_eq!(
        marked(&[text], |schema| Named::Type(ty(schema, "User"))),
        "user id:int = «User»;\nbad a:Nothing b:‹User› c:(Vector Nothing User) flags:# d:flags.40?‹User› = Bad;"
    );
    // Positions are those of the fields that could be resolved.
    assert_eq!(
        marked(&[text], |schema| Named::Field(of_constructor(schema, "bad"), 1)),
        "user id:int = User;\nbad a:Nothing b:User c:(Vector Nothing User) «flags»:# d:‹flags›.40?User = Bad;"
    );
}

#[test]
fn the_name_at_a_place() {
    let resolution = resolve_texts(&["user id:int = User;\nchat owner:%User = Chat;"]);
    let source = resolution.uses.all()[0].origin.source;
    let at = |offset| resolution.uses.at(source, offset).map(|it| it.named);
    let schema = &resolution.schema;
    assert_eq!(at(0), Some(Named::Constructor(constructor(schema, "user"))));
    assert_eq!(at(4), at(0), "behind a name");
    assert_eq!(at(5), Some(Named::Field(of_constructor(schema, "user"), 0)));
    assert_eq!(at(9), None, "built-in types are no names of a schema");
    assert_eq!(at(31), None, "before `%`");
    assert_eq!(at(33), Some(Named::Type(ty(schema, "User"))));
    assert_eq!(at(1000), None);
}
