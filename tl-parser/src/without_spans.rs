//! Trees without places, to compare what two texts say.

use std::sync::Arc;

use crate::ast::{
    Body, Combinator, Documentation, Expression, ExpressionKind, Field, FieldKind, File, Identifier, Item,
    OptionalArgument, QualifiedName,
};
use crate::{SourceId, Span};

impl File {
    /// The same tree with every span and the source set to their defaults, and without comments.
    ///
    /// Two texts that declare the same in the same order, with the same documentation, give equal trees, however they
    /// are laid out.
    #[must_use]
    pub fn without_spans(&self) -> Self {
        let mut file = self.clone();
        file.source = SourceId::default();
        file.comments.clear();
        if let Some(layer) = &mut file.layer {
            layer.span = Span::default();
        }
        file.layer_markers.iter_mut().for_each(|marker| marker.span = Span::default());
        file.items.iter_mut().for_each(clear_item);
        file
    }
}

fn clear_item(item: &mut Item) {
    match item {
        Item::Section(header) => header.span = Span::default(),
        Item::Combinator(combinator) => clear_combinator(combinator),
        Item::PartialApplication(application) => {
            application.span = Span::default();
            clear_expression(&mut application.expression);
        }
        Item::Finality(finality) => {
            finality.span = Span::default();
            clear_name(&mut finality.name);
        }
    }
}

fn clear_combinator(combinator: &mut Combinator) {
    combinator.span = Span::default();
    if let Some(documentation) = &mut combinator.documentation {
        clear_documentation(Arc::make_mut(documentation));
    }
    combinator.annotations.iter_mut().for_each(clear_identifier);
    clear_name(&mut combinator.name);
    if let Some(id) = &mut combinator.id {
        id.span = Span::default();
    }
    combinator.optional_arguments.iter_mut().for_each(clear_optional_argument);
    match &mut combinator.body {
        Body::Fields(fields) => fields.iter_mut().for_each(clear_field),
        Body::Builtin(span) => *span = Span::default(),
    }
    clear_expression(&mut combinator.result);
}

fn clear_documentation(documentation: &mut Documentation) {
    documentation.span = Span::default();
    for field in &mut documentation.fields {
        field.span = Span::default();
    }
    if let Some(class) = &mut documentation.class {
        class.span = Span::default();
    }
}

fn clear_identifier(identifier: &mut Identifier) {
    identifier.span = Span::default();
}

fn clear_name(name: &mut QualifiedName) {
    name.span = Span::default();
}

fn clear_optional_argument(argument: &mut OptionalArgument) {
    argument.span = Span::default();
    clear_identifier(&mut argument.name);
    clear_expression(&mut argument.kind);
}

fn clear_field(field: &mut Field) {
    field.span = Span::default();
    if let Some(name) = &mut field.name {
        clear_identifier(name);
    }
    if let Some(condition) = &mut field.condition {
        condition.span = Span::default();
        clear_identifier(&mut condition.field);
        if let Some(bit) = &mut condition.bit {
            bit.span = Span::default();
        }
    }
    match &mut field.kind {
        FieldKind::Type(expression) => clear_expression(expression),
        FieldKind::Repetition(repetition) => {
            repetition.span = Span::default();
            repetition.multiplicity.iter_mut().for_each(clear_expression);
            repetition.fields.iter_mut().for_each(clear_field);
        }
    }
}

fn clear_expression(expression: &mut Expression) {
    expression.span = Span::default();
    match &mut expression.kind {
        ExpressionKind::Name(name) => clear_name(name),
        ExpressionKind::Nat | ExpressionKind::Number(_) => {}
        ExpressionKind::Application { function, arguments, .. } => {
            clear_expression(function);
            arguments.iter_mut().for_each(clear_expression);
        }
        ExpressionKind::Bare(inner) => clear_expression(inner),
        ExpressionKind::Sum(terms) => terms.iter_mut().for_each(clear_expression),
    }
}
