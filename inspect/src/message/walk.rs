//! The walk through the messages of an input.

use typelang::reflect::{Combinator, Table, Type};
use typelang::unpack::unpack;
use typelang::{ReadOptions, VECTOR_ID};

use super::envelope::{self, MESSAGE_HEAD, MessageHead};
use super::ids::{self, GZIP_PACKED, MESSAGE, MSG_CONTAINER, MSG_COPY, RPC_RESULT};
use super::place::Place;
use super::settings::Settings;
use super::sink::Sink;
use super::unread::{Unread, swapped};
use crate::schemas::TypeIn;

/// How many messages may contain one another.
const MAX_DEPTH: u32 = 16;

/// A walk that is under way.
pub(super) struct Walk<'w, 't> {
    settings: &'w Settings<'t>,
    sink: &'w mut dyn Sink,
    pub(super) notes: Vec<String>,
    /// Ids that no schema has.
    pub(super) unknown: Vec<u32>,
    unpacked_left: usize,
    /// The type of the results of requests.
    answer: Option<TypeIn<'t>>,
}

/// What is known of bytes before they are read.
#[derive(Clone, Copy)]
struct Context {
    place: Place,
    /// How many messages contain the bytes.
    depth: u32,
    /// Whether the bytes are the result of a request.
    is_answer: bool,
}

impl Context {
    const START: Self = Self { place: Place::START, depth: 0, is_answer: false };

    /// The context of what a message contains so many bytes behind its start.
    fn inside(self, offset: usize) -> Self {
        Self { place: self.place.after(offset), depth: self.depth + 1, is_answer: false }
    }
}

