//! Calls that are sent, with typed results.

#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::Future;

use crate::{DecodeError, EncodeError, Function};

/// A client that sends calls and receives their results: `let answer = client.invoke(&SendEncrypted { … }).await?;`
///
/// A client says how bytes travel; the types come from the calls. The futures are `Send`, so that they run on any executor; no
/// executor is asked for.
///
/// ```
/// use typelang::prelude::*;
/// use typelang::{DecodeError, EncodeError, Invoke};
///
/// /// `echo#00000001 number:int = Int`: returns the number.
/// struct Echo {
///     number: i32,
/// }
///
/// impl Combinator for Echo {
///     const ID: u32 = 1;
///     const NAME: &'static str = "echo";
/// }
///
/// impl EncodeBare for Echo {
///     fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
///         writer.write_with_head(id, self.number);
///     }
/// }
///
/// impl Returns for Echo {
///     type Value = i32;
/// }
///
/// /// A server in the same process: it answers with the fields of the call.
/// struct Local;
///
/// #[derive(Debug)]
/// enum Error {
///     Encode(EncodeError),
///     Decode(DecodeError),
/// }
/// # impl From<EncodeError> for Error { fn from(error: EncodeError) -> Self { Error::Encode(error) } }
/// # impl From<DecodeError> for Error { fn from(error: DecodeError) -> Self { Error::Decode(error) } }
///
/// impl Invoke for Local {
///     type Error = Error;
///
///     async fn exchange(&self, call: Vec<u8>) -> Result<Vec<u8>, Error> {
///         Ok(call[4..].to_vec())
///     }
/// }
///
/// async fn run() -> Result<(), Error> {
///     let number = Local.invoke(&Echo { number: 7 }).await?;
///     assert_eq!(number, 7);
///     assert_eq!(std::sync::Arc::new(&Local).invoke(&Echo { number: 8 }).await?, 8);
///     Ok(())
/// }
/// # let mut future = std::pin::pin!(run());
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(()))));
/// # fn is_send<T: Send>(_: T) {}
/// # is_send(run());
/// ```
pub trait Invoke: Sync {
    /// Why there is no result: an error of the connection, or one that the server answered with in place of a result.
    type Error: From<EncodeError> + From<DecodeError>;

    /// Sends the bytes of a call and waits for the bytes of its result, without what a protocol puts around them.
    fn exchange(&self, call: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, Self::Error>> + Send;

    /// Sends a call and waits for its result.
    fn invoke<F>(&self, call: &F) -> impl Future<Output = Result<F::Output, Self::Error>> + Send
    where
        F: Function + Sync,
    {
        async move {
            let answer = self.exchange(call.to_bytes()?).await?;
            Ok(call.read_output(&answer)?)
        }
    }
}

/// A reference to a client is a client.
impl<T: Invoke> Invoke for &T {
    type Error = T::Error;

    fn exchange(&self, call: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, Self::Error>> + Send {
        T::exchange(self, call)
    }
}

/// A shared client is a client.
#[cfg(target_has_atomic = "ptr")]
impl<T: Invoke + Send> Invoke for Arc<T> {
    type Error = T::Error;

    fn exchange(&self, call: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, Self::Error>> + Send {
        T::exchange(self, call)
    }
}
