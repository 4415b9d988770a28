//! A service whose answers depend on the requests, seen from both sides.
//!
//! `visits.getHistory fields_mask:# days:# page:string = Maybe (visits.History fields_mask days)`: how many days an answer
//! has, and which fields each of them has, does not stand in the answer. The client knows it from its request
//! ([`Function::read_output`]), and the server from the request that it serves ([`Function::output_form`]).

use std::error::Error;

use typelang::codec::EncodeAs;
use typelang::{Decode, EncodeError, Function, Writer};

use tl::AnyFunction;
use tl::enums::Maybe;
use tl::functions::visits::{GetHistory, GetTotals};
use tl::types::ResultTrue;
use tl::types::visits::{Day, History};

/// The code that is generated from `schema.tl`.
pub mod tl {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}

/// Bit of [`GetHistory::fields_mask`] that asks for [`Day::visitors`].
pub const VISITORS: u32 = 1 << 0;
/// Bit of [`GetHistory::fields_mask`] that asks for [`Day::seconds`].
pub const SECONDS: u32 = 1 << 1;

/// Name of the only page that the server knows.
pub const PAGE: &str = "start";

/// The most days that the server tells at once.
pub const MAX_DAYS: u32 = 366;

/// Sends a request to the server, and reads the answer as the request says.
///
/// # Errors
///
/// The request cannot be written, the server refuses it, or what comes back is no answer to it.
pub fn call<F: Function>(request: &F) -> Result<F::Output, Box<dyn Error>> {
    Ok(request.read_output(&serve(&request.to_bytes()?)?)?)
}

/// What the server does with a request.
///
/// # Errors
///
/// The bytes are no request, or it asks for more than [`MAX_DAYS`].
pub fn serve(request: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    answer(&AnyFunction::from_bytes(request)?)
}

fn answer(request: &AnyFunction) -> Result<Vec<u8>, Box<dyn Error>> {
    match request {
        AnyFunction::VisitsGetHistory(request) if request.days > MAX_DAYS => Err("too many days".into()),
        AnyFunction::VisitsGetHistory(request) => Ok(result_bytes(request, &history(request))?),
        AnyFunction::VisitsGetTotals(request) => Ok(result_bytes(request, &totals(request))?),
        // The result of a wrapped request is that of the request.
        AnyFunction::RpcOnServer(request) => answer(&request.query),
    }
}

/// A result as bytes, in the form that the request asks for.
///
/// # Errors
///
/// The result is not what was asked for: it has more or fewer elements, or a field too many or too few.
pub fn result_bytes<F>(request: &F, result: &F::Output) -> Result<Vec<u8>, EncodeError>
where
    F: Function,
    F::OutputForm: EncodeAs<F::Output>,
{
    let form = request.output_form();
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes);
    form.encode_as(result, &mut writer);
    writer.finish()?;
    Ok(bytes)
}

fn history(request: &GetHistory) -> Maybe<History> {
    if request.page != PAGE {
        return Maybe::ResultFalse;
    }
    let asked = |bit: u32| request.fields_mask & bit != 0;
    let day = Day { views: 10, visitors: asked(VISITORS).then_some(4), seconds: asked(SECONDS).then_some(1.5) };
    let history = (0..request.days).map(|_| day).collect();
    Maybe::ResultTrue(ResultTrue { result: History { page: request.page.clone(), history } })
}

fn totals(request: &GetTotals) -> Vec<i64> {
    request.pages.iter().map(|page| if page == PAGE { 10_000 } else { 0 }).collect()
}