type Read<T = usize> = Result<T, Unread>;

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn new(settings: &'w Settings<'t>, sink: &'w mut dyn Sink) -> Self {
        Self {
            settings,
            sink,
            notes: Vec::new(),
            unknown: Vec::new(),
            unpacked_left: settings.max_unpacked,
            answer: settings.answer,
        }
    }

    /// One value of a type, or what MTProto puts around one.
    pub(super) fn typed(&mut self, bytes: &[u8], ty: TypeIn<'t>) -> Result<(), (Place, Unread)> {
        let options = self.settings.options;
        match ty.table.check(ty.ty, bytes, options) {
            Ok(taken) => {
                self.sink.value(Place::START, ty, bytes, options);
                self.rest(Place::START.after(taken), bytes.len().saturating_sub(taken));
                Ok(())
            }
            Err(_) if ids::word(bytes).and_then(ids::name_of).is_some() => {
                self.answer = Some(ty);
                self.objects_from(bytes, Context { is_answer: true, ..Context::START })
            }
            Err(error) => {
                self.sink.broken(Place::START, ty, bytes, options);
                Err((Place::START, Unread::Value(error)))
            }
        }
    }

    /// Objects one after another, as long as a next one begins with an id that is known.
    pub(super) fn objects(&mut self, bytes: &[u8]) -> Result<(), (Place, Unread)> {
        self.objects_from(bytes, Context::START)
    }

    fn objects_from(&mut self, bytes: &[u8], mut context: Context) -> Result<(), (Place, Unread)> {
        let mut rest = bytes;
        loop {
            match self.value(rest, context) {
                Ok(taken) => {
                    rest = rest.get(taken..).unwrap_or_default();
                    context.place = context.place.after(taken);
                }
                Err(unread) => {
                    self.broken(rest, context.place, &unread);
                    return Err((context.place, unread));
                }
            }
            let is_next = ids::word(rest).is_some_and(|id| self.is_known(id));
            if self.settings.options.strict && !rest.is_empty() {
                return Err((Place::START, Unread::Trailing { count: rest.len(), place: context.place }));
            }
            if !is_next {
                self.rest(context.place, rest.len());
                return Ok(());
            }
        }
    }

    fn is_known(&self, id: u32) -> bool {
        ids::name_of(id).is_some() || self.settings.schemas.name_of(id).is_some()
    }

    fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    fn rest(&mut self, place: Place, length: usize) {
        if length > 0 {
            self.note(format!("{} after the value, from {place} on", counted(length)));
        }
    }

    /// Shows what can be read of a value that is not whole.
    fn broken(&mut self, bytes: &[u8], place: Place, unread: &Unread) {
        let table = ids::word(bytes).and_then(|id| self.settings.schemas.that_know(id).next());
        if let (Some(entry), Unread::Value(_)) = (table, unread) {
            let ty = ids::word(bytes).map_or(Type::ANY, |id| of_id(&entry.table, id));
            let ty = TypeIn { table: entry.table, ty };
            self.sink.broken(place, ty, bytes, self.settings.options);
        }
    }

    /// All of the bytes, whose length is known, as one value or as they are.
    fn frame(&mut self, bytes: &[u8], context: Context) {
        match self.value(bytes, context) {
            Ok(taken) => self.rest(context.place.after(taken), bytes.len().saturating_sub(taken)),
            Err(unread) => self.keep(bytes, context, &unread),
        }
    }

    /// Keeps bytes that nobody can read.
    fn keep(&mut self, bytes: &[u8], context: Context, unread: &Unread) {
        self.sink.raw(context.place, bytes);
        self.unknown.extend(unread.unknown());
        let (place, kept) = (context.place, counted(bytes.len()));
        let verb = if bytes.len() == 1 { "is" } else { "are" };
        match unread.unknown_at_start() {
            Some(VECTOR_ID) if context.is_answer => self.note(format!(
                "the result at {place} is a vector, whose elements only the request tells (--request FUNCTION): {kept} {verb} \
                 shown as they are"
            )),
            Some(id) => {
                self.note(format!("unknown constructor {id:#010x} at {place}: {kept} {verb} shown as they are"));
                self.notes.extend(swapped(id, &self.settings.schemas));
            }
            None => {
                self.note(format!("in the {kept} from {place} on, shown as they are: {unread}"));
                let help = unread.help(&self.settings.schemas, true);
                self.notes.extend(help);
            }
        }
    }

    /// A value at the start of the bytes. Nothing is written if it cannot be read.
    fn value(&mut self, bytes: &[u8], context: Context) -> Read {
        if context.depth > MAX_DEPTH {
            return Err(Unread::TooDeep);
        }
        let id = ids::word(bytes).unwrap_or_default();
        let fields = bytes.get(4..).unwrap_or_default();
        let taken = match id {
            RPC_RESULT => self.rpc_result(fields, context)?,
            MSG_CONTAINER => self.container(fields, context)?,
            MESSAGE => self.message(fields, context)?,
            MSG_COPY => self.copy(fields, context)?,
            GZIP_PACKED => self.packed(fields, context)?,
            _ => return self.object(bytes, id, context),
        };
        Ok(4 + taken)
    }

    fn begin(&mut self, context: Context, id: u32) {
        self.sink.begin(context.place, ids::name_of(id).unwrap_or_default(), id);
    }

    fn rpc_result(&mut self, fields: &[u8], context: Context) -> Read {
        let req_msg_id = envelope::req_msg_id(fields)?;
        let result = fields.get(8..).unwrap_or_default();
        self.begin(context, RPC_RESULT);
        self.sink.field("req_msg_id");
        self.sink.long(context.place.after(4), req_msg_id);
        self.sink.field("result");
        let inside = Context { is_answer: true, ..context.inside(12) };
        let taken = match self.value(result, inside) {
            Ok(taken) => taken,
            Err(unread) => {
                self.keep(result, inside, &unread);
                result.len()
            }
        };
        self.sink.end();
        Ok(8 + taken)
    }

    fn container(&mut self, fields: &[u8], context: Context) -> Read {
        let count = envelope::message_count(fields)?;
        self.begin(context, MSG_CONTAINER);
        self.sink.field("messages");
        self.sink.begin_vector(context.place.after(4), count);
        let mut taken = 4;
        for _ in 0..count {
            let rest = fields.get(taken..).unwrap_or_default();
            let context = context.inside(4 + taken);
            taken += match self.contained(rest, context) {
                Ok(taken) => taken,
                Err(unread) => {
                    self.keep(rest, context, &unread);
                    rest.len()
                }
            };
            if taken >= fields.len() {
                break;
            }
        }
        self.sink.end();
        self.sink.end();
        Ok(taken)
    }

    /// A message without its id, as containers have it.
    fn contained(&mut self, bytes: &[u8], context: Context) -> Read {
        let head = MessageHead::read(bytes)?;
        self.begin(context, MESSAGE);
        Ok(self.fields_of_message(&head, bytes, context))
    }

    fn message(&mut self, fields: &[u8], context: Context) -> Read {
        let head = MessageHead::read(fields)?;
        self.begin(context, MESSAGE);
        Ok(self.fields_of_message(&head, fields, Context { place: context.place.after(4), ..context }))
    }

    fn fields_of_message(&mut self, head: &MessageHead, fields: &[u8], context: Context) -> usize {
        self.sink.field("msg_id");
        self.sink.long(context.place, head.msg_id);
        self.sink.field("seqno");
        self.sink.int(context.place.after(8), head.seqno);
        self.sink.field("bytes");
        self.sink.int(context.place.after(12), head.bytes);
        self.sink.field("body");
        let rest = fields.get(MESSAGE_HEAD..).unwrap_or_default();
        let context = context.inside(MESSAGE_HEAD);
        let body = head.length().and_then(|length| rest.get(..length));
        match body {
            Some(body) => self.frame(body, context),
            None => {
                self.note(format!("the body at {} has {} of {} bytes", context.place, rest.len(), head.bytes));
                self.frame(rest, context);
            }
        }
        self.sink.end();
        MESSAGE_HEAD + body.unwrap_or(rest).len()
    }

    fn copy(&mut self, fields: &[u8], context: Context) -> Read {
        match ids::word(fields) {
            Some(MESSAGE) => {}
            found => return Err(Unread::NoMessage { found: found.unwrap_or_default() }),
        }
        let message = fields.get(4..).unwrap_or_default();
        MessageHead::read(message)?;
        self.begin(context, MSG_COPY);
        self.sink.field("orig_message");
        let taken = self.message(message, context.inside(4))?;
        self.sink.end();
        Ok(4 + taken)
    }

    fn packed(&mut self, fields: &[u8], context: Context) -> Read {
        let (packed, taken) = envelope::packed_data(fields)?;
        self.begin(context, GZIP_PACKED);
        self.sink.field("packed_data");
        match unpack(packed, self.unpacked_left) {
            Ok(unpacked) => {
                self.unpacked_left -= unpacked.len();
                let inside = context.inside(4);
                self.frame(
                    &unpacked,
                    Context { place: inside.place.unpacked(), is_answer: context.is_answer, ..inside },
                );
            }
            Err(error) => {
                let place = context.place.after(4);
                self.sink.raw(place, packed);
                self.note(format!("{} from {place} on are shown as they are: {error}", counted(packed.len())));
            }
        }
        self.sink.end();
        Ok(taken)
    }

    /// A value that a schema can read.
    fn object(&mut self, bytes: &[u8], id: u32, context: Context) -> Read {
        let options = self.settings.options;
        let mut first_error = None;
        if let Some(answer) = self.answer.filter(|_| context.is_answer && id != ids::RPC_ERROR) {
            match answer.table.check(answer.ty, bytes, options) {
                Ok(taken) => return Ok(self.shown(bytes, answer, options, context, taken)),
                Err(error) => first_error = Some(error),
            }
        }
        let schemas = &self.settings.schemas;
        for entry in schemas.that_know(id) {
            match entry.table.check(Type::ANY, bytes, options) {
                Ok(taken) => {
                    if let (false, Some(name)) = (schemas.is_first(entry), &entry.name) {
                        let called = entry.table.name_of(id).unwrap_or_default();
                        self.notes.push(format!("{} at {} is of {name}", called, context.place));
                    }
                    let ty = TypeIn { table: entry.table, ty: of_id(&entry.table, id) };
                    return Ok(self.shown(bytes, ty, options, context, taken));
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(match (first_error, bytes.len()) {
            (Some(error), _) => Unread::Value(error),
            (None, 4..) => Unread::Unknown { id },
            (None, left) => Unread::NoId { left },
        })
    }

    fn shown(&mut self, bytes: &[u8], ty: TypeIn<'t>, options: ReadOptions, context: Context, taken: usize) -> usize {
        self.sink.value(context.place, ty, bytes.get(..taken).unwrap_or(bytes), options);
        taken
    }
}

/// The type of a value that begins with an id: of one combinator, if the id tells which.
fn of_id<'t>(table: &Table<'t>, id: u32) -> Type<'t> {
    let mut found = table.combinators_with(id).filter(Combinator::stands_alone);
    match (found.next(), found.next()) {
        (Some(only), None) => only.boxed(),
        _ => Type::ANY,
    }
}

/// `1 byte`, `2 bytes`.
fn counted(bytes: usize) -> String {
    format!("{bytes} byte{}", if bytes == 1 { "" } else { "s" })
}
